import type { Database } from '../sources/duckdb/database.js';
import type { Month } from './months.js';
import { proportion } from './proportion.js';
import type { CohortCell, MetricsResult } from './result.js';

/**
 * Cohort retention: of the accounts whose first stay started in a month, the share that pays at the end of that month
 * and of each later one. Who comes back counts again, so a row may rise. Reads `metric_customers`.
 */
export async function measureCohorts(
  database: Database,
  months: readonly Month[],
): Promise<MetricsResult['cohorts']> {
  const counted = await database.rows<{ cohort: number; age: number; accounts: number; active: number }>(`
    WITH cohorts AS (SELECT account_id, month AS cohort FROM metric_customers WHERE joined > 0)
    SELECT cohort, m.month - cohort AS age, count(*) AS accounts, count(*) FILTER (closing = 1) AS active
    FROM cohorts JOIN metric_months m ON m.month >= cohort
    LEFT JOIN metric_customers c ON c.account_id = cohorts.account_id AND c.month = m.month
    GROUP BY ALL ORDER BY cohort, age`);
  const triangle = months.flatMap(({ name }, cohort) => {
    const cells = counted.filter((row) => row.cohort === cohort).map(cohortCell);
    return cells.length > 0 ? [{ cohort: name, cells }] : [];
  });
  const curve = months.flatMap((_, age) => {
    const cells = counted.filter((row) => row.age === age);
    if (cells.length === 0) return [];
    const sum = (name: 'accounts' | 'active') => cells.reduce((total, cell) => total + cell[name], 0);
    return [cohortCell({ age, accounts: sum('accounts'), active: sum('active') })];
  });
  return { triangle, curve };
}

function cohortCell({ age, accounts, active }: Pick<CohortCell, 'age' | 'accounts' | 'active'>): CohortCell {
  const { value, low, high } = proportion(active, accounts);
  return { age, accounts, active, share: value!, low: low!, high: high! };
}
