/**
 * P-values corrected for their number by Holm's step-down procedure: reporting those at or below α keeps the chance of
 * a single false report at α, whatever the tests have to do with each other.
 *
 * @returns in the order given, each at least its p-value and at most 1
 * @see https://www.jstor.org/stable/4615733 Holm (1979)
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const corrected = new Array<number>(pValues.length);
  let reached = 0;
  for (const [rank, i] of order.entries()) {
    reached = Math.max(reached, Math.min(1, (pValues.length - rank) * pValues[i]!));
    corrected[i] = reached;
  }
  return corrected;
}
