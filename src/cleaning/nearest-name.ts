import { ChurnError } from '../errors.js';
import type { RawColumn, RawTable } from '../tables/raw-table.js';

/** The name closest in spelling (case, spaces and signs apart), or `null` when none is close. */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  let nearest: string | null = null;
  let best = Math.max(2, Math.floor(wanted.length * 0.4)) + 1;
  for (const name of names) {
    const distance = editDistance(bare(wanted), bare(name));
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** Levenshtein's distance: insertions, deletions and replacements of one character each. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}

/**
 * Holds a table's column names to what a call needs.
 *
 * @throws ChurnError `missing-column` naming every column that is missing, each with the nearest name that
 * the table has
 */
export function requireNames(caller: string, needed: readonly string[], present: readonly string[]): void {
  const names = new Set(present);
  const missing = needed.filter((name) => !names.has(name));
  if (missing.length === 0) return;
  const described = missing.map((name) => {
    const nearest = nearestName(name, present);
    return nearest === null ? `"${name}"` : `"${name}" (nearest: "${nearest}")`;
  });
  const one = missing.length === 1;
  throw new ChurnError(
    'missing-column',
    `${caller}: ${one ? 'a column is' : `${missing.length} columns are`} missing: ${described.join(', ')}; ` +
      `add or rename ${one ? 'it' : 'them'} in the table`,
    { columns: missing },
  );
}

/**
 * The named raw columns, in that order.
 *
 * @throws ChurnError `missing-column`
 */
export function rawColumns(caller: string, raw: RawTable, names: readonly string[]): RawColumn[] {
  const byName = new Map(raw.columns.map((column) => [column.name, column]));
  requireNames(caller, names, [...byName.keys()]);
  return names.map((name) => byName.get(name)!);
}
