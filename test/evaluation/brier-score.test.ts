import { expect, it } from 'vitest';
import { brierParts, brierScore } from '../../src/evaluation/brier-score.js';

it('is the mean squared distance: (0.04 + 0.16) / 2', () => {
  expect(brierScore(Float64Array.of(0.8, 0.4), Uint8Array.of(1, 0))).toBeCloseTo(0.1, 15);
});

it('splits two levels of risk into Murphy’s parts', () => {
  // Four accounts at 0.75 of which two churn, four at 0.25 of which none does; the base rate is 1/4.
  const probabilities = Float64Array.of(0.75, 0.75, 0.75, 0.75, 0.25, 0.25, 0.25, 0.25);
  const churned = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0);
  const parts = brierParts(probabilities, churned);
  expect(parts.reliability).toBeCloseTo((0.25 ** 2 + 0.25 ** 2) / 2, 15);
  expect(parts.resolution).toBeCloseTo((0.25 ** 2 + 0.25 ** 2) / 2, 15);
  expect(parts.uncertainty).toBeCloseTo(3 / 16, 15);
  expect(parts.reliability - parts.resolution + parts.uncertainty).toBeCloseTo(
    brierScore(probabilities, churned),
    15,
  );
});
