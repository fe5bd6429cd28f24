import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { auc } from '../../../src/evaluation/roc.js';
import { meanLogLoss } from '../../../src/math/log-loss.js';
import { type BoostedTreesOptions, fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import type { Tree } from '../../../src/models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../../src/models/boosted-trees/predict.js';
import { sigmoid } from '../../../src/models/model.js';
import { takeBytes, takeRows } from '../../../src/tables/table.js';
import { coarseTable, smoothTable } from './reference-data.js';

interface ReferenceNode {
  feature?: number;
  threshold?: number | null;
  rows: number;
  value?: number;
}

const reference = JSON.parse(
  readFileSync(new URL('../../references/boosted-trees.json', import.meta.url), 'utf8'),
) as {
  coarse: { trees: ReferenceNode[][]; scores: number[] };
  smooth: Record<'lightgbm' | 'scikitLearn' | 'catBoost', { logLoss: number; auc: number }>;
};

it('grows the trees of LightGBM where binning loses nothing', () => {
  const train = coarseTable();
  const { fitted } = fitBoostedTrees(train, {
    trees: 5,
    learningRate: 0.1,
    maxLeaves: 12,
    minLeafRows: 1,
    minLeafHessian: 6,
    l2: 1,
    categorySmoothing: 1,
    minLevelRows: 1,
    levelPenalty: 0,
  });
  const theirs = reference.coarse.trees;
  fitted.trees.forEach((tree, i) => {
    expect(splitsOf(tree), `splits of tree ${i}`).toEqual(referenceSplits(theirs[i]!));
    const ours = leavesOf(tree, i === 0 ? fitted.baseScore : 0);
    const leaves = referenceLeaves(theirs[i]!);
    expect(ours.map(({ rows }) => rows)).toEqual(leaves.map(({ rows }) => rows));
    ours.forEach(({ value }, leaf) => {
      expect(value).toBeCloseTo(leaves[leaf]!.value, 6);
    });
  });
  predictBoostedTrees(fitted, takeRows(train.table, [...Array(200).keys()])).forEach((score, row) => {
    expect(score).toBeCloseTo(reference.coarse.scores[row]!, 6);
  });
});

it.each<[string, BoostedTreesOptions, readonly (keyof typeof reference.smooth)[]]>([
  ['leaf by leaf', { maxLeaves: 16, minLeafRows: 20, l2: 1 }, ['lightgbm', 'scikitLearn']],
  ['symmetric', { symmetric: true, maxLeaves: 16, minLeafRows: 1, l2: 3, leafSteps: 10 }, ['catBoost']],
])('is as good as others with the same settings, log loss and AUC within 0.003: %s', (_, options, others) => {
  const { table, churned } = smoothTable(12_000);
  const [train, test] = [
    Int32Array.from({ length: 8000 }, (_, i) => i),
    new Int32Array(4000).map((_, i) => 8000 + i),
  ];
  const { fitted } = fitBoostedTrees(
    { table: takeRows(table, train), churned: takeBytes(churned, train), weights: null },
    { trees: 100, learningRate: 0.1, ...options },
  );
  const probabilities = predictBoostedTrees(fitted, takeRows(table, test)).map(sigmoid);
  const outcomes = takeBytes(churned, test);
  for (const name of others) {
    const theirs = reference.smooth[name];
    expect(Math.abs(meanLogLoss(probabilities, outcomes, null) - theirs.logLoss)).toBeLessThan(0.003);
    expect(Math.abs(auc(probabilities, outcomes) - theirs.auc)).toBeLessThan(0.003);
  }
});

/** Feature, rounded threshold (none for a category) and rows of each split; sides may be mirrored. */
function splitsOf(tree: Tree): string[] {
  const splits = tree.feature.flatMap((feature, node) => {
    if (feature < 0) return [];
    const threshold = tree.leftLevels[node]!.length > 0 ? null : tree.threshold[node]!;
    return [splitText(feature, threshold, tree.cover[node]!)];
  });
  return splits.sort();
}

function referenceSplits(nodes: readonly ReferenceNode[]): string[] {
  return nodes
    .flatMap(({ feature, threshold, rows }) =>
      feature === undefined ? [] : [splitText(feature, threshold ?? null, rows)],
    )
    .sort();
}

function splitText(feature: number, threshold: number | null, rows: number): string {
  const words = threshold === null ? 'levels' : threshold > 1e100 ? 'all numbers' : threshold.toFixed(6);
  return `feature ${feature}, ${words}, ${rows} rows`;
}

function leavesOf(tree: Tree, base: number) {
  const leaves = tree.feature.flatMap((feature, node) =>
    feature < 0 ? [{ rows: tree.cover[node]!, value: tree.value[node]! + base }] : [],
  );
  return leaves.sort(byRowsThenValue);
}

function referenceLeaves(nodes: readonly ReferenceNode[]) {
  return nodes
    .flatMap(({ value, rows }) => (value === undefined ? [] : [{ rows, value }]))
    .sort(byRowsThenValue);
}

function byRowsThenValue(a: { rows: number; value: number }, b: { rows: number; value: number }): number {
  return a.rows - b.rows || a.value - b.value;
}
