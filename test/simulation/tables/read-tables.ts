import { cellText, type SimulatedTable } from '../../../src/simulation/tables/table.js';

/** A row of text as the file has it; empty cells are `null`. */
export type Row = Readonly<Record<string, string | null>>;

export function rowsOf(table: SimulatedTable): Row[] {
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, cellText(column, row)])),
  );
}

export function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** Days since 1970 of a day or an instant, with fractions. */
export const dayNumber = (text: string): number => Date.parse(text) / 86_400_000;
