import type { Company } from '../../workspace/company.js';
import { plainFigure } from '../figure.js';
import { INTERVALS, type MetricFamily, type MonthlyMetric } from '../metric.js';
import type { MetricRows } from '../metric-rows.js';
import { ratioFigure, total } from '../ratio.js';

/** In what way an account's recurring revenue changed between the start and the end of a month. */
export const MOVEMENTS = ['new', 'reactivation', 'expansion', 'contraction', 'churn'] as const;
export type Movement = (typeof MOVEMENTS)[number];

const MOVEMENT_WORDS: Readonly<Record<Movement, { title: string; formula: string }>> = {
  new: {
    title: 'New MRR',
    formula: 'MRR at the end of the month of accounts that paid for the first time in it',
  },
  reactivation: {
    title: 'Reactivation MRR',
    formula: 'MRR at the end of accounts that had left before the month and came back in it',
  },
  expansion: {
    title: 'Expansion MRR',
    formula: 'rises of MRR of accounts that pay at the start and the end',
  },
  contraction: {
    title: 'Contraction MRR',
    formula: 'falls of MRR, as a negative amount, of accounts that pay at the start and the end',
  },
  churn: {
    title: 'Churned MRR',
    formula: 'MRR at the start, as a negative amount, of accounts that are gone at the end',
  },
};

const MRR_SOURCE = 'Skok, SaaS Metrics 2.0, https://www.forentrepreneurs.com/saas-metrics-2/';
const RETENTION_SOURCE = 'Gold, Fighting Churn with Data (2020), ch. 2: net retention and MRR churn';

/**
 * Recurring revenue of each account just before a month starts and just before it ends, in whole cents. An agreement
 * counts from its start to its end, and through the days of grace after it unless another takes its place; only
 * while the account's stay goes on. The movements of an account are named by its stays, so their sum is the change
 * in MRR to the cent.
 */
export const revenueFamily: MetricFamily = {
  name: 'revenue',
  needs: ['subscriptions'],
  sql: (company) => `
    WITH agreements AS (${paidAgreementsSql(company)}),
    instants AS (SELECT starts AS paid_at FROM metric_months UNION SELECT ends FROM metric_months),
    revenue AS (
      SELECT paid_at, account_id, CAST(sum(mrr_cents) AS BIGINT) AS cents
      FROM instants JOIN agreements ON started_at < paid_at AND (until IS NULL OR until >= paid_at)
      GROUP BY paid_at, account_id
    ),
    ends_of_month AS (
      SELECT c.month, c.account_id, opening, closing, joined,
        CASE WHEN opening = 1 THEN coalesce(o.cents, 0) ELSE 0 END AS opening_cents,
        CASE WHEN closing = 1 THEN coalesce(e.cents, 0) ELSE 0 END AS closing_cents
      FROM metric_customers c
      JOIN metric_months m USING (month)
      LEFT JOIN revenue o ON o.account_id = c.account_id AND o.paid_at = m.starts
      LEFT JOIN revenue e ON e.account_id = c.account_id AND e.paid_at = m.ends
    )
    SELECT month, account_id, opening, closing, opening_cents, closing_cents,
      CASE WHEN opening = 0 AND joined > 0 THEN closing_cents ELSE 0 END AS "new",
      CASE WHEN opening = 0 AND joined = 0 THEN closing_cents ELSE 0 END AS reactivation,
      CASE WHEN opening = 1 AND closing = 1 THEN greatest(closing_cents - opening_cents, 0) ELSE 0 END AS expansion,
      CASE WHEN opening = 1 AND closing = 1 THEN least(closing_cents - opening_cents, 0) ELSE 0 END AS contraction,
      CASE WHEN closing = 0 THEN -opening_cents ELSE 0 END AS churn
    FROM ends_of_month`,
  metrics: [
    {
      name: 'mrr',
      title: 'Monthly recurring revenue',
      formula: 'Σ recurring revenue a month of the agreements that run just before the month ends',
      unit: 'cents',
      counts: 'accounts at the end of the month',
      source: MRR_SOURCE,
      interval: INTERVALS.none,
      measure: (rows) => plainFigure(rows.sum('closing_cents'), rows.sum('closing')),
    },
    ...MOVEMENTS.map(movementMetric),
    {
      name: 'mrr-net-new',
      title: 'Net new MRR',
      formula: 'new + reactivation + expansion + contraction + churn = MRR at the end − MRR at the start',
      unit: 'cents',
      counts: 'accounts that pay in the month',
      source: MRR_SOURCE,
      interval: INTERVALS.none,
      measure: (rows) =>
        plainFigure(
          MOVEMENTS.reduce((sum, movement) => sum + rows.sum(movement), 0),
          rows.count,
        ),
    },
    openingRatio(
      'gross-revenue-churn',
      'Gross revenue churn',
      '(churned MRR + contraction MRR) ÷ MRR at the start of the month',
      ({ churn, contraction }) => -(churn + contraction),
    ),
    openingRatio(
      'net-revenue-churn',
      'Net revenue churn',
      '(churned + contraction − expansion MRR) ÷ MRR at the start of the month; below 0 the base grows by itself',
      ({ churn, contraction, expansion }) => -(churn + contraction + expansion),
    ),
    openingRatio(
      'gross-revenue-retention',
      'Gross revenue retention (GRR)',
      'Σ min(MRR at the start, MRR at the end) of the opening base ÷ MRR at the start = 1 − gross revenue churn',
      ({ opening, churn, contraction }) => opening + churn + contraction,
    ),
    openingRatio(
      'net-revenue-retention',
      'Net revenue retention (NRR)',
      'MRR at the end of the opening base ÷ MRR at the start = 1 − net revenue churn',
      ({ opening, churn, contraction, expansion }) => opening + churn + contraction + expansion,
    ),
    {
      name: 'quick-ratio',
      title: 'Quick ratio',
      formula: '(new + reactivation + expansion MRR) ÷ (contraction + churned MRR)',
      unit: 'ratio',
      counts: 'accounts that pay in the month',
      source: 'Mamoon Hamid, Social Capital, SaaStr Annual 2015: the SaaS quick ratio',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const sums = rows.sumsByAccount(...MOVEMENTS);
        const above = sums.new.map((value, i) => value + sums.reactivation[i]! + sums.expansion[i]!);
        const below = sums.churn.map((value, i) => -(value + sums.contraction[i]!));
        return ratioFigure({ above, below }, random);
      },
    },
    {
      name: 'arpa',
      title: 'Average revenue per account (ARPA)',
      formula: 'MRR at the end of the month ÷ accounts that pay then',
      unit: 'cents',
      counts: 'accounts at the end of the month',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 5',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const { closing_cents, closing } = rows.above('closing').sumsByAccount('closing_cents', 'closing');
        return ratioFigure({ above: closing_cents, below: closing }, random);
      },
    },
  ],
};

/** Agreements with the first instant at which they count no more; days of grace count where nothing follows. */
function paidAgreementsSql({ settings }: Company): string {
  const { graceDays } = settings.churn;
  if (graceDays === 0)
    return 'SELECT account_id, started_at, mrr_cents, ended_at AS until FROM subscriptions';
  return `
    SELECT account_id, started_at, mrr_cents,
      CASE WHEN ended_at IS NULL OR EXISTS (
          SELECT 1 FROM subscriptions beside
          WHERE beside.account_id = s.account_id AND beside.started_at < s.ended_at
            AND (beside.ended_at IS NULL OR beside.ended_at > s.ended_at)
        ) THEN ended_at
      ELSE least(ended_at + INTERVAL ${graceDays} DAY, (
          SELECT min(next.started_at) FROM subscriptions next
          WHERE next.account_id = s.account_id AND next.started_at >= s.ended_at
        )) END AS until
    FROM subscriptions s`;
}

function movementMetric(movement: Movement): MonthlyMetric {
  return {
    name: `mrr-${movement}`,
    ...MOVEMENT_WORDS[movement],
    unit: 'cents',
    counts: 'accounts with this movement',
    source: MRR_SOURCE,
    interval: INTERVALS.none,
    measure: (rows) => {
      const moved = rows.column(movement).filter((cents) => cents !== 0);
      return plainFigure(total(moved), moved.length);
    },
  };
}

interface RevenueSums {
  readonly opening: number;
  readonly churn: number;
  readonly contraction: number;
  readonly expansion: number;
}

/** A metric over the revenue that the month opened with. */
function openingRatio(
  name: string,
  title: string,
  formula: string,
  above: (sums: RevenueSums) => number,
): MonthlyMetric {
  return {
    name,
    title,
    formula,
    unit: 'share',
    counts: 'accounts at the start of the month',
    source: RETENTION_SOURCE,
    interval: INTERVALS.ratio,
    measure: (rows, { random }) => {
      const sums = openingSums(rows);
      return ratioFigure(
        {
          above: sums.opening_cents.map((opening, i) =>
            above({
              opening,
              churn: sums.churn[i]!,
              contraction: sums.contraction[i]!,
              expansion: sums.expansion[i]!,
            }),
          ),
          below: sums.opening_cents,
        },
        random,
      );
    },
  };
}

function openingSums(rows: MetricRows) {
  return rows.above('opening').sumsByAccount('opening_cents', 'churn', 'contraction', 'expansion');
}
