import { sqlInstant } from '../../timeline/as-of.js';
import { INTERVALS, type MetricFamily } from '../metric.js';
import { proportion } from '../proportion.js';
import { ratioFigure } from '../ratio.js';

/**
 * Renewals that fell due in a month: terms counted from `renews_at`, forward and back by `term_months`, or from the
 * start where only the term is known, as far as the agreement ran. It was renewed when it ran on beyond the day, or when
 * another agreement of the account took its place within the days of grace (at least one day either way).
 */
export const renewalFamily: MetricFamily = {
  name: 'renewals',
  needs: ['subscriptions'],
  sql: ({ settings }) => `
    WITH terms AS (
      SELECT *, CASE WHEN term_months >= 1 AND term_months = floor(term_months) THEN CAST(term_months AS INTEGER) END AS term,
        coalesce(renews_at, started_at + to_months(CAST(term_months AS INTEGER))) AS anchor
      FROM subscriptions
    ),
    due AS (
      SELECT month, account_id, subscription_id, started_at, ended_at, mrr_cents,
        anchor + to_months(CAST(date_diff('month', date_trunc('month', anchor), starts) AS INTEGER)) AS due_at
      FROM metric_months
      JOIN terms ON anchor IS NOT NULL AND started_at < ends AND (ended_at IS NULL OR ended_at >= starts)
        AND CASE WHEN term IS NULL THEN date_trunc('month', anchor) = starts
          ELSE date_diff('month', date_trunc('month', anchor), starts) % term = 0 END
      WHERE due_at > started_at AND due_at <= coalesce(ended_at, ${sqlInstant(settings.observedUntil)})
    ),
    followers AS (
      SELECT DISTINCT due.month, due.account_id, next.subscription_id, next.mrr_cents
      FROM due JOIN subscriptions next ON next.account_id = due.account_id
        AND next.subscription_id <> due.subscription_id AND due.ended_at = due.due_at
        AND next.started_at >= due.due_at - INTERVAL 1 DAY
        AND next.started_at <= due.due_at + INTERVAL ${Math.max(1, settings.churn.graceDays)} DAY
    ),
    followed AS (
      SELECT month, account_id, count(*) AS agreements, sum(mrr_cents) AS cents FROM followers GROUP BY ALL
    ),
    by_account AS (
      SELECT month, account_id, count(*) AS due, sum(mrr_cents) AS due_cents,
        count(*) FILTER (ended_at IS NULL OR ended_at > due_at) AS ran_on,
        coalesce(sum(mrr_cents) FILTER (ended_at IS NULL OR ended_at > due_at), 0) AS ran_on_cents
      FROM due GROUP BY month, account_id
    )
    SELECT month, account_id, due, CAST(due_cents AS BIGINT) AS due_cents,
      least(due, ran_on + coalesce(agreements, 0)) AS renewed,
      CAST(least(due_cents, ran_on_cents + coalesce(cents, 0)) AS BIGINT) AS renewed_cents
    FROM by_account LEFT JOIN followed USING (month, account_id)`,
  metrics: [
    {
      name: 'renewal-rate-count',
      title: 'Renewal rate by count',
      formula: 'agreements renewed ÷ agreements whose term ended in the month',
      unit: 'share',
      counts: 'renewals due',
      source: 'Mehta, Steinman and Murphy, Customer Success (2016)',
      interval: INTERVALS.proportion,
      measure: (rows) => proportion(rows.sum('renewed'), rows.sum('due')),
    },
    {
      name: 'renewal-rate-value',
      title: 'Renewal rate by value',
      formula: 'MRR renewed, at most what was due of each account ÷ MRR whose term ended in the month',
      unit: 'share',
      counts: 'accounts with a renewal due',
      source: 'Mehta, Steinman and Murphy, Customer Success (2016)',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const sums = rows.sumsByAccount('renewed_cents', 'due_cents');
        return ratioFigure({ above: sums.renewed_cents, below: sums.due_cents }, random);
      },
    },
  ],
};
