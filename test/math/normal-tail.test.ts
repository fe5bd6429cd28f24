import { describe, expect, it } from 'vitest';
import { twoSidedTail } from '../../src/math/normal-tail.js';

describe('twoSidedTail', () => {
  it.each([
    // R: format(2 * pnorm(-z), digits = 16)
    [0, 1],
    [1, 0.3173105078629141],
    [1.959963984540054, 0.05],
    [2.8, 0.005110260660855868],
    [2.9, 0.003731626600768077],
    [6, 1.973175290075396e-9],
    [20, 5.507248237212467e-89],
  ])('agrees with R at %d', (z, tail) => {
    expect(twoSidedTail(z) / tail).toBeCloseTo(1, 12);
    expect(twoSidedTail(-z)).toBe(twoSidedTail(z));
  });
});
