import { mapFigure, plainFigure } from '../figure.js';
import { INTERVALS, type MetricFamily } from '../metric.js';
import type { MetricRows } from '../metric-rows.js';
import { countRatio, eventRate, proportion } from '../proportion.js';

/**
 * Who paid, came, left and came back, by month. An account is counted just before the month starts and just before it
 * ends, so a stay that starts at the month's first instant is new in it, and one that ends there is lost in it: what
 * is counted at the end of a month is what the next one opens with, and opening + new + returned − lost = closing.
 */
export const customerFamily: MetricFamily = {
  name: 'customers',
  needs: [],
  sql: () => `
    SELECT month, account_id,
      max(CAST(started_at < starts AS BIGINT)) AS opening,
      max(CAST(left_at IS NULL OR left_at >= ends AS BIGINT)) AS closing,
      count(*) FILTER (started_at >= starts AND spell = 1) AS joined,
      count(*) FILTER (started_at >= starts AND spell > 1) AS returned,
      count(*) FILTER (left_at < ends) AS lost,
      count(*) FILTER (left_at < ends AND started_at < starts) AS lost_opening,
      count(*) FILTER (left_at < ends AND started_at >= starts AND spell = 1) AS lost_joined,
      count(*) FILTER (left_at < ends AND started_at >= starts AND spell > 1) AS lost_returned,
      count(*) FILTER (left_at < ends AND churn_kind IS NOT NULL) AS lost_of_known_kind,
      count(*) FILTER (left_at < ends AND churn_kind = 'involuntary') AS lost_involuntary,
      count(*) FILTER (left_at < ends AND started_at < starts AND churn_kind = 'involuntary') AS lost_opening_involuntary,
      CAST(sum(epoch_ms(least(coalesce(left_at, ends), ends)) - epoch_ms(greatest(started_at, starts))) AS BIGINT)
        AS exposure_ms,
      any_value(epoch_ms(ends) - epoch_ms(starts)) AS month_ms
    FROM metric_months
    JOIN spells ON started_at < ends AND (left_at IS NULL OR left_at >= starts)
    GROUP BY month, account_id`,
  metrics: [
    {
      name: 'customer-churn-opening',
      title: 'Customer churn, opening base',
      formula: 'accounts of the opening base that left in the month ÷ accounts at its start',
      unit: 'share',
      counts: 'accounts at the start of the month',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 5; the most widely used form',
      interval: INTERVALS.proportion,
      measure: (rows) => proportion(rows.sum('lost_opening'), rows.sum('opening')),
    },
    {
      name: 'customer-churn-average',
      title: 'Customer churn, average base',
      formula: 'all leavings of the month ÷ ((accounts at its start + accounts at its end) ÷ 2)',
      unit: 'share',
      counts: 'leavings',
      source: 'Noble (2011), Defining Churn Rate, Shopify: "the adjusted way"',
      interval: INTERVALS.poisson,
      measure: (rows) => {
        const lost = rows.sum('lost');
        return eventRate(lost, (rows.sum('opening') + rows.sum('closing')) / 2, lost);
      },
    },
    {
      name: 'customer-churn-exposure',
      title: 'Customer churn, exposure',
      formula: 'all leavings of the month ÷ account-months paid in it',
      unit: 'share',
      counts: 'leavings',
      source: 'Rothman, Greenland and Lash, Modern Epidemiology (3rd ed. 2008), ch. 3: incidence rate',
      interval: INTERVALS.poisson,
      measure: (rows) => {
        const lost = rows.sum('lost');
        return eventRate(lost, accountMonths(rows), lost);
      },
    },
    {
      name: 'retention-rate',
      title: 'Retention rate',
      formula: 'accounts of the opening base that pay at the end of the month ÷ accounts at its start',
      unit: 'share',
      counts: 'accounts at the start of the month',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 5',
      interval: INTERVALS.proportion,
      measure: (rows) => proportion(rows.above('opening').sum('closing'), rows.sum('opening')),
    },
    {
      name: 'customers',
      title: 'Customers at the end of the month',
      formula: 'accounts that pay just before the month ends',
      unit: 'accounts',
      counts: 'accounts',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 5',
      interval: INTERVALS.none,
      measure: (rows) => plainFigure(rows.sum('closing'), rows.sum('closing')),
    },
    {
      name: 'customers-new',
      title: 'New customers',
      formula: 'first stays that start in the month',
      unit: 'accounts',
      counts: 'accounts',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 5',
      interval: INTERVALS.none,
      measure: (rows) => plainFigure(rows.sum('joined'), rows.sum('joined')),
    },
    {
      name: 'customers-returned',
      title: 'Returned customers',
      formula: 'later stays that start in the month',
      unit: 'accounts',
      counts: 'accounts',
      source: 'Griffin and Lowenstein, Customer Winback (2001)',
      interval: INTERVALS.none,
      measure: (rows) => plainFigure(rows.sum('returned'), rows.sum('returned')),
    },
    {
      name: 'customers-lost',
      title: 'Lost customers',
      formula: 'stays that end in the month',
      unit: 'accounts',
      counts: 'leavings',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 5',
      interval: INTERVALS.none,
      measure: (rows) => plainFigure(rows.sum('lost'), rows.sum('lost')),
    },
    {
      name: 'customers-net',
      title: 'Leaky pot: net change of customers',
      formula: 'new + returned − lost = accounts at the end − accounts at the start',
      unit: 'accounts',
      counts: 'comings and leavings',
      source: 'stock-and-flow identity; Farris et al., Marketing Metrics (3rd ed. 2016), ch. 5',
      interval: INTERVALS.none,
      measure: (rows) => {
        const came = rows.sum('joined') + rows.sum('returned');
        return plainFigure(came - rows.sum('lost'), came + rows.sum('lost'));
      },
    },
    {
      name: 'new-per-lost',
      title: 'New customers for each one lost',
      formula: 'new customers ÷ leavings; below 1 the pot runs dry, come-backs apart',
      unit: 'ratio',
      counts: 'new customers and leavings',
      source: 'Przyborowski and Wilenski (1940), Biometrika 31, for the ratio of two counts',
      interval: 'Wilson (Clopper–Pearson below 10) of new ÷ (new + lost), turned into a ratio',
      measure: (rows) => countRatio(rows.sum('joined'), rows.sum('lost')),
    },
    {
      name: 'involuntary-share',
      title: 'Involuntary share of churn',
      formula: 'leavings for failed payment ÷ leavings whose kind is known',
      unit: 'share',
      counts: 'leavings of known kind',
      source: 'Gold, Fighting Churn with Data (2020), ch. 2',
      interval: INTERVALS.proportion,
      needs: ['subscriptions'],
      measure: (rows) => proportion(rows.sum('lost_involuntary'), rows.sum('lost_of_known_kind')),
    },
    {
      name: 'lifetime-mean',
      title: 'Mean lifetime at this pace',
      formula: '1 ÷ customer churn by exposure',
      unit: 'months',
      counts: 'leavings',
      source: 'Gupta and Lehmann (2003), Customers as Assets, J. Interactive Marketing 17',
      interval: `${INTERVALS.poisson}, turned over`,
      measure: (rows) => {
        const lost = rows.sum('lost');
        return mapFigure(eventRate(lost, accountMonths(rows), lost), (churn) => 1 / churn);
      },
    },
  ],
};

function accountMonths(rows: MetricRows): number {
  const month = rows.column('month_ms')[0];
  return month === undefined ? 0 : rows.sum('exposure_ms') / month;
}

/** Accounts that had left in the year before the month and were gone when it started. */
export const winBackFamily: MetricFamily = {
  name: 'win_backs',
  needs: [],
  sql: () => `
    SELECT month, account_id, CAST(coalesce(came_back_at < ends, false) AS BIGINT) AS returned
    FROM metric_months
    JOIN (
      SELECT account_id, left_at, lead(started_at) OVER (PARTITION BY account_id ORDER BY spell) AS came_back_at
      FROM spells
    ) ON left_at < starts AND left_at >= starts - INTERVAL 365 DAY AND (came_back_at IS NULL OR came_back_at >= starts)`,
  metrics: [
    {
      name: 'win-back-rate',
      title: 'Win-back rate',
      formula: 'accounts that came back in the month ÷ accounts gone at its start for at most 365 days',
      unit: 'share',
      counts: 'accounts gone at the start of the month',
      source: 'Griffin and Lowenstein, Customer Winback (2001)',
      interval: INTERVALS.proportion,
      measure: (rows) => proportion(rows.sum('returned'), rows.count),
    },
  ],
};
