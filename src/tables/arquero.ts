import type { ColumnTable } from 'arquero';
import type { Table } from './table.js';

/**
 * The table as an Arquero table, to explore in a notebook: numbers with `null` where missing, categories as
 * their levels.
 *
 * @example
 * const { table } = applyRecipe(recipe, raw);
 * (await toArquero(table)).groupby('plan').count().print();
 */
export async function toArquero(table: Table): Promise<ColumnTable> {
  const aq = await import('arquero');
  return aq.table(
    table.columns.map((column): [string, (number | string | null)[]] => [
      column.name,
      column.kind === 'number'
        ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
        : Array.from(column.codes, (code) => column.levels[code] ?? null),
    ]),
  );
}
