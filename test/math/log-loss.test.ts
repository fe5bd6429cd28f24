import { expect, it } from 'vitest';
import { meanLogLoss, scoreLoss, softplus } from '../../src/math/log-loss.js';

it('is the mean of −log of what was given to the outcome, by weight', () => {
  const churned = Uint8Array.of(1, 0);
  const probabilities = Float64Array.of(0.8, 0.4);
  const even = -(Math.log(0.8) + Math.log(0.6)) / 2;
  expect(meanLogLoss(probabilities, churned, null)).toBeCloseTo(even, 14);
  const weighted = -(3 * Math.log(0.8) + Math.log(0.6)) / 4;
  expect(meanLogLoss(probabilities, churned, Float64Array.of(3, 1))).toBeCloseTo(weighted, 14);
});

it('stays finite where a certain probability was wrong', () => {
  expect(meanLogLoss(Float64Array.of(0, 1), Uint8Array.of(1, 0), null)).toBeCloseTo(36.044, 3);
});

it('gives the same loss from a score as from its probability, without overflow', () => {
  const score = Math.log(0.8 / 0.2);
  expect(scoreLoss(score, 1)).toBeCloseTo(-Math.log(0.8), 14);
  expect(scoreLoss(score, 0)).toBeCloseTo(-Math.log(0.2), 14);
  expect(scoreLoss(score, 0.25)).toBeCloseTo(-0.25 * Math.log(0.8) - 0.75 * Math.log(0.2), 14);
  expect(softplus(800)).toBe(800);
  expect(softplus(-800)).toBe(0);
  expect(scoreLoss(-800, 1)).toBe(800);
});
