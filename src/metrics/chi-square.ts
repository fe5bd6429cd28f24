/**
 * Chance that a chi-square variable with so many degrees of freedom exceeds `x`: the regularised upper incomplete
 * gamma function Q(df ÷ 2, x ÷ 2), by its closed form for whole degrees of freedom.
 *
 * @see https://dlmf.nist.gov/8.4 equations 8.4.6, 8.4.10
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1;
  const half = x / 2;
  const isEven = degreesOfFreedom % 2 === 0;
  // Q(1/2, h) = erfc(√h) and Q(1, h) = e^−h; each step adds h^a e^−h ÷ Γ(a + 1).
  let tail = isEven ? Math.exp(-half) : complementaryError(Math.sqrt(half));
  let term = isEven ? half * Math.exp(-half) : 2 * Math.sqrt(half / Math.PI) * Math.exp(-half);
  for (let a = isEven ? 1 : 0.5; a < degreesOfFreedom / 2; a++) {
    tail += term;
    term *= half / (a + 1);
  }
  return tail;
}

/** erfc: the Taylor series of erf below 2, Laplace's continued fraction from there on. */
function complementaryError(x: number): number {
  if (x < 2) {
    let [sum, term] = [x, x];
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
      if (k > 200) break;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
