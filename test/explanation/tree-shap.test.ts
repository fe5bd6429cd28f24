import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contributionsBoostedTrees } from '../../src/explanation/tree-shap.js';
import { seededRandom } from '../../src/math/random.js';
import { fitBoostedTrees } from '../../src/models/boosted-trees/fit.js';
import type { FittedBoostedTrees, Tree } from '../../src/models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../src/models/boosted-trees/predict.js';
import {
  type CompiledTrees,
  childOf,
  compileTrees,
  treeInputs,
} from '../../src/models/boosted-trees/walk.js';
import { makeTable, type Table, takeRows } from '../../src/tables/table.js';
import { lawTrainingSet } from '../laws/model-laws.js';
import { coarseTable } from '../models/boosted-trees/reference-data.js';

describe('contributionsBoostedTrees', () => {
  it('gives the Shapley values of the definition, over all subsets of features', () => {
    const train = lawTrainingSet(500, seededRandom(2));
    const table = takeRows(train.table, [0, 3, 8, 21, 34, 55, 89, 144]);
    for (const maxLeaves of [2, 3, 7, 40]) {
      const { fitted } = fitBoostedTrees(train, { trees: 3, learningRate: 0.5, maxLeaves, minLeafRows: 5 });
      const { values } = contributionsBoostedTrees(fitted, table);
      shapleyByDefinition(fitted, table).forEach((push, i) => {
        expect(values[i]).toBeCloseTo(push, 10);
      });
    }
  });

  it('agrees with LightGBM (pred_contrib)', () => {
    const path = new URL('../references/boosted-trees.json', import.meta.url);
    const { contributions } = JSON.parse(readFileSync(path, 'utf8')).coarse as { contributions: number[][] };
    const train = coarseTable();
    const { fitted } = fitBoostedTrees(train, {
      trees: 5,
      learningRate: 0.1,
      maxLeaves: 12,
      minLeafRows: 1,
      minLeafHessian: 6,
      categorySmoothing: 1,
      minLevelRows: 1,
      levelPenalty: 0,
    });
    const { values, baseline } = contributionsBoostedTrees(
      fitted,
      takeRows(train.table, [...contributions.keys()]),
    );
    contributions.forEach((theirs, row) => {
      theirs.forEach((push, feature) => {
        expect(feature === 4 ? baseline : values[row * 4 + feature]).toBeCloseTo(push, 6);
      });
    });
  });

  it('sums to the score within 1e-9 for deep trees that ask about a feature again and again', () => {
    const train = lawTrainingSet(1200, seededRandom(5));
    const { fitted } = fitBoostedTrees(train, {
      trees: 8,
      maxLeaves: 200,
      minLeafRows: 2,
      learningRate: 0.3,
    });
    const scores = predictBoostedTrees(fitted, train.table);
    const { values, baseline, features } = contributionsBoostedTrees(fitted, train.table);
    scores.forEach((score, row) => {
      const pushes = values.subarray(row * features.length, (row + 1) * features.length);
      expect(Math.abs(pushes.reduce((sum, push) => sum + push, baseline) - score)).toBeLessThan(1e-9);
    });
  });

  it('explains a path of 14 features, too long for a table, and a row alone as in company', () => {
    const chain = chainModel(14);
    const random = seededRandom(6);
    const columns = chain.features.map(({ name }) => ({
      kind: 'number' as const,
      name,
      values: Float64Array.from({ length: 5 }, () => (random.uniform() < 0.3 ? NaN : random.uniform())),
    }));
    const table = makeTable(columns);
    const { values } = contributionsBoostedTrees(chain, table);
    shapleyByDefinition(chain, takeRows(table, [0, 1])).forEach((push, i) => {
      expect(values[i]).toBeCloseTo(push, 10);
    });
    expect(contributionsBoostedTrees(chain, takeRows(table, [3])).values).toEqual(values.slice(42, 56));
  });

  it('explains a row the same in a long table', () => {
    const train = lawTrainingSet(200, seededRandom(7));
    const { fitted } = fitBoostedTrees(train, { trees: 2, maxLeaves: 4, minLeafRows: 10 });
    const long = takeRows(
      train.table,
      Int32Array.from({ length: 17_000 }, (_, row) => row % 200),
    );
    const { values, features } = contributionsBoostedTrees(fitted, long);
    const first = contributionsBoostedTrees(fitted, train.table).values;
    expect(values.every((push, i) => push === first[i % (200 * features.length)])).toBe(true);
  });
});

/** Each split's left child is a leaf, its right child asks about the next feature. */
function chainModel(splits: number): FittedBoostedTrees {
  const tree: Tree = {
    feature: [],
    threshold: [],
    leftLevels: [],
    missingLeft: [],
    left: [],
    value: [],
    cover: [],
  };
  for (let node = 0; node <= 2 * splits; node++) {
    const isSplit = node % 2 === 0 && node < 2 * splits;
    tree.feature.push(isSplit ? node / 2 : -1);
    tree.threshold.push(isSplit ? 0.4 : 0);
    tree.leftLevels.push([]);
    tree.missingLeft.push(node % 4 === 0 ? 1 : 0);
    tree.left.push(isSplit ? node + 1 : 0);
    tree.value.push(isSplit ? 0 : Math.sin(node));
    tree.cover.push(node % 2 === 0 ? 100 / (node + 1) : 100 / node - 100 / (node + 2));
  }
  const features = Array.from({ length: splits }, (_, i) => ({ kind: 'number' as const, name: `x${i}` }));
  return { kind: 'boosted-trees', features, baseScore: 0.2, trees: [tree] };
}

/** Σ over subsets S without feature i of |S|! (n − 1 − |S|)! / n! · (E[score | S, i] − E[score | S]). */
function shapleyByDefinition(fitted: FittedBoostedTrees, table: Table): number[] {
  const count = fitted.features.length;
  const inputs = treeInputs(fitted.features, table);
  const compiled = fitted.trees.map((tree) => compileTrees(fitted.features, [tree]));
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: table.rows }, (_, row) => {
    const cells = inputs.map((input) => input[row]!);
    const expected = Float64Array.from({ length: 2 ** count }, (_, known) =>
      fitted.trees.reduce((sum, tree, t) => sum + expectedValue(tree, compiled[t]!, 0, cells, known), 0),
    );
    return cells.map((_, feature) => {
      let push = 0;
      for (let known = 0; known < expected.length; known++) {
        if ((known >> feature) & 1) continue;
        const size = known.toString(2).replaceAll('0', '').length;
        const weight = (factorial(size) * factorial(count - 1 - size)) / factorial(count);
        push += weight * (expected[known | (1 << feature)]! - expected[known]!);
      }
      return push;
    });
  }).flat();
}

/** Lundberg 2018, algorithm 1: unknown features send a row down both sides by training rows. */
function expectedValue(
  tree: Tree,
  compiled: CompiledTrees,
  node: number,
  cells: number[],
  known: number,
): number {
  const feature = tree.feature[node]!;
  if (feature < 0) return tree.value[node]!;
  if ((known >> feature) & 1) {
    return expectedValue(tree, compiled, childOf(compiled, node, cells[feature]!), cells, known);
  }
  const left = tree.left[node]!;
  return [left, left + 1].reduce(
    (sum, child) =>
      sum + (tree.cover[child]! / tree.cover[node]!) * expectedValue(tree, compiled, child, cells, known),
    0,
  );
}
