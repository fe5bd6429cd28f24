import { expect, it } from 'vitest';
import { calibrationLine } from '../../src/evaluation/calibration-slope.js';
import { seededRandom } from '../../src/math/random.js';
import { logit } from '../../src/models/model.js';
import { sampleAccounts } from './sample-accounts.js';

it('finds the line through two levels of risk exactly', () => {
  // Rates 1/4 and 3/4 where 0.4 and 0.6 were predicted: log-odds ±log 3 against ±log 1.5.
  const probabilities = Float64Array.of(0.4, 0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6);
  const { intercept, slope } = calibrationLine(probabilities, Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 0));
  expect(intercept).toBeCloseTo(0, 10);
  expect(slope).toBeCloseTo(Math.log(3) / Math.log(1.5), 2);
});

it('tells exaggerated differences from right ones', () => {
  const slopes = [1, 2].map((stretch) => {
    const { probabilities, churned } = sampleAccounts(20_000, seededRandom(2), stretch);
    return calibrationLine(probabilities, churned).slope;
  });
  expect(slopes[0]).toBeCloseTo(1, 1);
  expect(slopes[1]).toBeCloseTo(slopes[0]! / 2, 6);
});

it('leaves the slope at 1 for a constant, the intercept carrying the base rate', () => {
  const { intercept, slope } = calibrationLine(
    Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.5),
    Uint8Array.of(1, 0, 0, 0, 0),
  );
  expect(slope).toBeCloseTo(1, 12);
  expect(intercept).toBeCloseTo(logit(0.2), 10);
});

it.each([
  ['perfectly apart', [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]],
  ['certain and right', [0, 0, 1, 1], [0, 0, 1, 1]],
  ['certain and wrong', [1, 1, 0, 0], [0, 0, 1, 1]],
  ['hardly different', [0.2, 0.2 + 1e-15, 0.2, 0.2], [1, 0, 1, 0]],
])('stays finite when the probabilities are %s', (_, probabilities, churned) => {
  const line = calibrationLine(Float64Array.from(probabilities), Uint8Array.from(churned));
  expect(Number.isFinite(line.slope) && Number.isFinite(line.intercept)).toBe(true);
  expect(Math.abs(line.slope)).toBeLessThan(1_000);
});
