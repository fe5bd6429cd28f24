import { CONTRACTS } from '../contracts/catalogue.js';
import type { ChurnRules, Company } from '../workspace/company.js';
import { rowInstant, sqlInstant } from './as-of.js';

/** The table that {@link createSpells} makes. */
export const SPELLS_TABLE = 'spells';

/** Stands for "no end" where ends are compared. */
const NO_END = "TIMESTAMP '9999-01-01'";

/**
 * Makes the table `spells`: one row for each stay of an account, from its first paid instant to the one at which it
 * was gone. Columns `account_id`, `spell` (1, 2, …; above 1 the account came back), `started_at`, `left_at` (`NULL`
 * while the stay goes on as far as is observed), `left_how` (`non_renewal`, `cancelled`, `closed`, `inactive`),
 * `churn_kind`, `churn_reason`.
 *
 * With subscriptions, agreements that follow each other within `graceDays` are one stay; it ends with the grace after
 * the last of them, or when the account is closed. Without, a stay ends `inactiveDays` after its last activity. An
 * end counts only when it lies before `observedUntil`: until then a renewal may still come.
 *
 * The table knows the future of every snapshot: it serves labels and metrics, never features.
 */
export async function createSpells(company: Company): Promise<void> {
  const { database, settings } = company;
  const { churn, observedUntil } = settings;
  const stays = churn.by === 'subscription' ? subscriptionStays(churn) : activityStays(churn);
  await database.run(`
    CREATE OR REPLACE TABLE ${SPELLS_TABLE} AS
    WITH ${stays}
    SELECT account_id, spell, started_at,
      CASE WHEN gone_at < ${sqlInstant(observedUntil)} THEN gone_at END AS left_at,
      CASE WHEN gone_at < ${sqlInstant(observedUntil)} THEN how END AS left_how,
      CASE WHEN gone_at < ${sqlInstant(observedUntil)} THEN churn_kind END AS churn_kind,
      CASE WHEN gone_at < ${sqlInstant(observedUntil)} THEN churn_reason END AS churn_reason
    FROM stays
    WHERE started_at < ${sqlInstant(observedUntil)}
    ORDER BY account_id, spell`);
}

/** Joins intervals that touch or lie at most `gapDays` apart: the usual "gaps and islands". */
function joined(intervals: string, gapDays: number): string {
  return `
    reached AS (
      SELECT *, max(until) OVER (
        PARTITION BY account_id ORDER BY started_at, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS reached
      FROM ${intervals}
    ),
    numbered AS (
      SELECT *, sum(CASE WHEN reached IS NULL OR started_at > reached + INTERVAL ${gapDays} DAY THEN 1 ELSE 0 END)
        OVER (PARTITION BY account_id ORDER BY started_at, until ROWS UNBOUNDED PRECEDING) AS spell
      FROM reached
    )`;
}

function subscriptionStays({ graceDays }: ChurnRules): string {
  return `
    agreements AS (
      SELECT account_id, started_at, coalesce(least(ended_at, closed_at), ${NO_END}) AS until,
        CASE WHEN closed_at <= coalesce(ended_at, closed_at) THEN 'closed'
          WHEN ended_at >= renews_at - INTERVAL 1 DAY THEN 'non_renewal' ELSE 'cancelled' END AS how,
        churn_kind, churn_reason, subscription_id
      FROM subscriptions LEFT JOIN (SELECT account_id, closed_at FROM accounts) USING (account_id)
      WHERE started_at < coalesce(least(ended_at, closed_at), ${NO_END})
    ),
    ${joined('agreements', graceDays)},
    last_agreements AS (
      SELECT * FROM numbered
      QUALIFY row_number() OVER (PARTITION BY account_id, spell ORDER BY until DESC, subscription_id DESC) = 1
    ),
    stays AS (
      SELECT account_id, CAST(spell AS BIGINT) AS spell, first_at AS started_at,
        until + INTERVAL ${graceDays} DAY AS gone_at, how, churn_kind, churn_reason
      FROM last_agreements
      JOIN (SELECT account_id, spell, min(started_at) AS first_at FROM numbered GROUP BY ALL) USING (account_id, spell)
    )`;
}

function activityStays(rules: ChurnRules): string {
  return `
    days AS (
      SELECT account_id, min(active_at) AS started_at, max(active_at) AS until
      FROM (${activitySql(rules)})
      GROUP BY account_id, date_trunc('day', active_at)
    ),
    ${joined('days', rules.inactiveDays)},
    stays AS (
      SELECT account_id, CAST(spell AS BIGINT) AS spell, min(started_at) AS started_at,
        max(until) + INTERVAL ${rules.inactiveDays} DAY AS gone_at,
        'inactive' AS how, NULL::VARCHAR AS churn_kind, NULL::VARCHAR AS churn_reason
      FROM numbered GROUP BY account_id, spell
    )`;
}

/** A query for the instants (`active_at`) at which accounts were active. */
export function activitySql({ activity }: ChurnRules): string {
  return activity
    .map((table) => `SELECT account_id, ${rowInstant(CONTRACTS[table])} AS active_at FROM ${table}`)
    .join(' UNION ALL ');
}
