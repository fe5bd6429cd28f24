import { expect, it } from 'vitest';
import { accountLogLosses, logLoss } from '../../src/evaluation/log-loss.js';

it('is log 2 for even odds', () => {
  expect(logLoss(Float64Array.of(0.5, 0.5), Uint8Array.of(1, 0))).toBeCloseTo(Math.LN2, 15);
});

it('charges 36.04 for an impossible account that churns, and nothing for a sure one', () => {
  expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeCloseTo(52 * Math.LN2, 12);
  expect(logLoss(Float64Array.of(1), Uint8Array.of(1))).toBe(0);
});

it('is the mean of the accounts’ losses', () => {
  const probabilities = Float64Array.of(0.1, 0.8, 0.8, 1);
  const churned = Uint8Array.of(0, 1, 0, 0);
  const losses = accountLogLosses(probabilities, churned);
  expect(losses[1]).toBeCloseTo(-Math.log(0.8), 15);
  expect(logLoss(probabilities, churned)).toBeCloseTo(
    (losses[0]! + losses[1]! + losses[2]! + losses[3]!) / 4,
    14,
  );
});
