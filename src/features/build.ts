import { ChurnError } from '../errors.js';
import type { Database } from '../sources/duckdb/database.js';
import { quoteName } from '../sources/duckdb/sql-text.js';
import { lookBackFrom, sqlInstant } from '../timeline/as-of.js';
import { dayText } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';
import { type Feature, featureCatalogue } from './catalogue.js';
import { requireOnlyKnown } from './only-known.js';
import { type FeatureScan, featureType, planScans, scanSql, valueSql } from './plan.js';

export interface BuildOptions {
  /** The table (`account_id`, `snapshot_at`) that says which accounts are looked at, and when. */
  readonly accounts: string;
  /** The table to make; one of that name is replaced. */
  readonly into: string;
  /** The features to compute; all that the company's tables can give unless said otherwise. */
  readonly features?: readonly Feature[];
  /** Told after each snapshot how many are done. */
  readonly onProgress?: (done: number, snapshots: number) => void;
}

const ACCOUNTS_NOW = 'accounts_at_snapshot';

/**
 * Makes a table of features: one row for each account and snapshot, ordered by `snapshot_at`, `account_id`; besides
 * these two a column for each feature, DOUBLE or VARCHAR. Numbers are finite or NULL. Every snapshot's features are
 * read from what was known just before it, so that whatever happens or arrives later changes no bit of them.
 *
 * @returns the features, in the order of their columns
 * @throws ChurnError `bad-option` when an aspect's SQL does not run, or reads more than the `known_…` views
 * @example
 * await company.database.run(`CREATE TABLE wanted AS
 *   SELECT account_id, TIMESTAMP '2023-08-01' AS snapshot_at FROM accounts WHERE created_at < '2023-08-01'`);
 * const features = await buildFeatures(company, { accounts: 'wanted', into: 'my_features' });
 * console.table(await company.database.rows('SELECT * FROM my_features LIMIT 3'));
 */
export async function buildFeatures(
  company: Company,
  { accounts, into, features = featureCatalogue(company), onProgress }: BuildOptions,
): Promise<readonly Feature[]> {
  const { database } = company;
  const scans = planScans(features);
  for (const scan of scans) await requireOnlyKnown(database, scan);
  const columns = features.map((feature) => `, ${feature.name} ${featureType(feature)}`);
  await database.run(
    `CREATE OR REPLACE TABLE ${quoteName(into)} (account_id VARCHAR, snapshot_at TIMESTAMP${columns.join('')})`,
  );
  const snapshots = await database.rows<{ snapshot: number }>(
    `SELECT DISTINCT snapshot_at AS snapshot FROM ${quoteName(accounts)} ORDER BY snapshot`,
  );
  try {
    for (const [done, { snapshot }] of snapshots.entries()) {
      await lookBackFrom(database, snapshot);
      await database.run(
        `CREATE OR REPLACE TEMP TABLE ${ACCOUNTS_NOW} AS SELECT DISTINCT account_id FROM ${quoteName(accounts)} WHERE snapshot_at = ${sqlInstant(snapshot)}`,
      );
      for (const [index, scan] of scans.entries()) await runScan(database, scan, scanTable(index), snapshot);
      await database.run(joinSql(quoteName(into), features, scans, snapshot));
      onProgress?.(done + 1, snapshots.length);
    }
  } finally {
    const temporary = [ACCOUNTS_NOW, ...scans.map((_, index) => scanTable(index))];
    await database.run(temporary.map((table) => `DROP TABLE IF EXISTS temp.${table}`).join(';'));
  }
  return features;
}

function scanTable(index: number): string {
  return `feature_scan_${index}`;
}

async function runScan(
  database: Database,
  scan: FeatureScan,
  table: string,
  snapshot: number,
): Promise<void> {
  try {
    await database.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${scanSql(scan, snapshot)}`);
  } catch (error) {
    throw await describeFailure(database, scan, snapshot, error);
  }
}

/** The rows of one snapshot: its accounts beside the scans. */
function joinSql(
  into: string,
  features: readonly Feature[],
  scans: readonly FeatureScan[],
  snapshot: number,
): string {
  const tableOf = new Map(scans.map(({ from }, index) => [from, scanTable(index)]));
  const values = features.map((feature) => `, ${valueSql(feature, tableOf.get(feature.from)!)}`);
  const joins = scans.map((_, index) => `LEFT JOIN ${scanTable(index)} USING (account_id)`);
  return (
    `INSERT INTO ${into} SELECT ${ACCOUNTS_NOW}.account_id, ${sqlInstant(snapshot)}${values.join('')} ` +
    `FROM ${ACCOUNTS_NOW} ${joins.join(' ')} ORDER BY ${ACCOUNTS_NOW}.account_id`
  );
}

/** Which feature of a scan does not run, in the engine's words; each is tried alone. */
async function describeFailure(
  database: Database,
  scan: FeatureScan,
  snapshot: number,
  error: unknown,
): Promise<Error> {
  for (const feature of scan.features) {
    const alone = scanSql({ from: scan.from, features: [feature] }, snapshot);
    const failure = await database.run(alone).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (failure instanceof Error) {
      const { aspect, name } = feature;
      const [firstLine] = failure.message.split('\n');
      return new ChurnError(
        'bad-option',
        `aspect ${aspect}, feature ${name}: its SQL does not run at the snapshot ${dayText(snapshot)}: ${firstLine}`,
        { aspect, feature: name, snapshot },
      );
    }
  }
  return error as Error;
}
