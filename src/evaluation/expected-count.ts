import { ChurnError } from '../errors.js';
import { type Tally, tallyOutcomes } from './tally.js';

/** Churners that the probabilities add up to, and those that there were. */
export interface ExpectedCount {
  readonly predicted: number;
  readonly actual: number;
  /** predicted ÷ actual: 1 is right, above 1 too many were expected. */
  readonly ratio: number;
}

/**
 * Σ probability against the churners counted: whether "we expect 32 of these to leave" can be believed.
 *
 * @throws ChurnError `bad-target` when nobody churned.
 */
export function expectedCount(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): ExpectedCount {
  return expectedCountOf(tallyOutcomes(probabilities, churned, weights));
}

/** `expectedCount` of accounts that are already counted. */
export function expectedCountOf({ levels, weights, totalWeight, totalChurned }: Tally): ExpectedCount {
  if (totalChurned === 0) {
    throw new ChurnError('bad-target', `expectedCount: nobody churned among ${totalWeight} rows`);
  }
  const { probabilities } = levels;
  let predicted = 0;
  for (let level = 0; level < weights.length; level++) predicted += weights[level]! * probabilities[level]!;
  return { predicted, actual: totalChurned, ratio: predicted / totalChurned };
}
