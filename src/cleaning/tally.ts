import type { TextColumn } from '../tables/raw-table.js';

/** The distinct texts of some rows of a column, in dictionary order, each with its rows (at least one). */
export interface Tally {
  readonly texts: readonly string[];
  readonly counts: readonly number[];
  /** Rows without any cell. */
  readonly absent: number;
}

/** Counts the texts of the given rows (default: all). */
export function tallyTexts(column: TextColumn, rows?: ArrayLike<number>): Tally {
  const perLevel = new Float64Array(column.levels.length);
  const length = rows?.length ?? column.codes.length;
  let absent = 0;
  for (let i = 0; i < length; i++) {
    const code = column.codes[rows ? rows[i]! : i]!;
    if (code < 0) absent++;
    else perLevel[code]!++;
  }
  const texts: string[] = [];
  const counts: number[] = [];
  for (let code = 0; code < perLevel.length; code++) {
    if (perLevel[code] === 0) continue;
    texts.push(column.levels[code]!);
    counts.push(perLevel[code]!);
  }
  return { texts, counts, absent };
}

/** The texts that pass, and how many rows they have together. */
export function keepTexts(tally: Tally, passes: (text: string) => boolean): Tally & { rows: number } {
  const kept = tally.texts.map((_, i) => i).filter((i) => passes(tally.texts[i]!));
  return {
    texts: kept.map((i) => tally.texts[i]!),
    counts: kept.map((i) => tally.counts[i]!),
    absent: tally.absent,
    rows: kept.reduce((sum, i) => sum + tally.counts[i]!, 0),
  };
}

/** Rows of each level of a category, cells of different spelling taken together by `nameOf`. */
export function countLevels(tally: Tally, nameOf: (text: string) => string): Map<string, number> {
  const rows = new Map<string, number>();
  tally.texts.forEach((text, i) => {
    const level = nameOf(text);
    rows.set(level, (rows.get(level) ?? 0) + tally.counts[i]!);
  });
  return rows;
}
