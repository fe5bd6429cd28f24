import { equalCountBins, type RiskBin } from './reliability.js';
import { type Tally, tallyOutcomes } from './tally.js';

/** Murphy's parts of the Brier score: `reliability − resolution + uncertainty`. */
export interface BrierParts {
  /** Mean squared distance of a bin's mean probability from its churn rate; 0 is perfect. */
  readonly reliability: number;
  /** Mean squared distance of the bins' churn rates from the base rate; 0 for a constant, more is better. */
  readonly resolution: number;
  /** Base rate × (1 − base rate): the Brier score of the base rate itself. */
  readonly uncertainty: number;
}

/**
 * Mean squared distance of probability and outcome (scikit-learn `brier_score_loss`). The base rate r for
 * everybody gives r(1 − r), 0.1875 at 25 %.
 *
 * @example
 * brierScore(Float64Array.of(0.8, 0.4), Uint8Array.of(1, 0)); // 0.1
 */
export function brierScore(probabilities: Float64Array, churned: Uint8Array, weights?: Float64Array): number {
  return brierScoreOf(tallyOutcomes(probabilities, churned, weights));
}

/** `brierScore` of accounts that are already counted. */
export function brierScoreOf({ levels, weights, churned, totalWeight }: Tally): number {
  const { probabilities } = levels;
  let sum = 0;
  for (let level = 0; level < weights.length; level++) {
    const p = probabilities[level]!;
    const leaving = churned[level]!;
    sum += leaving * (1 - p) * (1 - p) + (weights[level]! - leaving) * p * p;
  }
  return sum / totalWeight;
}

/**
 * Murphy's (1973) decomposition over the ten equal-count bins of `reliabilityBins`. The parts add up to the
 * Brier score exactly when every bin holds one probability; otherwise they miss what happens inside the bins
 * (the variance of the probabilities there less twice their covariance with the outcome, Stephenson 2008).
 *
 * These are the plain parts, which cannot be negative and which anybody can recompute from the bins. They are
 * biased: chance alone makes the bins' rates differ, so reliability and resolution both come out too large by
 * about (bins ÷ accounts) × mean rate × (1 − rate), 0.0008 for ten bins of 2,000 accounts at 20 %. The
 * corrected parts of Ferro and Fricker (2012) and Bröcker (2012) remove most of it, but may be negative and
 * are not defined for a bin of one account. `evaluate` takes the bias out of the intervals instead.
 *
 * @see https://doi.org/10.1002/qj.1924
 */
export function brierParts(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): BrierParts {
  const tally = tallyOutcomes(probabilities, churned, weights);
  return brierPartsOf(tally, equalCountBins(tally));
}

/** `brierParts` of accounts that are already counted and binned. */
export function brierPartsOf({ totalWeight, totalChurned }: Tally, bins: readonly RiskBin[]): BrierParts {
  const baseRate = totalChurned / totalWeight;
  let reliability = 0;
  let resolution = 0;
  for (const { weight, meanProbability, rate } of bins) {
    reliability += weight * (meanProbability - rate) ** 2;
    resolution += weight * (rate - baseRate) ** 2;
  }
  return {
    reliability: reliability / totalWeight,
    resolution: resolution / totalWeight,
    uncertainty: baseRate * (1 - baseRate),
  };
}
