import { ChurnError } from '../../errors.js';
import { kernelExp } from '../../math/kernel-exp.js';

/** Numbers kept of each row, side by side: gradient, Hessian, weight. */
export const STATISTICS = 3;

/**
 * The units in which gradients, Hessians and weights are whole numbers: powers of two, small against the
 * total weight. Sums over rows are then exact, whatever their order: neither the order of the rows nor that of
 * the threads, nor taking a histogram as a difference, can change the model, and a row of weight 2 is two rows
 * to the last bit.
 */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
  readonly weight: number;
  /** Bits that the sum of all weights takes, in its unit. */
  readonly weightBits: number;
}

/** A sum of gradients or of Hessians stays below 2^51; Hessian and weight together fill 62 bits. */
const GRADIENT_BITS = 50;
const MASS_BITS = 62;
const FINEST_WEIGHT = 2 ** -20;

/** Units for rows of these weights (`null`: all 1). */
export function unitsFor(rows: number, weights: Float64Array | null): Units {
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows;
  const magnitude = Math.ceil(Math.log2(total));
  const weight = weights ? weightUnit(weights, total) : 1;
  const weightBits = Math.floor(Math.log2(total / weight)) + 1;
  const hessianBits = Math.min(GRADIENT_BITS, MASS_BITS - weightBits);
  return {
    gradient: 2 ** (magnitude - GRADIENT_BITS),
    hessian: 2 ** (magnitude - 1 - hessianBits),
    weight,
    weightBits,
  };
}

/** 1 when all weights are whole, else the finest power of two of which the total has fewer than 2^31. */
function weightUnit(weights: Float64Array, total: number): number {
  if (weights.every((weight) => Number.isInteger(weight)) && total < 2 ** 31) return 1;
  return Math.max(FINEST_WEIGHT, 2 ** (Math.floor(Math.log2(total)) - 30));
}

/**
 * Weights to the nearest multiple of their unit, so that sums of them are exact; `null` stays.
 *
 * @throws ChurnError `bad-table` when a weight is negative, not finite, or too large
 */
export function exactWeights(weights: Float64Array | null): Float64Array | null {
  if (!weights) return null;
  const fault = weights.findIndex((weight) => !(weight >= 0 && weight < 2 ** 30));
  if (fault >= 0) {
    throw new ChurnError(
      'bad-table',
      `fitBoostedTrees: weights must lie between 0 and 2^30, found ${weights[fault]} in row ${fault}`,
    );
  }
  const unit = weightUnit(
    weights,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  return weights.map((weight) => Math.round(weight / unit) * unit);
}

/** Sums of gradients and Hessians over rows whose scores are all moved by the same value. */
export function sumsAtValue(
  rows: Int32Array,
  value: number,
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
  units: Units,
): { gradient: number; hessian: number } {
  let [gradient, hessian] = [0, 0];
  for (const row of rows) {
    const probability = 1 / (1 + kernelExp(-(scores[row]! + value)));
    const weight = weights ? weights[row]! : 1;
    const own = Math.floor((probability - churned[row]!) / units.gradient + 0.5);
    const curvature = Math.floor((probability * (1 - probability)) / units.hessian + 0.5);
    gradient += Math.floor(own * weight + 0.5) * units.gradient;
    hessian += Math.floor(curvature * weight + 0.5) * units.hessian;
  }
  return { gradient, hessian };
}

/**
 * Fills `statistics` with each training row's first and second derivative of the logistic loss with respect
 * to the score, times its weight, and the weight. The plain twin of `kernels/assembly/gradients.ts`.
 */
export function updateStatistics(
  statistics: Float64Array,
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
  units: Units,
): void {
  for (let row = 0, at = 0; row < churned.length; row++, at += STATISTICS) {
    const probability = 1 / (1 + kernelExp(-scores[row]!));
    const weight = weights ? weights[row]! : 1;
    const gradient = Math.floor((probability - churned[row]!) / units.gradient + 0.5);
    const hessian = Math.floor((probability * (1 - probability)) / units.hessian + 0.5);
    statistics[at] = Math.floor(gradient * weight + 0.5) * units.gradient;
    statistics[at + 1] = Math.floor(hessian * weight + 0.5) * units.hessian;
    statistics[at + 2] = weight;
  }
}
