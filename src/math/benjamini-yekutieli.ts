/**
 * P-values corrected for the number of tests by Benjamini and Yekutieli's step-up procedure: of those at or below α, a
 * share of at most α is false on average, whatever the tests have to do with each other.
 *
 * Only the smallest of the p-values need be known. A correction may then come out larger than with all of them, by a
 * p-value that is left out and corrects to less; never smaller.
 *
 * @param pValues the smallest p-values, in any order
 * @param tests how many tests there were, those left out included
 * @returns in the order given, each at least its p-value and at most 1
 * @see https://doi.org/10.1214/aos/1013699998 Benjamini and Yekutieli (2001)
 */
export function benjaminiYekutieli(pValues: readonly number[], tests: number): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const factor = tests * harmonic(tests);
  const corrected = new Array<number>(pValues.length);
  let reached = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const i = order[rank - 1]!;
    reached = Math.min(reached, (factor * pValues[i]!) / rank);
    corrected[i] = reached;
  }
  return corrected;
}

/** Terms that are added one by one; beyond them the rest of the series is below a double's precision. */
const SUMMED = 1_000;

/** 1 + 1/2 + … + 1/n. */
function harmonic(n: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(n, SUMMED); i++) sum += 1 / i;
  return n > SUMMED ? sum + beyond(n) - beyond(SUMMED) : sum;
}

/** Harmonic number without Euler's constant, by the first terms of its expansion. */
function beyond(n: number): number {
  return Math.log(n) + 1 / (2 * n) - 1 / (12 * n ** 2) + 1 / (120 * n ** 4);
}
