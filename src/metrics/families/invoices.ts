import type { Company } from '../../workspace/company.js';
import { clusteredMedian } from '../clustered-median.js';
import { mapFigure } from '../figure.js';
import { INTERVALS, type MetricFamily } from '../metric.js';
import { proportion } from '../proportion.js';
import { ratioFigure } from '../ratio.js';

const DAYS_SALES_SOURCE =
  'Farris et al., Marketing Metrics (3rd ed. 2016); any text on receivables: balance ÷ credit sales × days';

/** What was owed at a month's end and what was billed in the three months up to it. */
export const receivableFamily: MetricFamily = {
  name: 'receivables',
  needs: ['invoices'],
  sql: () => `
    SELECT month, account_id, date_diff('day', any_value(ends - INTERVAL 3 MONTH), any_value(ends)) AS days,
      coalesce(CAST(sum(amount_cents) FILTER (issued_at >= ends - INTERVAL 3 MONTH) AS BIGINT), 0) AS billed_cents,
      coalesce(CAST(sum(amount_cents) FILTER (paid_at IS NULL OR paid_at >= ends) AS BIGINT), 0) AS owed_cents,
      count(*) FILTER (due_at >= starts AND due_at < ends) AS due,
      count(*) FILTER (due_at >= starts AND due_at < ends AND (paid_at IS NULL OR paid_at > due_at)) AS late
    FROM metric_months JOIN invoices ON issued_at < ends
      AND (issued_at >= ends - INTERVAL 3 MONTH OR paid_at IS NULL OR paid_at >= starts)
    GROUP BY month, account_id`,
  metrics: [
    {
      name: 'days-sales-outstanding',
      title: 'Days sales outstanding (DSO)',
      formula: 'owed at the end of the month ÷ billed in the three months up to it × days of these months',
      unit: 'days',
      counts: 'accounts billed or owing',
      source: DAYS_SALES_SOURCE,
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const sums = rows.sumsByAccount('owed_cents', 'billed_cents');
        const owed = ratioFigure({ above: sums.owed_cents, below: sums.billed_cents }, random);
        return mapFigure(owed, (share) => share * (rows.column('days')[0] ?? 0));
      },
    },
    {
      name: 'late-payment-rate',
      title: 'Late payments',
      formula: 'invoices due in the month and not paid by then ÷ invoices due in the month',
      unit: 'share',
      counts: 'accounts with an invoice due',
      source: DAYS_SALES_SOURCE,
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const { late, due } = rows.above('due').sumsByAccount('late', 'due');
        return ratioFigure({ above: late, below: due }, random);
      },
    },
  ],
};

/** Where accounts pay by agreement their invoices are bills, and nothing is bought again. */
function notAShop({ settings }: Company): string | null {
  return settings.churn.by === 'subscription'
    ? 'accounts pay by agreement: their invoices are no purchases'
    : null;
}

/** Purchases of a shop, one row each, with the days since the account's purchase before. */
export const orderFamily: MetricFamily = {
  name: 'orders',
  needs: ['invoices'],
  unfit: notAShop,
  sql: () => `
    SELECT month, account_id, 1 AS orders, amount_cents, days_since
    FROM metric_months JOIN (
      SELECT account_id, issued_at, amount_cents,
        (epoch_ms(issued_at) - epoch_ms(lag(issued_at) OVER (PARTITION BY account_id ORDER BY issued_at, invoice_id))) / 86400000.0
          AS days_since
      FROM invoices
    ) ON issued_at >= starts AND issued_at < ends`,
  metrics: [
    {
      name: 'order-value',
      title: 'Average order value',
      formula: 'Σ amounts of the month’s purchases ÷ purchases',
      unit: 'cents',
      counts: 'accounts that bought',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016)',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const sums = rows.sumsByAccount('amount_cents', 'orders');
        return ratioFigure({ above: sums.amount_cents, below: sums.orders }, random);
      },
    },
    {
      name: 'time-between-purchases',
      title: 'Time between purchases',
      formula: 'median days since the same account’s purchase before, over the month’s repeat purchases',
      unit: 'days',
      counts: 'repeat purchases',
      source: 'Ehrenberg, Repeat-Buying (2nd ed. 1988)',
      interval: INTERVALS.median,
      measure: (rows) => {
        const repeats = rows.filled('days_since');
        return clusteredMedian(repeats.column('days_since'), repeats.accounts);
      },
    },
  ],
};

/** Accounts that bought in the 365 days up to a month's end, with the number of their purchases. */
export const buyerFamily: MetricFamily = {
  name: 'buyers',
  needs: ['invoices'],
  unfit: notAShop,
  sql: () => `
    SELECT month, account_id, count(*) AS orders
    FROM metric_months JOIN invoices ON issued_at >= ends - INTERVAL 365 DAY AND issued_at < ends
    GROUP BY month, account_id`,
  metrics: [
    {
      name: 'repeat-purchase-rate',
      title: 'Repeat purchase rate',
      formula:
        'accounts with two or more purchases in the 365 days up to the month’s end ÷ accounts with one or more',
      unit: 'share',
      counts: 'accounts that bought',
      source: 'Ehrenberg, Repeat-Buying (2nd ed. 1988)',
      interval: INTERVALS.proportion,
      measure: (rows) => {
        const orders = rows.column('orders');
        return proportion(orders.filter((count) => count >= 2).length, orders.length);
      },
    },
  ],
};
