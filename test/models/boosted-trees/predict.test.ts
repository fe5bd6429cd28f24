import { describe, expect, it } from 'vitest';
import { openWorkshop } from '../../../src/kernels/workshop.js';
import { seededRandom } from '../../../src/math/random.js';
import { fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import { addScoresByKernel } from '../../../src/models/boosted-trees/kernel-walk.js';
import {
  addScoresPlainly,
  predictBoostedTrees,
  predictFlatRows,
} from '../../../src/models/boosted-trees/predict.js';
import { compileTrees, treeInputs } from '../../../src/models/boosted-trees/walk.js';
import { sigmoid, type TrainingSet } from '../../../src/models/model.js';
import { type Column, makeTable } from '../../../src/tables/table.js';

/** Doubles that no float holds, close neighbours, missing cells, a category. */
function trainingSet(rows: number, seed: number): TrainingSet {
  const random = seededRandom(seed);
  const near = Float64Array.from({ length: rows }, () => 0.1 + random.integer(50) * 2 ** -27);
  const wide = Float64Array.from({ length: rows }, () =>
    random.uniform() < 0.1 ? NaN : random.normal() / 3,
  );
  const steps = Float64Array.from({ length: rows }, () => random.integer(4) / 10);
  const codes = Int32Array.from({ length: rows }, () => random.integer(5) - 1);
  const churned = Uint8Array.from({ length: rows }, (_, row) => {
    const score =
      (near[row]! - 0.1) * 2 ** 20 -
      1.5 +
      3 * (wide[row]! || 0.2) * steps[row]! +
      (codes[row]! === 2 ? 1 : 0);
    return random.uniform() < sigmoid(score) ? 1 : 0;
  });
  const numbers = Object.entries({ near, wide, steps }).map(
    ([name, values]): Column => ({ kind: 'number', name, values }),
  );
  const plan: Column = { kind: 'category', name: 'plan', codes, levels: ['a', 'b', 'c', 'd'] };
  return { table: makeTable([...numbers, plan]), churned, weights: null };
}

const train = trainingSet(1500, 1);
const { fitted } = fitBoostedTrees(train, { trees: 40, maxLeaves: 20, minLeafRows: 3, learningRate: 0.3 });

it('the kernels walk as their plain twin, to the bit, for any number of rows and threads', () => {
  for (const rows of [1, 3, 4, 255, 256, 257, 1499]) {
    const { table } = trainingSet(rows, rows);
    const inputs = treeInputs(fitted.features, table);
    const compiled = compileTrees(fitted.features, fitted.trees);
    const plain = new Float64Array(rows).fill(fitted.baseScore);
    addScoresPlainly(plain, compiled, inputs);
    for (const threads of [1, 2]) {
      const scores = new Float64Array(rows).fill(fitted.baseScore);
      const workshop = openWorkshop(threads)!;
      addScoresByKernel(workshop, scores, compiled, inputs);
      workshop.close();
      expect(scores).toEqual(plain);
    }
  }
});

it('batches of inputs make no difference', () => {
  const rows = Int32Array.from({ length: 110_000 }, (_, i) => i % 1500);
  const columns = train.table.columns.map(
    (column): Column =>
      column.kind === 'number'
        ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
        : { ...column, codes: rows.map((row) => column.codes[row]!) },
  );
  const few = { ...fitted, trees: fitted.trees.slice(0, 3) };
  const scores = predictBoostedTrees(few, makeTable(columns));
  const own = predictBoostedTrees(few, train.table);
  expect(scores).toEqual(Float64Array.from(rows, (row) => own[row]!));
});

describe('predictFlatRows', () => {
  const inputs = treeInputs(fitted.features, train.table);
  const cells = Float64Array.from({ length: 1500 * 4 }, (_, i) => inputs[i % 4]![Math.floor(i / 4)]!);

  it('scores flat rows as the table', () => {
    expect(predictFlatRows(fitted, cells)).toEqual(predictBoostedTrees(fitted, train.table));
  });

  it('scores single-precision copies of training rows as the rows, threshold ties included', () => {
    const single = Float32Array.from(cells);
    const apart = cells.filter((cell) => !Number.isNaN(cell) && Math.fround(cell) !== cell);
    expect(apart.length).toBeGreaterThan(1000);
    expect(predictFlatRows(fitted, single)).toEqual(predictFlatRows(fitted, cells));
  });

  it('refuses broken rows and codes that are none', () => {
    expect(() => predictFlatRows(fitted, cells.subarray(1))).toThrow(
      '5999 cells are no whole number of rows of 4',
    );
    expect(() => predictFlatRows(fitted, Float32Array.of(0, 0, 0, 4))).toThrow(
      'plan takes codes from −1 to 3, found 4 in row 0',
    );
  });
});
