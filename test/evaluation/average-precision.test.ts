import { expect, it } from 'vitest';
import { averagePrecision } from '../../src/evaluation/average-precision.js';

it('averages precision over the churners: (1/1 + 2/3) / 2', () => {
  expect(averagePrecision(Float64Array.of(0.9, 0.6, 0.3), Uint8Array.of(1, 0, 1))).toBeCloseTo(5 / 6, 12);
});

it('takes tied accounts in one step: both at precision 2/3, whatever their order', () => {
  const probabilities = Float64Array.of(0.5, 0.5, 0.5, 0.1);
  expect(averagePrecision(probabilities, Uint8Array.of(1, 0, 1, 0))).toBeCloseTo(2 / 3, 12);
  expect(averagePrecision(probabilities, Uint8Array.of(0, 1, 1, 0))).toBeCloseTo(2 / 3, 12);
});

it('refuses outcomes without a churner', () => {
  expect(() => averagePrecision(Float64Array.of(0.5), Uint8Array.of(0))).toThrow(
    'averagePrecision: nobody churned among 1 rows',
  );
});
