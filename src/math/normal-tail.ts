/**
 * Chance that a standard normal number lies at least so far from 0, on either side: `erfc(|z| ÷ √2)`, to about 14
 * digits near 0 and to relative accuracy far out.
 *
 * @example
 * twoSidedTail(1.959963984540054); // 0.05
 * @see https://dlmf.nist.gov/7.6 equation 7.6.2; https://dlmf.nist.gov/7.9 equation 7.9.1
 */
export function twoSidedTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  return x < 2 ? 1 - errorSeries(x) : errorFraction(x);
}

/** erf by a series without cancellation. */
function errorSeries(x: number): number {
  let sum = x;
  let term = x;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc by Laplace's continued fraction. */
function errorFraction(x: number): number {
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
