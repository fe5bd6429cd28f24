import { describe, expect, it } from 'vitest';
import {
  dot,
  makeMatrix,
  solveByConjugateGradients,
  solvePositiveDefinite,
  timesVector,
  transposeTimesVector,
  weightedCrossProducts,
} from '../../src/math/matrix.js';
import { seededRandom } from '../../src/math/random.js';

const random = seededRandom(9);

/** Sizes on both sides of every unrolled loop and row block. */
const sizes = [
  [1, 1],
  [3, 2],
  [5, 4],
  [127, 7],
  [128, 9],
  [300, 13],
] as const;

describe.each(sizes)('%i rows × %i columns', (rows, columns) => {
  const matrix = makeMatrix(rows, columns);
  matrix.values.forEach((_, i) => {
    matrix.values[i] = random.normal();
  });
  const cell = (row: number, column: number): number => matrix.values[column * rows + row]!;
  const perRow = Float64Array.from({ length: rows }, () => random.uniform());
  const perColumn = Float64Array.from({ length: columns }, (_, j) => (j === 1 ? 0 : random.normal()));

  it('multiplies as the sums written out do', () => {
    const product = timesVector(matrix, perColumn);
    product.forEach((value, row) => {
      expect(value).toBeCloseTo(
        perColumn.reduce((sum, b, j) => sum + b * cell(row, j), 0),
        10,
      );
    });
    const transposed = transposeTimesVector(matrix, perRow);
    transposed.forEach((value, j) => {
      expect(value).toBeCloseTo(
        perRow.reduce((sum, r, row) => sum + r * cell(row, j), 0),
        10,
      );
    });
    expect(dot(perRow, perRow)).toBeCloseTo(
      perRow.reduce((sum, r) => sum + r * r, 0),
      10,
    );
  });

  it('sums weighted cross products about the given means', () => {
    const sums = weightedCrossProducts(matrix, perRow, perColumn);
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < columns; k++) {
        const expected = perRow.reduce(
          (sum, w, row) => sum + w * (cell(row, j) - perColumn[j]!) * (cell(row, k) - perColumn[k]!),
          0,
        );
        expect(sums[j * columns + k]).toBeCloseTo(expected, 9);
      }
    }
  });

  it('solves a positive definite system directly and by conjugate gradients', () => {
    const a = weightedCrossProducts(matrix, perRow, perColumn);
    for (let j = 0; j < columns; j++) a[j * columns + j]! += 0.5;
    const times = (x: Float64Array): Float64Array => timesVector({ rows: columns, columns, values: a }, x);
    const right = times(perColumn);
    solvePositiveDefinite(a, right)!.forEach((value, j) => {
      expect(value).toBeCloseTo(perColumn[j]!, 8);
    });
    solveByConjugateGradients(times, right, 1e-10).forEach((value, j) => {
      expect(value).toBeCloseTo(perColumn[j]!, 7);
    });
  });
});

it('refuses a system that is not positive definite', () => {
  expect(solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toBeNull();
  expect(solvePositiveDefinite(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1))).toBeNull();
});
