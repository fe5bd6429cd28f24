import {
  type BoostedTreesFit,
  type BoostedTreesOptions,
  boostingRounds,
} from '../../models/boosted-trees/fit.js';
import type { FittedBoostedTrees } from '../../models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../models/boosted-trees/predict.js';
import type { TrainingSet } from '../../models/model.js';
import type { Table } from '../../tables/table.js';
import { type FoldPart, foldParts, placeScores } from '../cross-fit.js';
import type { Family, FitTools, FoldedSet, FoldFit, TableShape } from './family.js';

export type TreesSetting = Required<
  Pick<
    BoostedTreesOptions,
    'trees' | 'maxLeaves' | 'learningRate' | 'minLeafRows' | 'l2' | 'rowShare' | 'columnShare'
  >
> &
  Pick<BoostedTreesOptions, 'maxInteraction'>;

/** Trees without a better validation loss after which a fold stops. */
const PATIENCE = 40;

/** Boosted trees with interactions. */
export const boostedTreesFamily: Family<TreesSetting> = {
  name: 'boosted-trees',
  label: 'Boosted trees',
  settings: (shape) => [setting(shape, { maxLeaves: 8, l2: 5 })],
  describe,
  seconds,
  crossFit: crossFitTrees,
  fit: async (train, { maxInteraction, ...chosen }, tools) => {
    const options = { ...chosen, ...(maxInteraction ? { maxInteraction } : {}), seed: tools.seed };
    return (await growTrees(train, options, tools)).fitted;
  },
  race: { contenders, fitFold, join: joinFolds },
};

/** Boosted stumps: one column per tree, so the score is a sum of one curve per column. */
export const additiveTreesFamily: Family<TreesSetting> = {
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
  describe,
  seconds,
  crossFit: crossFitTrees,
  fit: boostedTreesFamily.fit,
};

/** What else may do better: from few large leaves to many small ones, from little sampling to much. */
function contenders(shape: TableShape): TreesSetting[] {
  return [
    setting(shape, { maxLeaves: 12, learningRate: 0.1, columnShare: 0.5 }),
    setting(shape, { maxLeaves: 4, l2: 10, rowShare: 0.5, columnShare: 0.3 }),
    setting(shape, { maxLeaves: 31, minLeafRows: 5 }),
    setting(shape, { maxLeaves: 6, l2: 20, rowShare: 0.5, columnShare: 0.5, maxInteraction: 2 }),
    setting(shape, { maxLeaves: 8, learningRate: 0.1, columnShare: 0.6 }),
    setting(shape, { maxLeaves: 16, learningRate: 0.1, trees: 300, rowShare: 1, columnShare: 1 }),
    setting(shape, { maxLeaves: 3, rowShare: 0.5, columnShare: 0.5 }),
    setting(shape, { maxLeaves: 20, minLeafRows: 10, l2: 5, columnShare: 0.4 }),
    setting(shape, { maxLeaves: 6, rowShare: 0.6, columnShare: 0.3, l2: 3 }),
    setting(shape, { maxLeaves: 48, minLeafRows: 3, l2: 3, columnShare: 0.5 }),
    setting(shape, { maxLeaves: 10, l2: 30, rowShare: 0.6, columnShare: 0.5 }),
    setting(shape, { maxLeaves: 5, learningRate: 0.1, l2: 10, rowShare: 1, columnShare: 0.3 }),
    setting(shape, { maxLeaves: 12, learningRate: 0.03, minLeafRows: 40, rowShare: 0.5, columnShare: 0.5 }),
    setting(shape, { maxLeaves: 24, learningRate: 0.03, minLeafRows: 10, l2: 10, columnShare: 0.6 }),
    setting(shape, { maxLeaves: 8, minLeafRows: 60, l2: 1, rowShare: 0.5, columnShare: 0.8 }),
    setting(shape, { maxLeaves: 31, learningRate: 0.1, minLeafRows: 20, l2: 20, columnShare: 0.3 }),
  ];
}

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
  const { trees, maxLeaves, learningRate, l2, minLeafRows, rowShare, columnShare, maxInteraction } = chosen;
  const sample =
    rowShare < 1 || columnShare < 1
      ? `, ${Math.round(rowShare * 100)} % of rows and ${Math.round(columnShare * 100)} % of columns a tree`
      : '';
  return (
    `${trees} trees, ${maxLeaves} leaves, learning rate ${learningRate}, l2 ${l2}, ` +
    `at least ${minLeafRows} rows a leaf${sample}${maxInteraction === 2 ? ', pairs of columns at most' : ''}`
  );
}

function seconds({ rows, columns }: TableShape, { trees, maxLeaves }: TreesSetting): number {
  return (
    0.02 + trees * (rows * (columns * 1.2e-9 + 1e-8) * Math.log2(maxLeaves + 1) + columns * maxLeaves * 1e-6)
  );
}

/** A fold's trees, and the curve that the number of trees is chosen by. */
interface TreesFoldFit extends FoldFit {
  readonly fitted: FittedBoostedTrees;
  readonly table: Table;
  readonly curve: readonly number[];
}

async function crossFitTrees(set: FoldedSet, chosen: TreesSetting, tools: FitTools) {
  const fits: TreesFoldFit[] = [];
  for (const part of foldParts(set)) {
    await tools.pause();
    fits.push(await fitFold(part, chosen, tools));
  }
  return joinFolds(set, chosen, fits);
}

/** Grows trees with the held-out side as validation. */
async function fitFold(
  { train, heldOut, rows }: FoldPart,
  { maxInteraction, ...chosen }: TreesSetting,
  tools: FitTools,
): Promise<TreesFoldFit> {
  const { fitted, validationLoss } = await growTrees(
    train,
    {
      ...chosen,
      ...(maxInteraction ? { maxInteraction } : {}),
      seed: tools.seed,
      validation: heldOut,
      patience: PATIENCE,
    },
    tools,
  );
  const curve = validationLoss ?? [];
  return { rows, logLoss: Math.min(...curve), fitted, table: heldOut.table, curve };
}

/**
 * The number of trees is where the mean of the folds' validation curves is lowest, and every fold's scores are read at
 * that number.
 */
function joinFolds(set: FoldedSet, chosen: TreesSetting, fits: readonly TreesFoldFit[]) {
  const curve: number[] = [];
  for (const fit of fits) addCurve(curve, fit.curve, fit.rows.length);
  const trees = Math.max(1, curve.indexOf(Math.min(...curve)) + 1);
  const scores = new Float64Array(set.churned.length);
  for (const { fitted, table, rows } of fits) {
    const shortened = { ...fitted, trees: fitted.trees.slice(0, trees) };
    placeScores(scores, { rows }, predictBoostedTrees(shortened, table));
  }
  return { scores, setting: { ...chosen, trees } };
}

/** Cells times trees between two pauses: some tenths of a second. */
const PAUSE_CELLS = 20_000_000;

/** As `fitBoostedTrees`, with pauses on the way. */
async function growTrees(
  train: TrainingSet,
  options: BoostedTreesOptions,
  tools: FitTools,
): Promise<BoostedTreesFit> {
  const rounds = boostingRounds(train, options);
  const stride = Math.ceil(PAUSE_CELLS / (train.table.rows * train.table.columns.length + 1));
  try {
    for (let round = rounds.next(), n = 1; ; round = rounds.next(), n++) {
      if (round.done) return round.value;
      if (n % stride === 0) await tools.pause();
    }
  } finally {
    rounds.return(undefined as never);
  }
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
