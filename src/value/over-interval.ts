import type { Estimate } from '../evaluation/evaluation.js';

/** A figure with its interval, where `null` means without bound: churn of 0 makes a lifetime endless. */
export interface OpenEstimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Steps of the interval at which a figure is taken. */
const STEPS = 64;

/**
 * A figure that depends on one measured churn, with the interval that the churn's own interval gives it: the lowest
 * and the highest figure anywhere between the ends. The ends alone would do for a figure that only rises or only
 * falls with churn (a lifetime), but not for what a change is worth: that is little where hardly anyone leaves and
 * little again where all are gone soon, and may be highest in between.
 *
 * An interval that holds the true churn 95 % of the time gives one that holds the true figure at least as often.
 */
export function overInterval(churn: Estimate, figure: (churn: number) => number): Estimate {
  const value = figure(churn.value);
  const between = Array.from({ length: STEPS + 1 }, (_, step) =>
    figure(churn.low + ((churn.high - churn.low) * step) / STEPS),
  );
  return { value, low: Math.min(value, ...between), high: Math.max(value, ...between) };
}

/** The same for a figure that may be endless. */
export function overIntervalOpen(churn: Estimate, figure: (churn: number) => number): OpenEstimate {
  const { value, low, high } = overInterval(churn, figure);
  return { value: bounded(value), low: bounded(low), high: bounded(high) };
}

function bounded(figure: number): number | null {
  return Number.isFinite(figure) ? figure : null;
}
