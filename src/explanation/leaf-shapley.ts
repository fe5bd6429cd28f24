/**
 * Adds the Shapley values of one leaf to `pushes`.
 *
 * The leaf gives `value` to rows that meet the conditions of all d features on its path. With only the
 * features of S known, a row counts for value · Π(i in S) met_i · Π(i not in S) share_i. The Shapley weight
 * |S|! (d − 1 − |S|)! / d! is the integral of t^|S| (1 − t)^(d − 1 − |S|) over [0, 1]; feature i is therefore
 * pushed by value · (met_i − share_i) · ∫ Π(j ≠ i) (t · met_j + (1 − t) · share_j) dt, a polynomial that
 * Gauss–Legendre quadrature integrates exactly.
 *
 * @param met bit i is 1 when the row meets the conditions on feature i of the path
 * @param shares share of the training rows that meet them, in (0, 1]
 * @param places where in `pushes`, from `at`, each feature's push goes
 */
export function addLeafShapley(
  pushes: Float64Array,
  at: number,
  places: ArrayLike<number>,
  met: number,
  shares: ArrayLike<number>,
  value: number,
): void {
  const count = shares.length;
  const { points, weights } = quadrature(Math.ceil(count / 2));
  for (let k = 0; k < points.length; k++) {
    const t = points[k]!;
    let product = weights[k]! * value;
    for (let i = 0; i < count; i++) product *= ((met >> i) & 1) * t + (1 - t) * shares[i]!;
    for (let i = 0; i < count; i++) {
      const known = (met >> i) & 1;
      const factor = known * t + (1 - t) * shares[i]!;
      pushes[at + places[i]!]! += (known - shares[i]!) * (product / factor);
    }
  }
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
