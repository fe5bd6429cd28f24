import { buildFeatures } from '../../src/features/build.js';
import type { Feature } from '../../src/features/catalogue.js';
import type { Cell } from '../../src/sources/duckdb/database.js';
import { sqlInstant } from '../../src/timeline/as-of.js';
import type { Company } from '../../src/workspace/company.js';

/** The features of some accounts at an instant, by account. */
export async function featuresAt(
  company: Company,
  snapshot: number,
  accounts: readonly string[],
  features?: readonly Feature[],
): Promise<Record<string, Record<string, Cell>>> {
  const rows = accounts.map((account) => `('${account}', ${sqlInstant(snapshot)})`);
  await company.database.run(
    `CREATE OR REPLACE TABLE looks AS SELECT * FROM (VALUES ${rows.join(', ')}) AS t(account_id, snapshot_at)`,
  );
  await buildFeatures(company, { accounts: 'looks', into: 'features', ...(features && { features }) });
  const built = await company.database.rows('SELECT * EXCLUDE snapshot_at FROM features');
  return Object.fromEntries(built.map(({ account_id, ...values }) => [account_id, values]));
}
