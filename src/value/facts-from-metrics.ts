import { ChurnError } from '../errors.js';
import type { Estimate } from '../evaluation/evaluation.js';
import { type MetricsResult, seriesOf } from '../metrics/result.js';
import type { ValueFacts } from './facts.js';

/** Months that are averaged: a year, so that no season decides. */
const MONTHS = 12;

/**
 * What is known of a company today, from its measured metrics: accounts and revenue of the last month, churn and new
 * accounts as means of the last twelve months. The interval of a mean of months takes them for independent.
 *
 * @throws ChurnError `bad-table` when accounts, revenue or churn were not measured
 * @example
 * const worth = valueOfChurn(factsFromMetrics(metrics));
 */
export function factsFromMetrics(result: MetricsResult): ValueFacts {
  const revenueChurn = meanOf(result, 'gross-revenue-churn');
  const logoChurn = meanOf(result, 'customer-churn-opening');
  if (logoChurn === null) throw missing(result, 'customer-churn-opening');
  const newAccounts = lastPoints(result, 'customers-new').map(({ value }) => value ?? 0);
  return {
    accounts: latest(result, 'customers'),
    monthlyRevenueCents: latest(result, 'mrr'),
    monthlyLogoChurn: logoChurn,
    ...(revenueChurn === null ? {} : { monthlyRevenueChurn: revenueChurn }),
    newAccountsPerMonth: newAccounts.reduce((sum, value) => sum + value, 0) / Math.max(1, newAccounts.length),
    currency: result.currency,
  };
}

function lastPoints(result: MetricsResult, metric: string) {
  return (seriesOf(result, metric)?.points ?? []).filter(({ month }) => month !== null).slice(-MONTHS);
}

function latest(result: MetricsResult, metric: string): number {
  const value = lastPoints(result, metric).at(-1)?.value ?? null;
  if (value === null) throw missing(result, metric);
  return value;
}

/** Mean of months with the interval of a mean: the months' own half-widths add up as variances. */
function meanOf(result: MetricsResult, metric: string): Estimate | null {
  const points = lastPoints(result, metric).filter(({ value }) => value !== null);
  if (points.length === 0) return null;
  const mean = (read: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + read(point), 0) / points.length;
  const value = mean((point) => point.value!);
  const half = (read: (point: (typeof points)[number]) => number) =>
    Math.sqrt(mean((point) => read(point) ** 2) / points.length);
  return {
    value,
    low: Math.max(0, value - half((point) => point.value! - (point.low ?? point.value!))),
    high: Math.min(1, value + half((point) => (point.high ?? point.value!) - point.value!)),
  };
}

function missing({ company, unmeasured }: MetricsResult, metric: string): ChurnError {
  const reason = unmeasured.find((entry) => entry.metric === metric)?.reason ?? 'it has no figure';
  return new ChurnError(
    'bad-table',
    `value: ${company} has no "${metric}" (${reason}); --accounts, --revenue and --churn say the figures instead`,
  );
}
