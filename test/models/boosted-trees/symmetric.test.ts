import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { type BoostedTreesOptions, fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import { boostedTreesSchema } from '../../../src/models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../../src/models/boosted-trees/predict.js';
import { sigmoid, type TrainingSet } from '../../../src/models/model.js';
import { makeTable, type Table } from '../../../src/tables/table.js';
import { describeModelLaws, lawTrainingSet } from '../../laws/model-laws.js';

const OPTIONS: BoostedTreesOptions = {
  trees: 20,
  maxLeaves: 16,
  minLeafRows: 3,
  symmetric: true,
  leafSteps: 4,
};

describeModelLaws('symmetric trees', {
  fit: (train) => fitBoostedTrees(train, OPTIONS).fitted,
  predict: predictBoostedTrees,
  schema: boostedTreesSchema,
  weightsWithin: 1e-12,
});

/** Two columns of two values: all there is to ask can be worked out by hand. */
function cross(
  cells: readonly (readonly [a: number, b: number, rows: number, churned: number])[],
): TrainingSet {
  const rows = cells.flatMap(([a, b, count, churned]) =>
    Array.from({ length: count }, (_, i) => ({ a, b, y: i < churned ? 1 : 0 })),
  );
  const table: Table = makeTable([
    { kind: 'number', name: 'a', values: Float64Array.from(rows, ({ a }) => a) },
    { kind: 'number', name: 'b', values: Float64Array.from(rows, ({ b }) => b) },
  ]);
  return { table, churned: Uint8Array.from(rows, ({ y }) => y), weights: null };
}

describe('symmetric trees', () => {
  it('ask all leaves of a level the same question', () => {
    const train = lawTrainingSet(800, seededRandom(2));
    const { fitted } = fitBoostedTrees(train, OPTIONS);
    for (const { feature, threshold, leftLevels, left } of fitted.trees) {
      const depth = [0];
      const questions: Set<string>[] = [];
      feature.forEach((asked, node) => {
        if (asked < 0) return;
        depth[left[node]!] = depth[left[node]! + 1] = depth[node]! + 1;
        const question = JSON.stringify([asked, threshold[node], leftLevels[node]]);
        questions[depth[node]!] = (questions[depth[node]!] ?? new Set()).add(question);
      });
      // A leaf that stayed whole may be divided by a later question, so levels count questions from the root.
      expect(questions.length).toBeLessThanOrEqual(4);
      expect(new Set(questions.flatMap((own) => [...own])).size).toBeLessThanOrEqual(4);
    }
  });

  it('grow to the power of two that maxLeaves holds', () => {
    const train = lawTrainingSet(2000, seededRandom(3));
    const leaves = (maxLeaves: number) => {
      const { fitted } = fitBoostedTrees(train, { ...OPTIONS, maxLeaves, minLeafRows: 1, trees: 1 });
      return fitted.trees[0]!.feature.filter((feature) => feature < 0).length;
    };
    expect([2, 3, 4, 7, 8].map(leaves)).toEqual([2, 2, 4, 4, 8]);
  });

  it('keep every leaf at its least weight', () => {
    const train = lawTrainingSet(700, seededRandom(9));
    const weights = Float64Array.from(train.churned, (_, row) => 0.25 + (row % 5) / 3);
    const { fitted } = fitBoostedTrees({ ...train, weights }, { ...OPTIONS, maxLeaves: 64, minLeafRows: 31 });
    for (const { feature, cover } of fitted.trees) {
      const leaves = cover.filter((_, node) => feature[node]! < 0);
      expect(leaves.length).toBeGreaterThan(4);
      expect(Math.min(...leaves)).toBeGreaterThanOrEqual(31);
    }
  });

  it('leave a leaf whole whose children would be too small', () => {
    // a parts 40 from 60; b parts the 60 in halves, but the 40 as 38 and 2.
    const train = cross([
      [0, 0, 38, 36],
      [0, 1, 2, 2],
      [1, 0, 30, 3],
      [1, 1, 30, 14],
    ]);
    const { fitted } = fitBoostedTrees(train, { ...OPTIONS, trees: 1, maxLeaves: 4, minLeafRows: 5 });
    expect(fitted.trees[0]!.cover.toSorted((x, y) => x - y)).toEqual([30, 30, 40, 60, 100]);
  });
});

describe('leafSteps', () => {
  it('take a leaf to the log-odds of its rows', () => {
    const train = cross([
      [0, 0, 100, 20],
      [1, 0, 100, 70],
    ]);
    const options = { trees: 1, learningRate: 1, maxLeaves: 2, minLeafRows: 1, l2: 0 };
    const rates = (leafSteps: number) => {
      const { fitted } = fitBoostedTrees(train, { ...options, leafSteps });
      const scores = predictBoostedTrees(fitted, train.table);
      return [sigmoid(scores[0]!), sigmoid(scores.at(-1)!)];
    };
    // One Newton step from 0.45: −(0.45 − 0.2) / (0.45 · 0.55) = −1.0101.
    const start = Math.log(0.45 / 0.55);
    expect(rates(1)[0]).toBeCloseTo(sigmoid(start - 0.25 / 0.2475), 6);
    expect(rates(10)[0]).toBeCloseTo(0.2, 6);
    expect(rates(10)[1]).toBeCloseTo(0.7, 6);
    expect(rates(3)[0]).not.toBeCloseTo(rates(2)[0]!, 4);
  });
});
