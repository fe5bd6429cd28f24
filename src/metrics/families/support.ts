import { clusteredMedian } from '../clustered-median.js';
import type { Figure } from '../figure.js';
import { INTERVALS, type MetricFamily } from '../metric.js';
import type { MetricRows } from '../metric-rows.js';
import { ratioFigure } from '../ratio.js';

/**
 * Tickets by the month in which they were opened, with hours to the first answer and to the solution; missing while
 * there is none. A ticket that was closed without a noted answer was answered when it was closed.
 */
export const supportFamily: MetricFamily = {
  name: 'support',
  needs: ['support_tickets'],
  sql: () => `
    SELECT month, account_id, csat, CAST(csat IS NOT NULL AS BIGINT) AS rated,
      (epoch_ms(least(first_response_at, closed_at)) - epoch_ms(opened_at)) / 3600000.0 AS response_hours,
      (epoch_ms(closed_at) - epoch_ms(opened_at)) / 3600000.0 AS resolution_hours
    FROM metric_months JOIN support_tickets ON opened_at >= starts AND opened_at < ends`,
  metrics: [
    {
      name: 'first-response-time',
      title: 'First response time',
      formula:
        'median hours from opening to first answer of the tickets opened in the month; unanswered count as longest',
      unit: 'hours',
      counts: 'tickets opened',
      source: 'Woodruff (1952), JASA 47, for the median of clustered values',
      interval: INTERVALS.median,
      measure: (rows) => medianHours(rows, 'response_hours'),
    },
    {
      name: 'resolution-time',
      title: 'Resolution time',
      formula:
        'median hours from opening to closing of the tickets opened in the month; open ones count as longest',
      unit: 'hours',
      counts: 'tickets opened',
      source: 'Woodruff (1952), JASA 47, for the median of clustered values',
      interval: INTERVALS.median,
      measure: (rows) => medianHours(rows, 'resolution_hours'),
    },
    {
      name: 'ticket-csat',
      title: 'Satisfaction with answers',
      formula: 'mean satisfaction (1–10) with the tickets opened in the month',
      unit: 'points',
      counts: 'accounts that rated',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 2: customer satisfaction',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const sums = rows.above('rated').sumsByAccount('csat', 'rated');
        return ratioFigure({ above: sums.csat, below: sums.rated }, random);
      },
    },
  ],
};

function medianHours(rows: MetricRows, name: string): Figure {
  const hours = rows.column(name).map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value));
  return clusteredMedian(hours, rows.accounts);
}

/** Days on which an account helped itself and opened no ticket, and tickets, by month. */
export const selfServiceFamily: MetricFamily = {
  name: 'self_service',
  needs: ['self_service_events', 'support_tickets'],
  sql: () => `
    WITH helped AS (
      SELECT DISTINCT account_id, date_trunc('day', occurred_at) AS day
      FROM self_service_events WHERE kind IN ('article_view', 'bot_resolved')
    ),
    tickets AS (
      SELECT account_id, date_trunc('day', opened_at) AS day, count(*) AS tickets
      FROM support_tickets GROUP BY ALL
    )
    SELECT month, account_id, count(*) FILTER (tickets IS NULL) AS solved_alone,
      CAST(coalesce(sum(tickets), 0) AS BIGINT) AS tickets
    FROM metric_months JOIN (helped FULL JOIN tickets USING (account_id, day)) ON day >= starts AND day < ends
    GROUP BY month, account_id`,
  metrics: [
    {
      name: 'self-service-rate',
      title: 'Self-service rate',
      formula:
        'account-days with an article read or a bot’s answer and no ticket ÷ (those days + tickets opened in the month)',
      unit: 'share',
      counts: 'accounts that sought help',
      source: 'convention of this catalogue: needs met without a ticket ÷ all needs seen',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const { solved_alone, tickets } = rows.sumsByAccount('solved_alone', 'tickets');
        const below = solved_alone.map((solved, i) => solved + tickets[i]!);
        return ratioFigure({ above: solved_alone, below }, random);
      },
    },
  ],
};
