import { createStages } from '../journey/stage.js';
import { quoteText } from '../sources/duckdb/sql-text.js';
import type { Company } from '../workspace/company.js';

/** What metrics may be told apart by. */
export type GroupBy = 'segment' | 'plan' | 'country' | 'stage';

/** Group of accounts of which nothing is written down. */
const NOT_GIVEN = 'not given';
/** Group of accounts that had not come, or were gone, when the month started. */
const NOT_A_CUSTOMER = 'no customer at the start';

/** Makes `metric_groups` (`month`, `account_id`, `grp`): each account's group as of each month's start. */
export async function createGroups(company: Company, by: GroupBy | null): Promise<void> {
  const sql = by === 'stage' ? await stageGroups(company) : columnGroups(by);
  await company.database.run(`CREATE OR REPLACE TEMP VIEW metric_groups AS ${sql}`);
}

/** Accounts' columns have no history: today's value holds for every month. */
function columnGroups(by: Exclude<GroupBy, 'stage'> | null): string {
  const group = by === null ? 'NULL::VARCHAR' : `coalesce(${by}, ${quoteText(NOT_GIVEN)})`;
  return `SELECT month, account_id, ${group} AS grp FROM metric_months CROSS JOIN accounts`;
}

async function stageGroups(company: Company): Promise<string> {
  await company.database.run(`
    CREATE OR REPLACE TABLE metric_openings AS
    SELECT account_id, starts AS snapshot_at FROM metric_customers JOIN metric_months USING (month) WHERE opening = 1`);
  await createStages(company, { accounts: 'metric_openings', into: 'metric_stages' });
  return `
    SELECT month, account_id, coalesce(stage, ${quoteText(NOT_A_CUSTOMER)}) AS grp
    FROM metric_months CROSS JOIN accounts
    LEFT JOIN (SELECT account_id, stage, snapshot_at AS starts FROM metric_stages) USING (account_id, starts)`;
}
