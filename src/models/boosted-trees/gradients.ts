import { ChurnError } from '../../errors.js';

/** Numbers kept of each row, side by side: gradient, Hessian, weight. */
export const STATISTICS = 3;

/**
 * Weights to the nearest 2⁻²⁰, so that sums of them are exact; `null` stays.
 *
 * @throws ChurnError `bad-table` when a weight is negative, not finite, or all are 0
 */
export function exactWeights(weights: Float64Array | null): Float64Array | null {
  if (!weights) return null;
  const exact = weights.map((weight) => Math.round(weight * 2 ** 20) / 2 ** 20);
  const fault = exact.findIndex((weight) => !(weight >= 0 && weight < 2 ** 30));
  if (fault >= 0) {
    throw new ChurnError(
      'bad-table',
      `fitBoostedTrees: weights must lie between 0 and 2^30, found ${weights[fault]} in row ${fault}`,
    );
  }
  return exact;
}

/**
 * Fills `statistics` with each row's first and second derivative of the logistic loss with respect to the
 * score, times its weight, and the weight.
 *
 * Each is rounded to a multiple of a power of two that is small against the total weight (2⁻³² for a
 * million rows). Sums over rows are then exact, whatever their order: neither the order of the rows nor
 * that of the threads, nor taking a histogram as a difference, can change the model, and a row of weight
 * 2 is two rows to the last bit.
 */
export function updateStatistics(
  statistics: Float64Array,
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
  totalWeight: number,
): void {
  const scale = 2 ** (52 - Math.ceil(Math.log2(totalWeight)));
  const unit = 1 / scale;
  for (let row = 0, at = 0; row < scores.length; row++, at += STATISTICS) {
    const probability = 1 / (1 + Math.exp(-scores[row]!));
    const weight = weights ? weights[row]! : 1;
    const gradient = Math.round((probability - churned[row]!) * scale);
    const hessian = Math.round(probability * (1 - probability) * scale);
    statistics[at] = Math.round(gradient * weight) * unit;
    statistics[at + 1] = Math.round(hessian * weight) * unit;
    statistics[at + 2] = weight;
  }
}
