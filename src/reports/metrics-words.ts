import { percentText } from '../charts/figure-text.js';
import { metricFigureText } from '../charts/metric-text.js';
import type { MetricDefinition } from '../metrics/metric.js';
import { type MetricPoint, type MetricsResult, seriesOf } from '../metrics/result.js';

/** A metric with what it came to, last and before. */
export interface LatestFigure {
  readonly definition: MetricDefinition;
  /** The last month's point, or the span's. */
  readonly last: MetricPoint;
  readonly text: string;
  /** The month before, as text; `null` for metrics of the whole span and in the first month. */
  readonly before: string | null;
}

/** The latest figure of every metric that was measured, of all accounts or of one group. */
export function latestFigures(result: MetricsResult, group: string | null = null): LatestFigure[] {
  return result.definitions.flatMap((definition) => {
    const points = seriesOf(result, definition.name, group)?.points ?? [];
    const last = points.at(-1);
    if (last === undefined) return [];
    const before = points.at(-2);
    const text = (point: MetricPoint) => metricFigureText(point, definition.unit, result.currency);
    return [{ definition, last, text: text(last), before: before ? text(before) : null }];
  });
}

/** The latest figures that a reader wants first. */
export function headlineFigures(result: MetricsResult): { figure: string; words: string }[] {
  const latest = new Map(latestFigures(result).map((one) => [one.definition.name, one]));
  const words: Readonly<Record<string, string>> = {
    customers: `customers at the end of ${result.to}`,
    'customer-churn-opening': `of the customers at the start of ${result.to} left in it`,
    mrr: `${result.currency} recurring revenue a month at the end of ${result.to}`,
    'net-revenue-retention': `of the revenue at the start of ${result.to} was still there, expansion included`,
    'lifetime-median': 'median lifetime of a customer',
  };
  return Object.entries(words).flatMap(([name, sentence]) => {
    const found = latest.get(name);
    if (found === undefined || found.last.value === null) return [];
    // The currency stands in the words: a headline has no room for it.
    return [{ figure: found.text.replace(`\u00a0${result.currency}`, ''), words: sentence }];
  });
}

/** Whether more came than left in the last month. */
export function leakyPotSentence(result: MetricsResult): string {
  const count = (metric: string) => seriesOf(result, metric)?.points.at(-1)?.value ?? 0;
  const [came, lost, net] = [
    count('customers-new') + count('customers-returned'),
    count('customers-lost'),
    count('customers-net'),
  ];
  const verdict =
    net > 0 ? 'the pot fills' : net < 0 ? 'the pot leaks faster than it fills' : 'the pot holds its level';
  return `${accounts(came)} came or came back in ${result.to} and ${lost} left: ${verdict}.`;
}

/** What revenue and customers say together: many customers may hide little revenue. */
export function revenueSentence(result: MetricsResult): string | null {
  const net = seriesOf(result, 'mrr-net-new')?.points.at(-1)?.value;
  const customers = seriesOf(result, 'customers-net')?.points.at(-1)?.value;
  if (net == null || customers == null) return null;
  if (customers > 0 && net < 0)
    return 'Customers rose and recurring revenue fell: who came pays less than who left.';
  if (customers < 0 && net > 0)
    return 'Customers fell and recurring revenue rose: who is here pays more than who left did.';
  return null;
}

/** The log-rank test in a sentence; `null` without one. */
export function logRankSentence({ logRank, by }: MetricsResult): string | null {
  if (logRank === null) return null;
  const { p, chiSquare, degreesOfFreedom } = logRank;
  const chance = p < 0.001 ? 'below 0.1\u00a0%' : percentText(p);
  return (
    `Log-rank test between groups by ${by}: χ² ${chiSquare.toFixed(1)} on ${degreesOfFreedom} degrees of freedom; were ` +
    `all groups to leave at the same pace, chance alone would set them so far apart in ${chance} of cases.`
  );
}

/** Metrics that could not be measured, gathered by reason. */
export function unmeasuredByReason({
  unmeasured,
  definitions,
}: MetricsResult): { reason: string; titles: string[] }[] {
  const title = (metric: string) => definitions.find(({ name }) => name === metric)?.title ?? metric;
  const reasons = [...new Set(unmeasured.map(({ reason }) => reason))];
  return reasons.map((reason) => ({
    reason,
    titles: unmeasured.filter((one) => one.reason === reason).map(({ metric }) => title(metric)),
  }));
}

/** Metrics that groups are compared by. */
export const GROUP_METRICS = [
  'customers',
  'customer-churn-opening',
  'net-revenue-retention',
  'mrr',
  'arpa',
  'lifetime-median',
] as const;

/** The groups of a result, without that of all accounts. */
export function groupsOf({ series }: MetricsResult): string[] {
  return [...new Set(series.map(({ group }) => group))].filter((group) => group !== null);
}

function accounts(count: number): string {
  return count === 1 ? '1 account' : `${count} accounts`;
}
