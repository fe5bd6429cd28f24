import { CONTRACTS } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import { knownView, rowInstant } from '../timeline/as-of.js';
import type { Company } from '../workspace/company.js';

/**
 * A query for the start of the stay that each known account is in: `account_id`, `started_at`. Written on `known_…`
 * views and by the rules of `timeline/spells`, whose own table cannot serve here as it knows the future. An account
 * without agreement or activity began when it signed up.
 */
export function presentStaysSql({ settings }: Company): string {
  const { churn } = settings;
  const bySubscription = churn.by === 'subscription';
  const intervals = bySubscription
    ? `SELECT account_id, started_at, coalesce(ended_at, TIMESTAMP '9999-01-01') AS until FROM ${knownView('subscriptions')}`
    : `SELECT account_id, min(active_at) AS started_at, max(active_at) AS until FROM (${instantsSql(churn.activity, 'active_at')}) GROUP BY account_id, date_trunc('day', active_at)`;
  return `
    SELECT account_id, coalesce(max(stay_at), any_value(created_at)) AS started_at
    FROM ${knownView('accounts')} LEFT JOIN (
      SELECT account_id, started_at AS stay_at FROM (
        SELECT account_id, started_at, max(until) OVER (
          PARTITION BY account_id ORDER BY started_at, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
        FROM (${intervals})
      )
      WHERE reached IS NULL OR started_at > reached + INTERVAL ${bySubscription ? churn.graceDays : churn.inactiveDays} DAY
    ) USING (account_id)
    GROUP BY account_id`;
}

/** A query for the instants at which the product was used, `account_id` and `used_at`; shops count what was bought. */
export function productUseSql({ settings }: Company): string {
  const { churn } = settings;
  return instantsSql(churn.by === 'inactivity' ? churn.activity : ['usage_events'], 'used_at');
}

function instantsSql(tables: readonly TableName[], name: string): string {
  return tables
    .map((table) => `SELECT account_id, ${rowInstant(CONTRACTS[table])} AS ${name} FROM ${knownView(table)}`)
    .join(' UNION ALL ');
}
