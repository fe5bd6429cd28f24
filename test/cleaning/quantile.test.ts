import { expect, it } from 'vitest';
import { quantile } from '../../src/cleaning/quantile.js';

it('agrees with quantile type 7 by hand', () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  // Place (4 − 1) · share: 0.75 lies a quarter before the third, 2.25 a quarter after it.
  expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share))).toEqual([1, 1.75, 3, 5, 8]);
});

it('stays within huge neighbours', () => {
  expect(quantile(Float64Array.of(-1.7e308, 1.7e308), 0.5)).toBe(0);
  expect(quantile(new Float64Array(0), 0.5)).toBeNaN();
});
