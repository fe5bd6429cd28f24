import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitBeta } from '../../src/calibration/beta.js';
import { applyCalibrator } from '../../src/calibration/calibrator.js';
import { fitPlatt } from '../../src/calibration/platt.js';
import { poolAdjacentViolators } from '../../src/calibration/pool-adjacent-violators.js';
import { fitRisingCurve } from '../../src/calibration/rising-curve.js';
import { softplus } from '../../src/math/log-loss.js';

const reference = JSON.parse(
  readFileSync(new URL('../references/calibration.json', import.meta.url), 'utf8'),
);
const scores = Float64Array.from(reference.scores);
const churned = Uint8Array.from(reference.churned);

describe.each([
  ['even', null],
  ['weighted', Float64Array.from(reference.weights)],
] as const)('%s rows', (name, weights) => {
  it('Platt agrees with scikit-learn _SigmoidCalibration', () => {
    const { slope, intercept } = fitPlatt(scores, churned, weights);
    expect(slope).toBeCloseTo(reference.platt[name].slope, 5);
    expect(intercept).toBeCloseTo(reference.platt[name].intercept, 5);
  });

  it('beta agrees with logistic regression on ln p and −ln(1 − p), held at or above 0', () => {
    const { a, b, intercept } = fitBeta(scores, churned, weights);
    expect(a).toBeCloseTo(reference.beta[name].a, 6);
    expect(b).toBeCloseTo(reference.beta[name].b, 6);
    expect(intercept).toBeCloseTo(reference.beta[name].intercept, 6);
  });

  it('pooled blocks agree with scikit-learn IsotonicRegression at every row', () => {
    const blocks = poolAdjacentViolators(scores, churned, weights);
    const distinct = new Set(reference.isotonic[name].map((value: number) => value.toFixed(9)));
    expect(blocks).toHaveLength(distinct.size);
    // Blocks follow each other in score, so a row's block is found by counting rows.
    const order = [...scores.keys()].sort((i, j) => scores[i]! - scores[j]!);
    let left = 0;
    let at = -1;
    for (const row of order) {
      if (left < 0.5) left = blocks[++at]!.weight;
      expect(blocks[at]!.value).toBeCloseTo(reference.isotonic[name][row], 12);
      left -= weights?.[row] ?? 1;
    }
  });
});

it('beta on outcomes that are not smoothed agrees with the betacal package', () => {
  const inputs = [scores.map((score) => -softplus(-score)), scores.map(softplus)];
  const { intercept, coefficients } = fitRisingCurve(inputs, Float64Array.from(churned), null);
  const [a, b] = coefficients as [number, number];
  const gaps = applyCalibrator({ kind: 'beta', a, b, intercept }, scores).map((probability, row) =>
    Math.abs(probability - reference.betacal[row]),
  );
  expect(Math.max(...gaps)).toBeLessThan(5e-4);
});
