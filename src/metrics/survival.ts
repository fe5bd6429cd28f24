import type { Interval } from '../math/bootstrap.js';
import { Z } from './proportion.js';

/**
 * Stays, one per element: watched from `entry` (0: from its start; later: delayed entry) to `time`, both in days since
 * the stay's start, and whether it ended then (`left` 1) or was still going on (0, censored).
 */
export interface Stays {
  readonly entry: Float64Array;
  readonly time: Float64Array;
  readonly left: Uint8Array;
}

/** The curve just after a time at which somebody left. */
export interface SurvivalPoint {
  readonly time: number;
  /** Stays watched at that time: entered before it, not over before it. */
  readonly atRisk: number;
  readonly events: number;
  /** Share that stays beyond the time, in [0, 1]. */
  readonly survival: number;
  /** The pointwise 95 % band; `null` where it has no width to give: once nobody is left. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A Kaplan–Meier curve: 1 up to the first point, then flat between points. */
export interface SurvivalCurve {
  readonly stays: number;
  readonly events: number;
  readonly points: readonly SurvivalPoint[];
  /** Last time at which somebody was watched; the curve says nothing beyond. */
  readonly until: number;
}

/**
 * The Kaplan–Meier (1958) estimate of how long stays last, with Greenwood's variance and 95 % bands on the log-log
 * scale, which stay within [0, 1]: R's `survfit(…, conf.type = "log-log")`. Who leaves at a time is at risk at it; who
 * is censored at it, too; who enters at it is not. Stays that end no later than they enter are left out.
 *
 * With delayed entry few may be at risk early on; a time at which all of them leave takes the curve to 0 for good.
 *
 * @see https://doi.org/10.1080/01621459.1958.10501452
 * @example
 * const stays = {
 *   entry: new Float64Array(4),
 *   time: Float64Array.of(3, 5, 5, 9),
 *   left: Uint8Array.of(1, 1, 0, 0),
 * };
 * survivalCurve(stays).points.map(({ survival }) => survival); // [0.75, 0.5]
 */
export function survivalCurve({ entry, time, left }: Stays): SurvivalCurve {
  const watched = [...time.keys()].filter((row) => time[row]! > entry[row]!);
  const leaving = watched.sort((a, b) => time[a]! - time[b]!);
  const entries = Float64Array.from(leaving, (row) => entry[row]!).sort();
  const points: SurvivalPoint[] = [];
  let [survival, greenwood, entered, events] = [1, 0, 0, 0];
  for (let from = 0; from < leaving.length; ) {
    const at = time[leaving[from]!]!;
    while (entered < entries.length && entries[entered]! < at) entered++;
    const atRisk = entered - from;
    let died = 0;
    let to = from;
    for (; to < leaving.length && time[leaving[to]!] === at; to++) died += left[leaving[to]!]!;
    if (died > 0) {
      survival *= (atRisk - died) / atRisk;
      greenwood += died / (atRisk * (atRisk - died));
      events += died;
      points.push({ time: at, atRisk, events: died, survival, ...logLogBand(survival, greenwood) });
    }
    from = to;
  }
  return { stays: leaving.length, events, points, until: leaving.length ? time[leaving.at(-1)!]! : 0 };
}

function logLogBand(survival: number, greenwood: number): { low: number | null; high: number | null } {
  if (survival <= 0) return { low: null, high: null };
  const spread = Math.exp((Z * Math.sqrt(greenwood)) / Math.log(survival));
  // The logarithm is negative, so `spread` is below 1 and its power the upper end.
  return { low: survival ** (1 / spread), high: survival ** spread };
}

/** The share that stays beyond a time. */
export function survivalAt({ points }: SurvivalCurve, time: number): number {
  return points.findLast((point) => point.time <= time)?.survival ?? 1;
}

export interface MedianTime {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The time by which half have left, and Brookmeyer and Crowley's (1982) interval: where the bands cross one half.
 * `null` where curve or band does not come down so far. A curve that lies on one half for a while gives the middle of
 * that while, as in R.
 *
 * @see https://doi.org/10.2307/2530286
 */
export function medianTime(curve: SurvivalCurve): MedianTime {
  const crossing = (height: (point: SurvivalPoint) => number | null) => {
    const points = curve.points.map((point) => ({ time: point.time, height: height(point) }));
    const index = points.findIndex(({ height }) => height !== null && height <= 0.5 + 1e-12);
    const found = points[index];
    if (found === undefined) return null;
    const lower = points.slice(index).find(({ height }) => height === null || height < 0.5 - 1e-12);
    const isFlat = Math.abs(found.height! - 0.5) <= 1e-12;
    return isFlat && lower ? (found.time + lower.time) / 2 : found.time;
  };
  return {
    value: crossing(({ survival }) => survival),
    low: crossing(({ low }) => low),
    high: crossing(({ high }) => high),
  };
}

/** A mean with its standard error. */
export interface RestrictedMean {
  readonly value: number;
  readonly error: number;
}

/**
 * Mean time stayed within the first `until` days: the area under the curve, with its standard error, as R's
 * `print(survfit, rmean = until)` computes it. Beyond the last watched time the curve is taken to stay flat.
 */
export function restrictedMean({ points }: SurvivalCurve, until: number): RestrictedMean {
  const within = points.filter(({ time }) => time < until);
  const ends = [...within.slice(1).map(({ time }) => time), until];
  let area = 0;
  let variance = 0;
  for (let i = within.length - 1; i >= 0; i--) {
    const { time, survival, atRisk, events } = within[i]!;
    area += survival * (ends[i]! - time);
    if (atRisk > events) variance += (area * area * events) / (atRisk * (atRisk - events));
  }
  return { value: (within[0]?.time ?? until) + area, error: Math.sqrt(variance) };
}

/** A restricted mean's 95 % interval. */
export function meanInterval({ value, error }: RestrictedMean): Interval {
  return { low: Math.max(0, value - Z * error), high: value + Z * error };
}
