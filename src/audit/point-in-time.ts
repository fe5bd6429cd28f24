import { CONTRACTS } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import { buildFeatures } from '../features/build.js';
import type { Random } from '../math/random.js';
import type { Cell, Database } from '../sources/duckdb/database.js';
import { quoteName } from '../sources/duckdb/sql-text.js';
import { sqlInstant } from '../timeline/as-of.js';
import type { Company } from '../workspace/company.js';
import { FUTURE_CHANGES, type FutureChange, planFutureChange } from './future-changes.js';

export interface AuditOptions {
  /** Instant of prediction, in milliseconds since 1970 UTC; a late one leaves less to change and costs less. */
  readonly snapshot: number;
  /** Table with `account_id`, `snapshot_at`; its accounts of that snapshot are audited. */
  readonly accounts: string;
  /** Makes the changed values. */
  readonly random: Random;
}

/** Rows of a table that were touched. */
export interface AuditChange {
  readonly table: TableName;
  readonly kind: FutureChange;
  readonly rows: number;
}

/** A feature that moved although only the time after the snapshot was changed. */
export interface AuditDifference {
  readonly feature: string;
  readonly kind: FutureChange;
  /** How many accounts' values moved. */
  readonly accounts: number;
  /** The first of them. */
  readonly example: { readonly accountId: string; readonly before: Cell; readonly after: Cell };
}

export interface FeatureAudit {
  /** Whether no feature of no account moved by a bit. */
  readonly passed: boolean;
  readonly snapshot: number;
  readonly accounts: number;
  readonly features: number;
  readonly changes: readonly AuditChange[];
  readonly differences: readonly AuditDifference[];
}

/** Makes the table `into` of features (`account_id`, `snapshot_at`, …) for the accounts of a table. */
export type BuildTable = (tables: { readonly accounts: string; readonly into: string }) => Promise<unknown>;

const ACCOUNTS = 'audit_accounts';
const BEFORE = 'audit_before';
const AFTER = 'audit_after';

/**
 * Proves that no feature of a company, the user's own included, looks past the snapshot: everything after it is
 * appended to, altered and deleted in turn, and the features built again must be the same to the last bit.
 *
 * Each change happens in a transaction that is rolled back; the tables are left as they were. The user's own columns of
 * accounts and other facts without a date cannot be changed "after the snapshot"; see `auditCompany` for these.
 *
 * @example
 * const snapshot = Date.UTC(2023, 7, 1);
 * await company.database.run(`CREATE TABLE audited AS
 *   SELECT account_id, TIMESTAMP '2023-08-01' AS snapshot_at FROM accounts WHERE created_at < '2023-07-01' LIMIT 20`);
 * const { passed } = await auditFeatures(company, {
 *   snapshot,
 *   accounts: 'audited',
 *   random: seededRandom(7),
 * });
 * passed; // true
 */
export function auditFeatures(company: Company, options: AuditOptions): Promise<FeatureAudit> {
  return auditBuild(company.database, options, (tables) => buildFeatures(company, tables));
}

/** The same proof for any way of building a table from the canonical ones. */
export async function auditBuild(
  database: Database,
  { snapshot, accounts, random }: AuditOptions,
  build: BuildTable,
): Promise<FeatureAudit> {
  await database.run(
    `CREATE OR REPLACE TABLE ${ACCOUNTS} AS SELECT DISTINCT account_id, snapshot_at FROM ${quoteName(accounts)} WHERE snapshot_at = ${sqlInstant(snapshot)}`,
  );
  try {
    await build({ accounts: ACCOUNTS, into: BEFORE });
    const features = await featureNames(database);
    const changes: AuditChange[] = [];
    const differences: AuditDifference[] = [];
    for (const kind of FUTURE_CHANGES) {
      await inTransactionUndone(database, async () => {
        changes.push(...(await changeFuture(database, kind, snapshot, random)));
        await build({ accounts: ACCOUNTS, into: AFTER });
        differences.push(...(await compare(database, features, kind)));
      });
    }
    return {
      passed: differences.length === 0,
      snapshot,
      accounts: Number(await database.value(`SELECT count(*) FROM ${ACCOUNTS}`)),
      features: features.length,
      changes,
      differences,
    };
  } finally {
    await database.run(`DROP TABLE IF EXISTS ${BEFORE}; DROP TABLE IF EXISTS ${ACCOUNTS}`);
  }
}

async function inTransactionUndone(database: Database, work: () => Promise<void>): Promise<void> {
  await database.run('BEGIN TRANSACTION');
  try {
    await work();
  } finally {
    await database.run('ROLLBACK');
  }
}

async function changeFuture(
  database: Database,
  kind: FutureChange,
  snapshot: number,
  random: Random,
): Promise<AuditChange[]> {
  const changes: AuditChange[] = [];
  for (const contract of Object.values(CONTRACTS)) {
    const seed = random.fork(`${kind} ${contract.table}`).integer(1_000_000_000);
    const { count, statements } = planFutureChange(contract, kind, snapshot, seed);
    const rows = Number(await database.value(count));
    if (rows === 0) continue;
    for (const statement of statements) await database.run(statement);
    changes.push({ table: contract.table, kind, rows });
  }
  return changes;
}

async function featureNames(database: Database): Promise<string[]> {
  const columns = await database.rows<{ name: string }>(
    `SELECT column_name AS name FROM duckdb_columns() WHERE table_name = '${BEFORE}' ORDER BY column_index`,
  );
  return columns.map(({ name }) => name).filter((name) => name !== 'account_id' && name !== 'snapshot_at');
}

async function compare(
  database: Database,
  features: readonly string[],
  kind: FutureChange,
): Promise<AuditDifference[]> {
  if (features.length === 0) return [];
  const moved = features.map(
    (name, i) => `count(*) FILTER (b.${quoteName(name)} IS DISTINCT FROM a.${quoteName(name)}) AS moved_${i}`,
  );
  const joined = `${BEFORE} b FULL JOIN ${AFTER} a USING (account_id)`;
  const [counts] = await database.rows<Record<string, number>>(`SELECT ${moved.join(', ')} FROM ${joined}`);
  const differences: AuditDifference[] = [];
  for (const [i, feature] of features.entries()) {
    const accounts = counts![`moved_${i}`]!;
    if (accounts === 0) continue;
    const name = quoteName(feature);
    const [example] = await database.rows<{ accountId: string; before: Cell; after: Cell }>(
      `SELECT account_id AS "accountId", b.${name} AS before, a.${name} AS after FROM ${joined}
       WHERE b.${name} IS DISTINCT FROM a.${name} ORDER BY account_id LIMIT 1`,
    );
    differences.push({ feature, kind, accounts, example: example! });
  }
  return differences;
}
