import type { RawColumn } from '../tables/raw-table.js';

/** A column cut into levels: codes index `words`; -1 belongs to no level that is frequent enough to be judged. */
export interface LevelledColumn {
  readonly codes: Int32Array;
  /** `is "closed"`, `is missing`, `lies from 4 to 25` */
  readonly words: readonly string[];
}

/** Numbers with more different values are cut into tenths. */
const MOST_VALUES = 20;
const PARTS = 10;
/** Levels with fewer rows are not judged. */
const LEAST_ROWS = 10;

/** The frequent values of a column, tenths of its numbers, and whether it is missing; instants by presence alone. */
export function levelsOf(column: RawColumn): LevelledColumn {
  if (column.kind === 'text') {
    const { levels } = column;
    return frequent(column.codes, (code) => `is "${levels[code]}"`);
  }
  if (column.kind === 'instant') {
    return frequent(
      Int32Array.from(column.values, (value) => (Number.isNaN(value) ? -1 : 0)),
      () => 'is filled in',
    );
  }
  return numberLevels(column.values);
}

function numberLevels(values: Float64Array): LevelledColumn {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const different = [...new Set(sorted)];
  if (different.length <= MOST_VALUES) {
    const place = new Map(different.map((value, code) => [value, code]));
    return frequent(
      Int32Array.from(values, (value) => place.get(value) ?? -1),
      (code) => `is ${different[code]}`,
    );
  }
  const starts = new Set(
    Array.from({ length: PARTS }, (_, part) => sorted[Math.floor((part / PARTS) * sorted.length)]!),
  );
  const edges = Float64Array.from(starts);
  const codes = Int32Array.from(values, (value) => {
    let code = edges.length - 1;
    while (code >= 0 && !(value >= edges[code]!)) code--;
    return code;
  });
  const last = different.at(-1)!;
  const endOf = (code: number) => {
    const next = edges[code + 1];
    return next === undefined ? last : different[different.indexOf(next) - 1]!;
  };
  return frequent(codes, (code) => `lies from ${edges[code]} to ${endOf(code)}`);
}

/** Keeps the levels with enough rows; missing cells, coded -1, become a level of their own. */
function frequent(codes: Int32Array, words: (code: number) => string): LevelledColumn {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const kept = [...counts.keys()].filter((code) => counts.get(code)! >= LEAST_ROWS).sort((a, b) => a - b);
  const place = new Map(kept.map((code, i) => [code, i]));
  return {
    codes: codes.map((code) => place.get(code) ?? -1),
    words: kept.map((code) => (code < 0 ? 'is missing' : words(code))),
  };
}
