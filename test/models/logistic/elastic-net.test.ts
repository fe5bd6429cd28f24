import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Matrix, makeMatrix } from '../../../src/math/matrix.js';
import { type Random, seededRandom } from '../../../src/math/random.js';
import { fitElasticNet, fitElasticNetPath } from '../../../src/models/logistic/elastic-net.js';

interface Reference {
  design: number[][];
  churned: number[];
  weights: number[];
  fits: { l1: number; l2: number; weighted: boolean; scikitLearn: number[]; glmnet: number[] }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../../references/elastic-net.json', import.meta.url), 'utf8'),
);

describe('fitElasticNet agrees within 1e-5 in every coefficient', () => {
  const design = matrixOf(reference.design);
  const churned = Uint8Array.from(reference.churned);
  for (const { l1, l2, weighted, scikitLearn, glmnet } of reference.fits) {
    const setting = `l1 ${l1}, l2 ${l2}${weighted ? ', weighted' : ''}`;
    const weights = weighted ? Float64Array.from(reference.weights) : null;
    const { intercept, coefficients } = fitElasticNet(design, churned, weights, { l1, l2 });
    const ours = [intercept, ...coefficients];
    it(`with scikit-learn: ${setting}`, () => expect(largestGap(ours, scikitLearn)).toBeLessThan(1e-5));
    it(`with glmnet: ${setting}`, () => expect(largestGap(ours, glmnet)).toBeLessThan(1e-5));
  }
});

describe('fitElasticNet', () => {
  it('finds by hand: one 0/1 column without penalty gives the log-odds of the two groups', () => {
    const design = matrixOf([[0], [0], [0], [0], [1], [1], [1]]);
    const { intercept, coefficients } = fitElasticNet(design, Uint8Array.of(1, 0, 0, 0, 1, 1, 0), null, {
      l1: 0,
      l2: 0,
    });
    expect(intercept).toBeCloseTo(Math.log(1 / 3), 7);
    expect(coefficients[0]).toBeCloseTo(Math.log(2) - Math.log(1 / 3), 7);
  });

  it('is all zero from the largest slope of the null model on, and not below it', () => {
    const { design, churned } = simulate(300, 6, seededRandom(1));
    const rate = churned.reduce((sum, y) => sum + y, 0) / 300;
    const slopes = Array.from({ length: 6 }, (_, j) =>
      churned.reduce((sum, y, row) => sum + ((rate - y) * design.values[j * 300 + row]!) / 300, 0),
    );
    const largest = Math.max(...slopes.map(Math.abs));
    const [above, below] = fitElasticNetPath(design, churned, null, [
      { l1: largest * 1.001, l2: 0 },
      { l1: largest * 0.999, l2: 0 },
    ]);
    expect([...above!.coefficients]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...below!.coefficients].filter((b) => b !== 0)).toHaveLength(1);
  });

  it('gives the same fit from a warm start as from none', () => {
    const { design, churned } = simulate(500, 10, seededRandom(2));
    const settings = [0.1, 0.03, 0.01, 0.001].map((l) => ({ l1: l / 2, l2: l / 2 }));
    fitElasticNetPath(design, churned, null, settings).forEach((warm, i) => {
      const cold = fitElasticNet(design, churned, null, settings[i]!);
      expect(largestGap([...warm.coefficients], [...cold.coefficients])).toBeLessThan(1e-6);
    });
  });

  it('meets the optimality conditions where the design is too wide for all second derivatives', () => {
    const { design, churned } = simulate(200, 320, seededRandom(3));
    for (const penalty of [
      { l1: 0, l2: 0.05 },
      { l1: 0.01, l2: 0.01 },
    ]) {
      const fit = fitElasticNet(design, churned, null, penalty);
      expect(fit.converged).toBe(true);
      expect(violationOf(design, churned, fit, penalty)).toBeLessThan(1e-8);
    }
  });

  it('stays finite when the outcomes separate and nothing is penalised', () => {
    const design = matrixOf([[1], [2], [3], [4]]);
    const fit = fitElasticNet(design, Uint8Array.of(0, 0, 1, 1), null, { l1: 0, l2: 0 });
    expect(fit.scores.every(Number.isFinite)).toBe(true);
    expect(fit.scores[1]).toBeLessThan(-5);
    expect(fit.scores[2]).toBeGreaterThan(5);
  });

  it('leaves a constant column and an exact copy without harm', () => {
    const design = matrixOf([1, 2, 3, 4, 5, 6].map((x) => [x, x, 7]));
    const fit = fitElasticNet(design, Uint8Array.of(0, 1, 0, 1, 0, 1), null, { l1: 0, l2: 0.01 });
    expect(fit.coefficients[0]).toBeCloseTo(fit.coefficients[1]!, 9);
    expect(fit.coefficients[2]).toBeCloseTo(0, 9);
  });
});

/** The conditions written out anew, from the scores up. */
function violationOf(
  design: Matrix,
  churned: Uint8Array,
  fit: { intercept: number; coefficients: Float64Array },
  { l1, l2 }: { l1: number; l2: number },
): number {
  const residuals = Array.from(churned, (y, row) => {
    let score = fit.intercept;
    fit.coefficients.forEach((b, j) => {
      score += b * design.values[j * design.rows + row]!;
    });
    return (1 / (1 + Math.exp(-score)) - y) / design.rows;
  });
  const violations = Array.from(fit.coefficients, (b, j) => {
    const slope = residuals.reduce((sum, r, row) => sum + r * design.values[j * design.rows + row]!, l2 * b);
    return b === 0 ? Math.max(0, Math.abs(slope) - l1) : Math.abs(slope + l1 * Math.sign(b));
  });
  return Math.max(Math.abs(residuals.reduce((a, b) => a + b, 0)), ...violations);
}

function matrixOf(rows: number[][]): Matrix {
  const matrix = makeMatrix(rows.length, rows[0]!.length);
  rows.forEach((cells, row) => {
    cells.forEach((cell, column) => {
      matrix.values[column * rows.length + row] = cell;
    });
  });
  return matrix;
}

function simulate(rows: number, columns: number, random: Random) {
  const design = makeMatrix(rows, columns);
  const churned = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const shared = random.normal();
    let score = -1;
    for (let j = 0; j < columns; j++) {
      const value = shared + random.normal();
      design.values[j * rows + row] = value;
      if (j < 5) score += (j % 2 ? -0.5 : 0.5) * value;
    }
    churned[row] = random.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }
  return { design, churned };
}

function largestGap(a: number[], b: number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
