import { scoreLoss } from '../math/log-loss.js';
import { makeMatrix, matrixColumn } from '../math/matrix.js';
import { weightedMean } from '../math/weighted-mean.js';
import { fitElasticNet } from '../models/logistic/elastic-net.js';

/** `sigmoid(intercept + Σ coefficients·inputs)` with no coefficient below 0. */
export interface RisingCurve {
  readonly intercept: number;
  readonly coefficients: number[];
  /** Weighted mean log loss against the targets. */
  readonly loss: number;
}

/**
 * The curve of highest likelihood among those that fall with no input. The problem is convex: where the free
 * solution falls with an input, the best one leaves an input out.
 *
 * @param inputs `null` for an input that is left out and gets coefficient 0
 * @param targets in (0, 1), so that there is a finite solution
 */
export function fitRisingCurve(
  inputs: readonly (Float64Array | null)[],
  targets: Float64Array,
  weights: Float64Array | null,
): RisingCurve {
  const free = fitFreely(inputs, targets, weights);
  if (free.coefficients.every((b) => b >= 0)) return free;
  const narrower = inputs
    .map((_, out) => inputs.map((input, i) => (i === out ? null : input)))
    .filter((_, out) => inputs[out])
    .map((fewer) => fitRisingCurve(fewer, targets, weights));
  return narrower.reduce((best, curve) => (curve.loss < best.loss ? curve : best));
}

function fitFreely(
  inputs: readonly (Float64Array | null)[],
  targets: Float64Array,
  weights: Float64Array | null,
): RisingCurve {
  const used = tellingInputs(inputs);
  const design = makeMatrix(targets.length, used.length);
  used.forEach((input, j) => {
    matrixColumn(design, j).set(input);
  });
  const { intercept, coefficients, scores } = fitElasticNet(design, targets, weights, { l1: 0, l2: 0 });
  const losses = scores.map((score, row) => scoreLoss(score, targets[row]!));
  const of = (input: Float64Array | null): number => (input && coefficients[used.indexOf(input)]) ?? 0;
  return { intercept, coefficients: inputs.map(of), loss: weightedMean(losses, weights) };
}

/**
 * Which inputs the rows say something about: those that vary by more than rounding, and by more than a
 * thousandth of what the most varying one does. The coefficient of any other would be noise of any size.
 */
function tellingInputs(inputs: readonly (Float64Array | null)[]): Float64Array[] {
  const ranges = inputs.map((input) => {
    const low = input?.reduce((least, value) => Math.min(least, value), Infinity) ?? 0;
    const high = input?.reduce((most, value) => Math.max(most, value), -Infinity) ?? 0;
    return high - low > 1e-9 * (1 + Math.abs(high)) ? high - low : 0;
  });
  const least = Math.max(...ranges) / 1000;
  return inputs.filter((input, i): input is Float64Array => input !== null && ranges[i]! > least);
}
