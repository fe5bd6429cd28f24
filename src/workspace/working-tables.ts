import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import { createTableSql, type TableName } from '../contracts/contract.js';
import type { Database } from '../sources/duckdb/database.js';
import { CREATE_ATTRIBUTES_SQL } from './company.js';
import { CHURN_EVENTS_TABLE } from './doubts/churn-flag.js';
import { CHURN_FLAGS_TABLE, LINK_COLUMN } from './table-writer.js';

/** Makes the canonical tables, and what is needed only while they are loaded. */
export async function createTables(database: Database, linked: ReadonlySet<TableName>): Promise<void> {
  for (const table of TABLE_NAMES) await database.run(createTableSql(CONTRACTS[table]));
  for (const table of linked) await database.run(`ALTER TABLE ${table} ADD COLUMN ${LINK_COLUMN} VARCHAR`);
  await database.run(CREATE_ATTRIBUTES_SQL);
  await database.run(`CREATE TABLE ${CHURN_FLAGS_TABLE} (account_id VARCHAR, flag BOOLEAN)`);
  await database.run(`CREATE TABLE ${CHURN_EVENTS_TABLE} (account_id VARCHAR, left_at TIMESTAMP)`);
}

/** Removes what was needed only while the tables were loaded. */
export async function removeHelpers(database: Database, linked: ReadonlySet<TableName>): Promise<void> {
  for (const table of linked) await database.run(`ALTER TABLE ${table} DROP COLUMN ${LINK_COLUMN}`);
  await database.run(`DROP TABLE ${CHURN_FLAGS_TABLE}; DROP TABLE ${CHURN_EVENTS_TABLE}`);
}

/** The canonical tables that have rows. */
export async function filledTables(database: Database): Promise<Set<TableName>> {
  const filled = new Set<TableName>();
  for (const table of TABLE_NAMES) {
    if (((await database.value(`SELECT count(*) FROM ${table}`)) as number) > 0) filled.add(table);
  }
  return filled;
}
