import { ChurnError } from '../errors.js';

/** How many are expected to leave, and the range that holds the count with the stated confidence. */
export interface CountRange {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Up to so many accounts the distribution is exact; beyond, its normal approximation is off by less than a count. */
const MOST_EXACT = 3_000;

/** Quantiles at (2i − 1) / 18 of the standard normal: nine equally likely levels of a month. */
const LEVELS = [-1.593, -0.967, -0.589, -0.282, 0, 0.282, 0.589, 0.967, 1.593] as const;

/**
 * The range of the number of leavers among accounts with the given chances: the sum of independent draws (the
 * Poisson-binomial distribution), with the whole level moving from month to month by a log-normal factor of mean 1
 * and spread `levelSpread`. Without a spread the range covers chance alone, and not that months differ.
 *
 * @param confidence of the central range, 0.9 by default: at most 5 % lie below, at most 5 % above
 * @throws ChurnError `bad-option` on a spread below 0 or a confidence outside of (0, 1)
 * @see Hong (2013), On computing the distribution function for the Poisson binomial distribution
 * @example
 * countRange(Float64Array.of(0.5, 0.5)); // { expected: 1, low: 0, high: 2 }
 */
export function countRange(
  probabilities: Float64Array,
  { levelSpread = 0, confidence = 0.9 }: { levelSpread?: number; confidence?: number } = {},
): CountRange {
  if (!(levelSpread >= 0) || !(confidence > 0 && confidence < 1)) {
    throw new ChurnError(
      'bad-option',
      `countRange: needed a spread of at least 0 and a confidence in (0, 1), found ${levelSpread} and ${confidence}`,
    );
  }
  const expected = probabilities.reduce((sum, p) => sum + p, 0);
  const levels = levelSpread === 0 ? [0] : LEVELS;
  const distribution = new Float64Array(probabilities.length + 1);
  for (const level of levels) {
    const factor = Math.exp(levelSpread * level - levelSpread ** 2 / 2);
    const moved = probabilities.map((p) => Math.min(1, p * factor));
    const one = moved.length <= MOST_EXACT ? poissonBinomial(moved) : normalCounts(moved);
    for (let count = 0; count < one.length; count++) distribution[count]! += one[count]! / levels.length;
  }
  const tail = (1 - confidence) / 2;
  return { expected, low: quantile(distribution, tail), high: quantile(distribution, 1 - tail) };
}

/** The chance of every count, 0 … n: one account after the other is added. */
export function poissonBinomial(probabilities: Float64Array): Float64Array {
  const chance = new Float64Array(probabilities.length + 1);
  chance[0] = 1;
  probabilities.forEach((p, added) => {
    for (let count = added + 1; count > 0; count--) {
      chance[count] = chance[count]! * (1 - p) + chance[count - 1]! * p;
    }
    chance[0]! *= 1 - p;
  });
  return chance;
}

/** Normal densities at the counts, summing to 1. */
function normalCounts(probabilities: Float64Array): Float64Array {
  const mean = probabilities.reduce((sum, p) => sum + p, 0);
  const variance = Math.max(
    1e-9,
    probabilities.reduce((sum, p) => sum + p * (1 - p), 0),
  );
  const density = Float64Array.from({ length: probabilities.length + 1 }, (_, count) =>
    Math.exp(-((count - mean) ** 2) / (2 * variance)),
  );
  const total = density.reduce((sum, value) => sum + value, 0);
  return density.map((value) => value / total);
}

/** The smallest count at which the distribution reaches the share. */
function quantile(distribution: Float64Array, share: number): number {
  let reached = 0;
  for (let count = 0; count < distribution.length; count++) {
    reached += distribution[count]!;
    if (reached >= share - 1e-12) return count;
  }
  return distribution.length - 1;
}

/** A month's expected and actual leavers, from a model that had not seen it. */
export interface CountedMonth {
  readonly expected: number;
  readonly actual: number;
  /** Variance of the count by chance alone: Σ p (1 − p). */
  readonly variance: number;
}

/**
 * How much the level of leaving moves from month to month beyond chance: the spread of log(actual ÷ expected) by the
 * method of moments, 0 when chance alone explains the months. With fewer than three months nothing can be told, and
 * the answer is 0.
 */
export function levelSpread(months: readonly CountedMonth[]): number {
  const usable = months.filter(({ expected }) => expected > 0);
  if (usable.length < 3) return 0;
  const excess = usable.reduce(
    (sum, { expected, actual, variance }) => sum + (actual - expected) ** 2 - variance,
    0,
  );
  const scale = usable.reduce((sum, { expected }) => sum + expected ** 2, 0);
  return Math.sqrt(Math.log1p(Math.max(0, excess / scale)));
}
