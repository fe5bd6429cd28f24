/** An exact ratio of whole numbers, in lowest terms, the denominator above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A fraction of two whole numbers, the second not 0. */
export function fraction(numerator: number | bigint, denominator: number | bigint): Fraction {
  const [top, bottom] = [BigInt(numerator), BigInt(denominator)];
  const divisor = greatestDivisor(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { numerator: top / divisor, denominator: bottom / divisor };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** The nearest double, also where both parts are too long for one. */
export function toNumber({ numerator, denominator }: Fraction): number {
  const shift = BigInt(
    Math.max(0, denominator.toString(2).length - 1_000, numerator.toString(2).length - 1_000),
  );
  return Number(numerator >> shift) / Number(denominator >> shift);
}

/** `3/10`, `−1/4`, `2` */
export function fractionText({ numerator, denominator }: Fraction): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
