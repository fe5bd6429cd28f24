import { needBothOutcomes, type Tally, tallyOutcomes } from './tally.js';

/** A point of the ROC curve: the share of stayers and of churners among the accounts above a threshold. */
export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** More points than a chart can show. */
const MOST_POINTS = 200;

/**
 * The chance that a churner was given a higher probability than an account that stayed; a tie counts one half
 * (Mann–Whitney; scikit-learn `roc_auc_score`). Guessing gives 0.5.
 *
 * @throws ChurnError `bad-target` when only one outcome is present.
 *
 * @example
 * auc(Float64Array.of(0.9, 0.4, 0.4, 0.1), Uint8Array.of(1, 1, 0, 0)); // 0.875
 */
export function auc(probabilities: Float64Array, churned: Uint8Array, weights?: Float64Array): number {
  return aucOf(tallyOutcomes(probabilities, churned, weights));
}

/** `auc` of accounts that are already counted. */
export function aucOf(tally: Tally): number {
  needBothOutcomes('auc', tally);
  const { weights, churned, totalWeight, totalChurned } = tally;
  let above = 0;
  let pairs = 0;
  for (let level = 0; level < weights.length; level++) {
    const leaving = churned[level]!;
    pairs += (weights[level]! - leaving) * (above + leaving / 2);
    above += leaving;
  }
  return pairs / (totalChurned * (totalWeight - totalChurned));
}

/**
 * The ROC curve from (0, 0) to (1, 1), one point per distinct probability; of more than 200 points those
 * nearest to 200 equal steps along the curve are kept.
 *
 * @throws ChurnError `bad-target` when only one outcome is present.
 */
export function rocCurve(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): RocPoint[] {
  return rocCurveOf(tallyOutcomes(probabilities, churned, weights));
}

/** `rocCurve` of accounts that are already counted. */
export function rocCurveOf(tally: Tally): RocPoint[] {
  needBothOutcomes('rocCurve', tally);
  const { weights, churned, totalWeight, totalChurned } = tally;
  const totalStayed = totalWeight - totalChurned;
  const thinned = weights.length + 1 > MOST_POINTS;
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  let leaving = 0;
  let staying = 0;
  for (let level = 0; level < weights.length - 1; level++) {
    leaving += churned[level]!;
    staying += weights[level]! - churned[level]!;
    const point = { falsePositiveRate: staying / totalStayed, truePositiveRate: leaving / totalChurned };
    const travelled = (point.falsePositiveRate + point.truePositiveRate) / 2;
    if (!thinned || travelled * (MOST_POINTS - 1) >= points.length) points.push(point);
  }
  points.push({ falsePositiveRate: 1, truePositiveRate: 1 });
  return points;
}
