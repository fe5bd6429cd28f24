import type { Database } from '../sources/duckdb/database.js';
import { cellText } from '../tables/raw-table.js';
import { sqlInstant } from '../timeline/as-of.js';
import type { Figure } from './figure.js';
import { INTERVALS, type MetricDefinition } from './metric.js';
import { Z } from './proportion.js';
import type { SurvivalResult } from './result.js';
import {
  meanInterval,
  medianTime,
  type RestrictedMean,
  restrictedMean,
  type Stays,
  type SurvivalCurve,
  survivalCurve,
} from './survival.js';

/** Days of the mean month of the Gregorian calendar. */
export const MONTH_DAYS = 30.436875;
/** Beyond so many days no curve is read, however long the company is watched. */
const MOST_DAYS = 60 * MONTH_DAYS;
const MOST_POINTS = 240;

/** Metrics of the whole span; `lifetime-value` needs revenue. */
export const SPAN_METRICS: readonly MetricDefinition[] = [
  {
    name: 'lifetime-median',
    title: 'Median lifetime',
    formula: 'time at which the Kaplan–Meier curve of stays reaches one half',
    unit: 'months',
    counts: 'stays',
    source: 'Kaplan and Meier (1958), JASA 53; Brookmeyer and Crowley (1982), Biometrics 38',
    interval: INTERVALS.survival,
    per: 'span',
  },
  {
    name: 'lifetime-watched',
    title: 'Mean lifetime within the time watched',
    formula: 'area under the Kaplan–Meier curve up to the last day watched, at most 60 months',
    unit: 'months',
    counts: 'stays',
    source: 'Klein and Moeschberger, Survival Analysis (2nd ed. 2003), ch. 4.5: restricted mean',
    interval: 'normal, with the variance of the area (Greenwood)',
    per: 'span',
  },
  {
    name: 'lifetime-value',
    title: 'Lifetime value within the time watched',
    formula:
      'ARPA of the last month × mean lifetime within the time watched; revenue, no margin, no discount',
    unit: 'cents',
    counts: 'stays',
    source: 'Gupta and Lehmann (2003), Customers as Assets, J. Interactive Marketing 17',
    interval: 'delta method on the logarithm; ARPA and lifetime taken as independent',
    per: 'span',
  },
  {
    name: 'cohort-retention',
    title: 'Cohort retention',
    formula:
      'accounts of a sign-up month that pay at the end of its n-th month after ÷ accounts of that sign-up month',
    unit: 'share',
    counts: 'accounts of the cohort',
    source: 'Fader and Hardie (2007), How to Project Customer Retention, J. Interactive Marketing 21',
    interval: INTERVALS.proportion,
    per: 'span',
  },
];

/** Stays within a span, and the group of each. */
export interface GroupedStays {
  readonly stays: Stays;
  readonly groups: readonly string[];
}

/**
 * Stays as they were watched from `from` to `until`: those under way at `from` enter late, those that go on at `until`
 * are censored. The group is the account's in `metric_groups` in the span's first month.
 */
export async function readStays(database: Database, from: number, until: number): Promise<GroupedStays> {
  const [start, end] = [sqlInstant(from), sqlInstant(until)];
  const daysFromStart = (instant: string) => `(epoch_ms(${instant}) - epoch_ms(started_at)) / 86400000.0`;
  const table = await database.table(`
    SELECT grp, ${daysFromStart(`greatest(started_at, ${start})`)} AS entry,
      ${daysFromStart(`least(coalesce(left_at, ${end}), ${end})`)} AS time,
      CAST(coalesce(left_at < ${end}, false) AS BIGINT) AS gone
    FROM spells LEFT JOIN (SELECT account_id, grp FROM metric_groups WHERE month = 0) USING (account_id)
    WHERE started_at < ${end} AND (left_at IS NULL OR left_at > ${start})
    ORDER BY account_id, spell`);
  const numbers = (name: string) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    return column === undefined || column.kind === 'text' ? new Float64Array(0) : column.values;
  };
  const group = table.columns.find(({ name }) => name === 'grp')!;
  return {
    stays: { entry: numbers('entry'), time: numbers('time'), left: Uint8Array.from(numbers('gone')) },
    groups: Array.from({ length: table.rows }, (_, row) => cellText(group, row) ?? ''),
  };
}

/** The stays of one group. */
export function staysOf({ stays, groups }: GroupedStays, group: string): Stays {
  const rows = [...groups.keys()].filter((row) => groups[row] === group);
  return {
    entry: Float64Array.from(rows, (row) => stays.entry[row]!),
    time: Float64Array.from(rows, (row) => stays.time[row]!),
    left: Uint8Array.from(rows, (row) => stays.left[row]!),
  };
}

/** A group's curve, thinned for a result. */
export function survivalResult(group: string | null, curve: SurvivalCurve): SurvivalResult {
  const { stays, events, until } = curve;
  return {
    group,
    stays,
    left: events,
    untilDays: until,
    points: thinPoints(curve).map(({ time, survival, low, high, atRisk }) => ({
      days: time,
      survival,
      low,
      high,
      atRisk,
    })),
  };
}

function thinPoints({ points, until }: SurvivalCurve): SurvivalCurve['points'] {
  if (points.length <= MOST_POINTS) return points;
  const step = until / MOST_POINTS;
  return points.filter(
    ({ time }, i) =>
      i === points.length - 1 || Math.floor(time / step) < Math.floor(points[i + 1]!.time / step),
  );
}

/** The lifetime metrics of one group by name. */
export function measureLifetimes(
  stays: Stays,
  { horizonDays, arpa }: { horizonDays: number; arpa: Figure | null },
): { curve: SurvivalCurve; figures: Record<string, Figure> } {
  const curve = survivalCurve(stays);
  const n = curve.stays;
  const median = medianTime(curve);
  const mean = restrictedMean(curve, horizonDays);
  return {
    curve,
    figures: {
      'lifetime-median': {
        value: months(median.value),
        low: months(median.low),
        high: months(median.high),
        n,
      },
      'lifetime-watched': watchedFigure(mean, n),
      ...(arpa === null ? {} : { 'lifetime-value': valueFigure(arpa, mean, n) }),
    },
  };
}

/** How far curves are read: to the last day that anybody was watched, at most 60 months. */
export function horizonOf({ time }: Stays): number {
  return Math.min(
    MOST_DAYS,
    time.reduce((longest, days) => Math.max(longest, days), 0),
  );
}

function watchedFigure(mean: RestrictedMean, n: number): Figure {
  if (n === 0) return { value: null, low: null, high: null, n };
  const { low, high } = meanInterval(mean);
  return { value: months(mean.value), low: months(low), high: months(high), n };
}

function valueFigure(arpa: Figure, mean: RestrictedMean, n: number): Figure {
  if (arpa.value === null || n === 0) return { value: null, low: null, high: null, n };
  const value = arpa.value * months(mean.value)!;
  if (arpa.low === null || arpa.high === null || arpa.low <= 0) return { value, low: null, high: null, n };
  const arpaError = Math.log(arpa.high / arpa.low) / (2 * Z);
  const spread = Math.exp(Z * Math.hypot(arpaError, mean.error / mean.value));
  return { value, low: value / spread, high: value * spread, n };
}

function months(days: number): number;
function months(days: number | null): number | null;
function months(days: number | null): number | null {
  return days === null ? null : days / MONTH_DAYS;
}
