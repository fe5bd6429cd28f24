import type { Interval } from '../math/bootstrap.js';

/** Half of what a 95 % interval leaves out. */
const TAIL = 0.025;
/** Halvings of a bracket: more than a double's 53 bits of mantissa can tell apart. */
const HALVINGS = 60;

/**
 * Clopper and Pearson's (1934) exact 95 % interval of a proportion: the proportions under which neither so few nor
 * so many successes would be rarer than 2.5 %. Covers at least 95 %, at the price of width.
 *
 * @see https://doi.org/10.1093/biomet/26.4.404
 */
export function exactProportion(successes: number, n: number): Interval {
  return {
    low: successes === 0 ? 0 : bisect(0, 1, (p) => binomialUpper(successes, n, p) < TAIL),
    high: successes === n ? 1 : bisect(0, 1, (p) => 1 - binomialUpper(successes + 1, n, p) > TAIL),
  };
}

/**
 * Garwood's (1936) exact 95 % interval of the mean of a Poisson count. Above 1,000 events Byar's approximation to it,
 * which is then within 0.0002 % of the ends.
 *
 * @see https://doi.org/10.1093/biomet/28.3-4.437
 */
export function exactPoisson(events: number): Interval {
  if (events > 1_000) return { low: byar(events, -1), high: byar(events + 1, 1) };
  const most = events + 10 * Math.sqrt(events + 1) + 10;
  return {
    low: events === 0 ? 0 : bisect(0, most, (mean) => 1 - poissonLower(events - 1, mean) < TAIL),
    high: bisect(0, most, (mean) => poissonLower(events, mean) > TAIL),
  };
}

function byar(events: number, sign: 1 | -1): number {
  return events * (1 - 1 / (9 * events) + (sign * 1.959963984540054) / (3 * Math.sqrt(events))) ** 3;
}

/** Where `isBelow` turns from true to false. */
function bisect(from: number, to: number, isBelow: (at: number) => boolean): number {
  let [low, high] = [from, to];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Chance of at least `successes` of `n`. */
function binomialUpper(successes: number, n: number, p: number): number {
  let sum = 0;
  let logTerm = n * Math.log1p(-p);
  for (let k = 0; k <= n; k++) {
    if (k >= successes) sum += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return sum;
}

/** Chance of at most `events`. */
function poissonLower(events: number, mean: number): number {
  let sum = 0;
  let logTerm = -mean;
  for (let k = 0; k <= events; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(mean / (k + 1));
  }
  return sum;
}
