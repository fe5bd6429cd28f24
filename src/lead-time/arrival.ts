import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import type { Feature } from '../features/catalogue.js';
import { viewsRead } from '../features/known-views.js';
import { rowInstant } from '../timeline/as-of.js';
import type { Company } from '../workspace/company.js';

/**
 * For each canonical table with rows, the median days from a fact to its arrival; rows without `recorded_at`, or
 * with one before the fact, count as arriving at once.
 */
export async function arrivalDays({ database, tables }: Company): Promise<ReadonlyMap<TableName, number>> {
  const medians = new Map<TableName, number>();
  for (const table of TABLE_NAMES.filter((name) => tables.has(name))) {
    const happened = rowInstant(CONTRACTS[table]);
    const days = await database.value(
      `SELECT median(greatest(coalesce(epoch_us(recorded_at) - epoch_us(${happened}), 0), 0) / 86400000000) FROM ${table}`,
    );
    medians.set(table, Number(days));
  }
  return medians;
}

/** Days until what a feature reads has arrived: the median of the slowest of its tables. */
export function arrivalOf({ from }: Feature, medians: ReadonlyMap<TableName, number>): number {
  const tables = viewsRead(from).filter((table) => table !== 'account_attributes');
  return Math.max(0, ...tables.map((table) => medians.get(table) ?? 0));
}
