import { dot, solvePositiveDefinite } from '../math/matrix.js';

/**
 * A way in which an AUC may change as leaving comes nearer: flat until `onsetDays` before, then along a straight line
 * for `rampDays`, then flat again. A ramp of 0 is a step.
 */
export interface Rise {
  readonly onsetDays: number;
  readonly rampDays: number;
  /** The height of the rise that fits a curve best, in AUC, is the sum of the curve's days times these. */
  readonly heightWeights: Float64Array;
  /** Such a rise fits better than a flat line by (height × weight)² squared standard errors. */
  readonly fitWeight: number;
}

/** A rise that was fitted to a curve. */
export interface FittedRise {
  readonly rise: Rise;
  /** AUC after the rise less AUC before; below 0 where leavers come to have the lower values. */
  readonly height: number;
  /** By how many standard errors it fits better than a flat line, the best of many rises. */
  readonly gain: number;
}

/** Ramps that are tried, those up to the indicator's lookback: a great change fills the AUC before it fills the lookback. */
const RAMPS = [0, 7, 14, 28, 60, 90];

/** Longest ramp of an indicator without a lookback of its own, such as days since something. */
const LONGEST_USUAL_RAMP = 60;

/** Days of the curve at the far end that must lie before the onset, so that there is something to rise from. */
const LEAST_DAYS_BEFORE = 3;

/** A model of two straight bends is never exact: each day's variance is taken so many times as large. */
const VARIANCE_FACTOR = 1.5;

/**
 * All rises that are tried on a curve; onsets are a day apart, those of steps lie halfway between two days of the curve.
 *
 * Fits are generalised least squares: days of a curve are no independent witnesses, as they see the same accounts.
 *
 * @param covariance of the curve's days, `[j * days + k]`
 * @param lookbackDays over which the indicator counts: after a change for good it fills up for so long
 */
export function possibleRises(
  days: Float64Array,
  covariance: Float64Array,
  lookbackDays: number | null,
): Rise[] {
  if (days.length <= LEAST_DAYS_BEFORE) return [];
  const inverse = invert(loosened(covariance, days.length));
  if (!inverse) return [];
  const flat = times(inverse, new Float64Array(days.length).fill(1));
  const ramps = RAMPS.filter((rampDays) => rampDays <= (lookbackDays ?? LONGEST_USUAL_RAMP));
  return ramps.flatMap((rampDays) =>
    onsets(days, rampDays).map((onsetDays) => {
      const shape = days.map((day) => heightAt(day, onsetDays, rampDays));
      const level = dot(flat, shape) / total(flat);
      const weights = times(inverse, shape).map((weight, day) => weight - level * flat[day]!);
      const information = dot(weights, shape);
      return {
        onsetDays,
        rampDays,
        heightWeights: weights.map((weight) => weight / information),
        fitWeight: Math.sqrt(information),
      };
    }),
  );
}

/** The rise that fits a curve best, of equal ones that with the shortest ramp; `null` when there is none to try. */
export function bestRise(rises: readonly Rise[], curve: Float64Array): FittedRise | null {
  let best: FittedRise | null = null;
  for (const rise of rises) {
    const height = dot(rise.heightWeights, curve);
    const gain = Math.abs(height) * rise.fitWeight;
    if (best === null || gain > best.gain) best = { rise, height, gain };
  }
  return best;
}

/** Share of a rise that is done so many days before leaving. */
function heightAt(day: number, onsetDays: number, rampDays: number): number {
  if (rampDays === 0) return day < onsetDays ? 1 : 0;
  return Math.max(0, Math.min(1, (onsetDays - day) / rampDays));
}

function onsets(days: Float64Array, rampDays: number): number[] {
  const from = 1;
  const to = days.length - LEAST_DAYS_BEFORE;
  if (rampDays === 0) {
    return [...days.subarray(from, to)].map((day, index) => (day + days[from + index - 1]!) / 2);
  }
  const first = Math.ceil(days[from] ?? 0);
  const last = days[to - 1] ?? 0;
  return Array.from({ length: Math.max(0, Math.floor(last) - first + 1) }, (_, index) => first + index);
}

/** With larger variances, and none near 0, so that it can be inverted. */
function loosened(covariance: Float64Array, size: number): Float64Array {
  const variances = Float64Array.from({ length: size }, (_, day) => covariance[day * (size + 1)]!);
  const least = 0.01 * Math.max(...variances);
  return covariance.map((value, index) => {
    const isVariance = index % (size + 1) === 0;
    return isVariance ? VARIANCE_FACTOR * Math.max(value, least) : value;
  });
}

/** Rows of the inverse of a symmetric positive definite matrix. */
function invert(matrix: Float64Array): Float64Array[] | null {
  const size = Math.sqrt(matrix.length);
  const rows: Float64Array[] = [];
  for (let row = 0; row < size; row++) {
    const unit = new Float64Array(size);
    unit[row] = 1;
    const solved = solvePositiveDefinite(matrix, unit);
    if (!solved) return null;
    rows.push(solved);
  }
  return rows;
}

const times = (rows: readonly Float64Array[], vector: Float64Array): Float64Array =>
  Float64Array.from(rows, (row) => dot(row, vector));

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
