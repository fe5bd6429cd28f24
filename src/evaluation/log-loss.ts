import { surprise, type Tally, tallyOutcomes } from './tally.js';

/**
 * Mean −log of the probability given to what happened, in nats (scikit-learn `log_loss`); 0 is perfect. The
 * base rate r for everybody gives −r·log r − (1 − r)·log(1 − r), 0.56 at 25 %.
 *
 * @example
 * logLoss(Float64Array.of(0.5, 0.5), Uint8Array.of(1, 0)); // 0.6931…
 */
export function logLoss(probabilities: Float64Array, churned: Uint8Array, weights?: Float64Array): number {
  return logLossOf(tallyOutcomes(probabilities, churned, weights));
}

/** `logLoss` of accounts that are already counted. */
export function logLossOf({ levels, weights, churned, totalWeight }: Tally): number {
  const { lossIfChurned, lossIfStayed } = levels;
  let sum = 0;
  for (let level = 0; level < weights.length; level++) {
    const leaving = churned[level]!;
    sum += leaving * lossIfChurned[level]! + (weights[level]! - leaving) * lossIfStayed[level]!;
  }
  return sum / totalWeight;
}

/** Each account's log loss. Trusts its input: probabilities in [0, 1], an outcome for each. */
export function accountLogLosses(probabilities: Float64Array, churned: Uint8Array): Float64Array {
  return probabilities.map((p, row) => surprise(churned[row] === 1 ? p : 1 - p));
}
