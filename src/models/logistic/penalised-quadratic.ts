import { dot, solveByConjugateGradients, solvePositiveDefinite } from '../../math/matrix.js';
import type { Curvature, Walk } from './curvature.js';

/** Strength of the two penalties: `l1·Σ|b| + l2/2·Σb²`. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

const MOST_PASSES = 1000;

/**
 * The coefficients b that minimise `slopes·(b − start) + (b − start)ᵀ·H·(b − start)/2 + l1·|b|₁ + l2/2·|b|²`.
 *
 * Passes of coordinate descent find which coefficients are not zero and their signs. When a pass leaves
 * those as they were, the rest is a linear system: b moves to its solution, or to where the first sign
 * would turn on the way there. A pass that finds nothing left to do ends it.
 *
 * @param tolerance largest slope that may be left
 * @see Friedman, Hastie & Tibshirani 2010, "Regularization paths for generalized linear models"
 */
export function minimiseQuadratic(
  curvature: Curvature,
  slopes: Float64Array,
  start: Float64Array,
  penalty: Penalty,
  tolerance: number,
): Float64Array {
  const b = Float64Array.from(start);
  const walk = curvature.walk();
  const signs = (): Int8Array =>
    penalty.l1 === 0 ? new Int8Array(b.length).fill(1) : Int8Array.from(b, Math.sign);
  let before: Int8Array | null = penalty.l1 === 0 ? signs() : null;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const now = signs();
    if (before && now.every((sign, j) => sign === before![j])) {
      const slopesHere = slopes.map((slope, j) => slope + walk.slopeChange(j));
      moveWithinSigns(curvature, walk, b, slopesHere, now, penalty, tolerance);
    }
    before = now;
    if (descendOnce(curvature, walk, slopes, b, penalty) <= tolerance) break;
  }
  return b;
}

/** One pass over all coefficients, in place. @returns the largest slope met */
function descendOnce(
  { diagonal }: Curvature,
  walk: Walk,
  slopes: Float64Array,
  b: Float64Array,
  { l1, l2 }: Penalty,
): number {
  let largest = 0;
  for (let j = 0; j < b.length; j++) {
    const steepness = diagonal[j]! + l2;
    if (!(steepness > 0)) continue;
    const pull = diagonal[j]! * b[j]! - slopes[j]! - walk.slopeChange(j);
    const next = pull > l1 ? (pull - l1) / steepness : pull < -l1 ? (pull + l1) / steepness : 0;
    const step = next - b[j]!;
    if (step === 0) continue;
    walk.move(j, step);
    b[j] = next;
    largest = Math.max(largest, Math.abs(step) * steepness);
  }
  return largest;
}

/** Moves the coefficients that are not zero towards the minimum among these signs, in place. */
function moveWithinSigns(
  curvature: Curvature,
  walk: Walk,
  b: Float64Array,
  slopes: Float64Array,
  signs: Int8Array,
  { l1, l2 }: Penalty,
  tolerance: number,
): void {
  const active = Int32Array.from(signs.keys()).filter((j) => signs[j] !== 0);
  const down = Float64Array.from(active, (j) => -(slopes[j]! + l2 * b[j]! + (l1 && l1 * signs[j]!)));
  const step = solveActive(curvature, active, down, l2, tolerance);
  // The first sign to turn, as a share of the step; its coefficient stops at 0.
  let share = 1;
  let turning = -1;
  if (l1 > 0) {
    active.forEach((j, at) => {
      if ((b[j]! + step[at]!) * signs[j]! < 0 && -b[j]! / step[at]! < share) {
        share = -b[j]! / step[at]!;
        turning = j;
      }
    });
  }
  active.forEach((j, at) => {
    const move = j === turning ? -b[j]! : share * step[at]!;
    walk.move(j, move);
    b[j]! += move;
  });
}

/** Solves (H + l2·I) · step = down among the active coefficients. */
function solveActive(
  { gram, times, diagonal }: Curvature,
  active: Int32Array,
  down: Float64Array,
  l2: number,
  tolerance: number,
): Float64Array {
  if (gram) {
    const system = new Float64Array(active.length ** 2);
    active.forEach((j, at) => {
      active.forEach((k, to) => {
        system[at * active.length + to] = gram[j * diagonal.length + k]! + (j === k ? l2 : 0);
      });
    });
    const exact = solvePositiveDefinite(system, down);
    if (exact) return exact;
  }
  const whole = new Float64Array(diagonal.length);
  const apply = (v: Float64Array): Float64Array => {
    active.forEach((j, at) => {
      whole[j] = v[at]!;
    });
    const product = times(whole);
    return Float64Array.from(active, (j, at) => product[j]! + l2 * v[at]!);
  };
  // A hundredth is enough: the step may be cut short, and further passes go on from there.
  return solveByConjugateGradients(apply, down, Math.max(tolerance / 10, Math.sqrt(dot(down, down)) / 100));
}
