import { ChurnError } from '../errors.js';
import { type Tally, tallyOutcomes } from './tally.js';

/**
 * The churn rate among the accounts above a threshold, averaged over all thresholds by the churners that each
 * one adds: Σ (recallₙ − recallₙ₋₁) · precisionₙ without interpolation, tied accounts in one step
 * (scikit-learn `average_precision_score`). A constant probability gives the base rate.
 *
 * @throws ChurnError `bad-target` when nobody churned.
 *
 * @example
 * averagePrecision(Float64Array.of(0.9, 0.6, 0.3), Uint8Array.of(1, 0, 1)); // 0.8333…
 */
export function averagePrecision(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): number {
  return averagePrecisionOf(tallyOutcomes(probabilities, churned, weights));
}

/** `averagePrecision` of accounts that are already counted. */
export function averagePrecisionOf({ weights, churned, totalWeight, totalChurned }: Tally): number {
  if (totalChurned === 0) {
    throw new ChurnError('bad-target', `averagePrecision: nobody churned among ${totalWeight} rows`);
  }
  let above = 0;
  let leaving = 0;
  let sum = 0;
  for (let level = 0; level < weights.length; level++) {
    above += weights[level]!;
    leaving += churned[level]!;
    if (churned[level]! > 0) sum += (churned[level]! * leaving) / above;
  }
  return sum / totalChurned;
}
