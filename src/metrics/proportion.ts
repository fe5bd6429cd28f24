import type { Interval } from '../math/bootstrap.js';
import { exactPoisson, exactProportion } from './exact-interval.js';
import { type Figure, mapFigure, NO_FIGURE } from './figure.js';

/** The normal distribution's 97.5 % point. */
export const Z = 1.959963984540054;
/** Below so many trials the exact interval is taken instead of Wilson's. */
const FEW = 10;

/**
 * Wilson's (1927) score interval of a proportion, 95 %, without continuity correction: within [0, 1], and honest
 * where nobody or everybody did it.
 *
 * @see https://doi.org/10.1214/ss/1009213286 Brown, Cai and DasGupta (2001), who recommend it for small n
 */
export function wilsonInterval(successes: number, n: number): Interval {
  const share = successes / n;
  const centre = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  };
}

/** A share of `n`, with Wilson's interval, or Clopper and Pearson's below ten. */
export function proportion(successes: number, n: number): Figure {
  if (n === 0) return NO_FIGURE;
  const { low, high } = n < FEW ? exactProportion(successes, n) : wilsonInterval(successes, n);
  return { value: successes / n, low, high, n };
}

/** Events for each unit of exposure; the events are taken as a Poisson count, the exposure as given. */
export function eventRate(events: number, exposure: number, n: number): Figure {
  if (exposure === 0) return { ...NO_FIGURE, n };
  const { low, high } = exactPoisson(events);
  return { value: events / exposure, low: low / exposure, high: high / exposure, n };
}

/**
 * One Poisson count divided by another. Given their sum, the first is binomial, so the interval of that share gives
 * the ratio's.
 *
 * @see https://doi.org/10.2307/2332612 Przyborowski and Wilenski (1940)
 */
export function countRatio(first: number, second: number): Figure {
  const share = mapFigure(proportion(first, first + second), (part) => part / (1 - part));
  return { ...share, value: second === 0 ? null : first / second };
}
