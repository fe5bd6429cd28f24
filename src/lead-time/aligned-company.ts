import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import { type Contract, contractColumns, createTableSql } from '../contracts/contract.js';
import type { Database } from '../sources/duckdb/database.js';
import { rowInstant, sqlInstant } from '../timeline/as-of.js';
import { ATTRIBUTES_TABLE, type Company, CREATE_ATTRIBUTES_SQL } from '../workspace/company.js';
import type { Subject } from './matched-sets.js';

/** Schema of the shifted tables, beside those of the company. */
const ALIGNED_SCHEMA = 'aligned';

/** In the company's own schema, as rows can only be appended there. */
const SUBJECTS_TABLE = 'main.lead_time_subjects';

/**
 * Hands over a company in which every subject is an account of its own, named by its place in `subjects` ("0", "1",
 * …), with its whole history moved in time so that its set's date of leaving falls on `leftAt`. One snapshot date then
 * shows all subjects equally long before leaving.
 *
 * `recorded_at` moves with everything else, so a snapshot shows what was known so many days before leaving, and nothing
 * that was written down afterwards.
 *
 * The tables lie in a schema of their own in the same database and are gone when `use` is done; meanwhile the
 * company's own tables cannot be reached by their bare names. The `known_…` views point at nothing afterwards.
 */
export async function withAlignedCompany<T>(
  company: Company,
  subjects: readonly Subject[],
  leftAt: number,
  use: (aligned: Company) => Promise<T>,
): Promise<T> {
  const { database } = company;
  await database.run(`DROP SCHEMA IF EXISTS ${ALIGNED_SCHEMA} CASCADE; CREATE SCHEMA ${ALIGNED_SCHEMA}`);
  try {
    await writeSubjects(database, subjects);
    await database.run(`SET schema = '${ALIGNED_SCHEMA}'`);
    for (const table of TABLE_NAMES) {
      await database.run(createTableSql(CONTRACTS[table]));
      await database.run(shiftedRowsSql(CONTRACTS[table], leftAt));
    }
    await database.run(CREATE_ATTRIBUTES_SQL);
    await database.run(
      `INSERT INTO ${ATTRIBUTES_TABLE} SELECT subject, name, text, number FROM main.${ATTRIBUTES_TABLE} JOIN ${SUBJECTS_TABLE} USING (account_id)`,
    );
    return await use(company);
  } finally {
    await database.run(`SET schema = 'main'`);
    await database.run(`DROP SCHEMA ${ALIGNED_SCHEMA} CASCADE; DROP TABLE IF EXISTS ${SUBJECTS_TABLE}`);
  }
}

async function writeSubjects(database: Database, subjects: readonly Subject[]): Promise<void> {
  await database.run(
    `CREATE OR REPLACE TABLE ${SUBJECTS_TABLE} (subject VARCHAR, account_id VARCHAR, left_at TIMESTAMP)`,
  );
  await database.append(
    'lead_time_subjects',
    ['VARCHAR', 'VARCHAR', 'TIMESTAMP'],
    [
      subjects.map((_, index) => String(index)),
      subjects.map(({ accountId }) => accountId),
      subjects.map(({ leftAt }) => leftAt),
    ],
  );
}

/** Copies a table's rows of every subject, all instants moved; in order of time, so that windows read few of them. */
function shiftedRowsSql(contract: Contract, leftAt: number): string {
  const columns = contractColumns(contract);
  const shifted = columns.map(({ name, kind }) => {
    if (name === 'account_id') return 'subject';
    return kind === 'instant' ? `${name} + (${sqlInstant(leftAt)} - left_at)` : name;
  });
  const happened = rowInstant(contract);
  return (
    `INSERT INTO ${contract.table} (${columns.map(({ name }) => name).join(', ')}) ` +
    `SELECT ${shifted.join(', ')} FROM main.${contract.table} JOIN ${SUBJECTS_TABLE} USING (account_id) ` +
    `WHERE ${happened} < left_at ` +
    `ORDER BY left_at - ${happened} DESC`
  );
}
