import type { LeafGame } from './leaf-game.js';

/**
 * The leaf's game where an unknown feature meets its conditions by chance, as often as the training rows did
 * (path-dependent).
 *
 * With only the features of S known, the leaf gives value · Π(i in S) met_i · Π(i not in S) share_i. The
 * Shapley weight |S|! (d − 1 − |S|)! / d! is the integral of t^|S| (1 − t)^(d − 1 − |S|) over [0, 1]; feature i
 * is therefore pushed by value · (met_i − share_i) · ∫ Π(j ≠ i) (t · met_j + (1 − t) · share_j) dt, a polynomial
 * that Gauss–Legendre quadrature integrates exactly. In the same way the pair i, j interacts by
 * value · (met_i − share_i) · (met_j − share_j) · ∫ Π(k ≠ i, j) (t · met_k + (1 − t) · share_k) dt.
 *
 * @param shares share of the training rows that meet the conditions on each feature, in (0, 1]
 */
export function pathGame(value: number, shares: readonly number[]): LeafGame {
  const count = shares.length;
  /** (met_i − share_i) over the feature's factor in the polynomial. */
  const slopes = new Float64Array(count);
  /** The slopes at t; returns the polynomial over all features there, times the value. */
  const evaluateAt = (t: number, met: number): number => {
    let product = value;
    for (let i = 0; i < count; i++) {
      const known = (met >> i) & 1;
      const factor = known * t + (1 - t) * shares[i]!;
      slopes[i] = (known - shares[i]!) / factor;
      product *= factor;
    }
    return product;
  };
  return {
    mean: shares.reduce((part, share) => part * share, value),
    addShapley(pushes, met) {
      const { points, weights } = quadrature(Math.ceil(count / 2));
      for (let k = 0; k < points.length; k++) {
        const product = weights[k]! * evaluateAt(points[k]!, met);
        for (let i = 0; i < count; i++) pushes[i]! += slopes[i]! * product;
      }
    },
    addInteractions(pushes, met) {
      const { points, weights } = quadrature(Math.ceil((count - 1) / 2));
      for (let k = 0; k < points.length; k++) {
        const product = weights[k]! * evaluateAt(points[k]!, met);
        for (let i = 0, pair = 0; i < count; i++) {
          const part = slopes[i]! * product;
          for (let j = i + 1; j < count; j++, pair++) pushes[pair]! += slopes[j]! * part;
        }
      }
    },
  };
}

/** Points and weights on [0, 1]. */
interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

const RULES: Quadrature[] = [];

/** Gauss–Legendre with that many points: exact for polynomials up to degree 2 · count − 1. */
function quadrature(count: number): Quadrature {
  RULES[count] ??= gaussLegendre(count);
  return RULES[count]!;
}

/** Newton's method from Chebyshev-like starting points. */
function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let x = Math.cos((Math.PI * (k + 0.75)) / (count + 0.5));
    for (let step = 0; step < 8; step++) {
      const { value, slope } = legendre(count, x);
      x -= value / slope;
    }
    const { slope } = legendre(count, x);
    points[k] = (1 + x) / 2;
    weights[k] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** The Legendre polynomial of that degree (at least 1) at x, and its slope. */
function legendre(degree: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let n = 2; n <= degree; n++) {
    [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
