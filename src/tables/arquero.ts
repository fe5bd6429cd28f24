import type { ColumnTable } from 'arquero';
import type { RawColumn, RawTable } from './raw-table.js';
import type { Column, Table } from './table.js';

/**
 * The table as an Arquero table, to explore in a notebook: numbers with `null` where missing, categories as
 * their levels, text as it stood in the file, instants as dates.
 *
 * @example
 * (await toArquero(table)).groupby('plan').count().print();
 */
export async function toArquero(table: Table | RawTable): Promise<ColumnTable> {
  const aq = await import('arquero');
  return aq.table(table.columns.map((column): [string, unknown[]] => [column.name, cellsOf(column)]));
}

function cellsOf(column: Column | RawColumn): unknown[] {
  if (column.kind === 'category' || column.kind === 'text') {
    return Array.from(column.codes, (code) => column.levels[code] ?? null);
  }
  const isInstant = column.kind === 'instant';
  return Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return null;
    return isInstant ? new Date(value) : value;
  });
}
