import { type BoostedTreesOptions, fitBoostedTrees } from '../../models/boosted-trees/fit.js';
import type { FittedBoostedTrees } from '../../models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../models/boosted-trees/predict.js';
import { foldParts, placeScores } from '../cross-fit.js';
import type { Family, FitTools, FoldedSet, TableShape } from './family.js';

export type TreesSetting = Required<
  Pick<
    BoostedTreesOptions,
    'trees' | 'maxLeaves' | 'learningRate' | 'minLeafRows' | 'l2' | 'rowShare' | 'columnShare'
  >
>;

/** Trees without a better validation loss after which a fold stops. */
const PATIENCE = 40;

/** Boosted trees with interactions. */
export const boostedTreesFamily: Family<TreesSetting> = {
  name: 'boosted-trees',
  label: 'Boosted trees',
  settings: (shape) => [
    setting(shape, { maxLeaves: 8, l2: 5 }),
    setting(shape, { maxLeaves: 16, learningRate: 0.1, trees: 300, rowShare: 1, columnShare: 1 }),
    setting(shape, { maxLeaves: 31, minLeafRows: 5 }),
    setting(shape, { maxLeaves: 4, l2: 10, rowShare: 0.5, columnShare: 0.3 }),
  ],
  describe,
  seconds,
  crossFit: crossFitTrees,
  fit: async (train, chosen, tools) => fitBoostedTrees(train, { ...chosen, seed: tools.seed }).fitted,
};

/** Boosted stumps: one column per tree, so the score is a sum of one curve per column. */
export const additiveTreesFamily: Family<TreesSetting> = {
  ...boostedTreesFamily,
  name: 'additive-trees',
  label: 'Additive trees',
  settings: (shape) => [
    setting(shape, {
      maxLeaves: 2,
      learningRate: 0.1,
      rowShare: 0.5,
      columnShare: 0.5,
      minLeafRows: Math.max(3, Math.min(60, Math.round(shape.rows / 100))),
    }),
  ],
};

function setting(shape: TableShape, own: Partial<TreesSetting>): TreesSetting {
  return {
    trees: 500,
    maxLeaves: 8,
    learningRate: 0.05,
    l2: 1,
    rowShare: 0.8,
    columnShare: 0.7,
    minLeafRows: Math.max(3, Math.min(20, Math.round(shape.rows / 100))),
    ...own,
  };
}

function describe(chosen: TreesSetting): string {
  const { trees, maxLeaves, learningRate, l2, minLeafRows, rowShare, columnShare } = chosen;
  const sample =
    rowShare < 1 || columnShare < 1
      ? `, ${Math.round(rowShare * 100)} % of rows and ${Math.round(columnShare * 100)} % of columns a tree`
      : '';
  return (
    `${trees} trees, ${maxLeaves} leaves, learning rate ${learningRate}, l2 ${l2}, ` +
    `at least ${minLeafRows} rows a leaf${sample}`
  );
}

function seconds({ rows, columns }: TableShape, { trees, maxLeaves }: TreesSetting): number {
  return (
    0.02 + trees * (rows * (columns * 1.2e-9 + 1e-8) * Math.log2(maxLeaves + 1) + columns * maxLeaves * 1e-6)
  );
}

/**
 * Fits each fold with the held-out side as validation; the number of trees is where the mean of the folds'
 * validation curves is lowest, and every fold's scores are read at that number.
 */
async function crossFitTrees(set: FoldedSet, chosen: TreesSetting, tools: FitTools) {
  const fits: { fitted: FittedBoostedTrees; part: ReturnType<typeof foldPart> }[] = [];
  const curve: number[] = [];
  for (const part of foldParts(set)) {
    await tools.pause();
    const { fitted, validationLoss } = fitBoostedTrees(part.train, {
      ...chosen,
      seed: tools.seed,
      validation: part.heldOut,
      patience: PATIENCE,
    });
    addCurve(curve, validationLoss ?? [], part.rows.length);
    fits.push({ fitted, part: foldPart(part.rows, part.heldOut.table) });
  }
  const trees = Math.max(1, curve.indexOf(Math.min(...curve)) + 1);
  const scores = new Float64Array(set.churned.length);
  for (const { fitted, part } of fits) {
    const shortened = { ...fitted, trees: fitted.trees.slice(0, trees) };
    placeScores(scores, part, predictBoostedTrees(shortened, part.table));
  }
  return { scores, setting: { ...chosen, trees } };
}

function foldPart(rows: Int32Array, table: FoldedSet['table']) {
  return { rows, table };
}

/** Adds a fold's validation curve, weighted by its rows; a curve that stopped early stays at its last value. */
function addCurve(sum: number[], curve: readonly number[], weight: number): void {
  const length = Math.max(sum.length, curve.length);
  const lastSum = sum.at(-1) ?? 0;
  const lastCurve = curve.at(-1) ?? 0;
  for (let i = 0; i < length; i++) {
    sum[i] = (sum[i] ?? lastSum) + weight * (curve[i] ?? lastCurve);
  }
}
