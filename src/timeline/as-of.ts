import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import { type Contract, contractColumns, type TableName } from '../contracts/contract.js';
import type { Database } from '../sources/duckdb/database.js';
import { ATTRIBUTES_TABLE } from '../workspace/company.js';

/** An instant in milliseconds since 1970 UTC as an SQL literal. */
export function sqlInstant(milliseconds: number): string {
  return `TIMESTAMP '${new Date(milliseconds).toISOString().slice(0, 23).replace('T', ' ')}'`;
}

/** The view that shows a table as it was known at the snapshot: `known_usage_events`. */
export function knownView(table: TableName): string {
  return `known_${table}`;
}

/**
 * A table as it was known just before an instant: rows that had happened and had arrived, and of these the cells that
 * were filled in by then. Derived from the contract alone, so that no feature can look past the snapshot. Instants
 * equal to `before` are not known yet.
 */
export function knownSql(contract: Contract, before: number): string {
  const at = sqlInstant(before);
  const happened = rowInstant(contract);
  const cells = contractColumns(contract)
    .filter(({ name }) => name !== 'recorded_at')
    .map(({ name }) => knownCell(name, contract.later[name], at));
  return (
    `SELECT ${cells.join(', ')} FROM ${contract.table} ` +
    `WHERE ${happened} < ${at} AND (recorded_at IS NULL OR recorded_at < ${at})`
  );
}

/** The instant at which a row happened, as SQL over its table. */
export function rowInstant({ knownAt }: Contract): string {
  return knownAt.length === 1 ? knownAt[0]! : `least(${knownAt.join(', ')})`;
}

function knownCell(name: string, later: string | undefined, at: string): string {
  if (later === undefined) return name;
  if (later === 'never') return `NULL AS ${name}`;
  return `CASE WHEN ${later} < ${at} THEN ${name} END AS ${name}`;
}

/** Statements that point all `known_…` views at an instant. */
export function knownViewsSql(before: number): string {
  const views = TABLE_NAMES.map(
    (table) => `CREATE OR REPLACE TEMP VIEW ${knownView(table)} AS ${knownSql(CONTRACTS[table], before)}`,
  );
  const attributes = `CREATE OR REPLACE TEMP VIEW known_${ATTRIBUTES_TABLE} AS SELECT a.* FROM ${ATTRIBUTES_TABLE} a JOIN ${knownView('accounts')} USING (account_id)`;
  return [...views, attributes].join(';\n');
}

/** Points all `known_…` views of the database at an instant: after this they show what was known just before it. */
export async function lookBackFrom(database: Database, before: number): Promise<void> {
  await database.run(knownViewsSql(before));
}
