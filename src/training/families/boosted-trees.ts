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
  Pick<BoostedTreesOptions, 'maxInteraction' | 'symmetric' | 'leafSteps'>;

/** Trees without a better validation loss after which a fold stops. */
const PATIENCE = 40;

/** Boosted trees with interactions. */
export const boostedTreesFamily: Family<TreesSetting> = {
  name: 'boosted-trees',
  label: 'Boosted trees',
  settings: (shape) => [setting(shape, { maxLeaves: 8, l2: 5 }), symmetric(shape, {})],
  describe,
  seconds,
  crossFit: crossFitTrees,
  fit: async (train, chosen, tools) =>
    (await growTrees(train, { ...chosen, seed: tools.seed }, tools)).fitted,
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

/** What else may do better: few large leaves to many small ones, little sampling to much, both ways of growing. */
function contenders(shape: TableShape): TreesSetting[] {
  return [
    symmetric(shape, { maxLeaves: 64, rowShare: 0.8 }),
    setting(shape, { maxLeaves: 12, learningRate: 0.1, columnShare: 0.5 }),
    setting(shape, { maxLeaves: 4, l2: 10, rowShare: 0.5, columnShare: 0.3 }),
    symmetric(shape, { maxLeaves: 16, learningRate: 0.1, l2: 10, rowShare: 0.7, columnShare: 0.6 }),
    setting(shape, { maxLeaves: 31, minLeafRows: 5 }),
    setting(shape, { maxLeaves: 6, l2: 20, rowShare: 0.5, columnShare: 0.5, maxInteraction: 2 }),
    setting(shape, { maxLeaves: 8, learningRate: 0.1, columnShare: 0.6 }),
    symmetric(shape, { maxLeaves: 32, rowShare: 0.7, columnShare: 0.6 }),
    setting(shape, { maxLeaves: 16, learningRate: 0.1, trees: 300, rowShare: 1, columnShare: 1 }),
    setting(shape, { maxLeaves: 3, rowShare: 0.5, columnShare: 0.5 }),
    symmetric(shape, { maxLeaves: 8, learningRate: 0.1, rowShare: 0.8 }),
    setting(shape, { maxLeaves: 20, minLeafRows: 10, l2: 5, columnShare: 0.4 }),
    setting(shape, { maxLeaves: 6, rowShare: 0.6, columnShare: 0.3, l2: 3 }),
    setting(shape, { maxLeaves: 48, minLeafRows: 3, l2: 3, columnShare: 0.5 }),
    setting(shape, { maxLeaves: 10, l2: 30, rowShare: 0.6, columnShare: 0.5 }),
    symmetric(shape, { maxLeaves: 64, l2: 10, rowShare: 0.6, columnShare: 0.5 }),
  ];
}

/**
 * Symmetric trees, which need no samples to hold them back. Leaves of a few rows, whose values several steps drive far out,
 * would be worth 0.1 to 1 % of the log loss on some tables, and learn dates by heart on others.
 */
function symmetric(shape: TableShape, own: Partial<TreesSetting>): TreesSetting {
  const open = { symmetric: true, leafSteps: 10, l2: 3, rowShare: 1, columnShare: 1 };
  return setting(shape, { ...open, maxLeaves: 16, ...own });
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
  const { trees, maxLeaves, learningRate, l2, minLeafRows, rowShare, columnShare } = chosen;
  const words = [
    `${trees} ${chosen.symmetric ? 'symmetric trees' : 'trees'}`,
    `${maxLeaves} leaves`,
    `learning rate ${learningRate}`,
    `l2 ${l2}`,
    `at least ${minLeafRows} ${minLeafRows === 1 ? 'row' : 'rows'} a leaf`,
  ];
  if (rowShare < 1 || columnShare < 1) {
    words.push(
      `${Math.round(rowShare * 100)} % of rows and ${Math.round(columnShare * 100)} % of columns a tree`,
    );
  }
  if (chosen.leafSteps) words.push(`up to ${chosen.leafSteps} steps a leaf`);
  if (chosen.maxInteraction) words.push(`at most ${chosen.maxInteraction} columns together`);
  return words.join(', ');
}

/** Share of the trees that are grown before a fit stops, as a rule. */
const GROWN = 0.6;

function seconds({ rows, columns }: TableShape, { trees, maxLeaves, leafSteps = 1 }: TreesSetting): number {
  const count = rows * (columns * 7e-10 + 6e-9) * Math.log2(maxLeaves + 1);
  const refine = leafSteps > 1 ? rows * 1.4e-7 : 0;
  return 0.02 + GROWN * trees * (count + refine + columns * maxLeaves * 1.5e-6);
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
  chosen: TreesSetting,
  tools: FitTools,
): Promise<TreesFoldFit> {
  const { fitted, validationLoss } = await growTrees(
    train,
    {
      ...chosen,
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
