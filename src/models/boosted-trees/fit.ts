import { seededRandom } from '../../math/random.js';
import { takeBytes, takeNumbers, takeRows } from '../../tables/table.js';
import { checkTrainingSet, logit, type TrainingSet } from '../model.js';
import { binTable, learnFeatures } from './bins.js';
import { exactWeights, updateStatistics } from './gradients.js';
import { type GrownTree, growTree, makeGround } from './grow.js';
import type { FittedBoostedTrees, Tree } from './model.js';
import { type BoostedTreesOptions, treeSettings } from './options.js';
import { sampleColumns, sampleRows, usefulColumns } from './sample.js';
import { ValidationWatch } from './validation.js';

export type { BoostedTreesOptions } from './options.js';

/** The model, and what it cost on the validation rows on the way. */
export interface BoostedTreesFit {
  readonly fitted: FittedBoostedTrees;
  /**
   * Mean log loss in nats after 1, 2, 3, … trees, to where the growth stopped (`patience` trees behind the
   * best); `null` without validation rows.
   */
  readonly validationLoss: number[] | null;
}

/**
 * Learns gradient-boosted trees for the logistic loss (Friedman 2001; histograms and leaf-wise growth as in
 * LightGBM). Numbers need no scaling; categories and missing values are split as they are.
 *
 * The same rows in any order, columns in any order, or rows of weight 2 in place of repeated rows give the
 * same model to the bit, as long as `rowShare` is 1. Columns that tie are settled by name.
 *
 * @throws ChurnError `bad-option`, `bad-table`, `bad-target` or `too-few-rows`
 * @see https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree
 * @example
 * const { fitted } = fitBoostedTrees({ table, churned, weights: null }, { trees: 100, maxLeaves: 8 });
 * const probabilities = predictBoostedTrees(fitted, table).map(sigmoid);
 */
export function fitBoostedTrees(train: TrainingSet, options: BoostedTreesOptions = {}): BoostedTreesFit {
  const settings = treeSettings(options);
  const { table, churned, weights } = weightedRows(train);
  const features = learnFeatures(table, weights);
  const binned = binTable(features, table, weights, settings.maxBins);
  const useful = usefulColumns(
    binned,
    features.map(({ name }) => name),
  );
  const { total, rate } = weighOutcomes({ table, churned, weights });
  const baseScore = logit(rate);
  const scores = new Float64Array(table.rows).fill(baseScore);
  const ground = makeGround(binned, settings);
  const random = seededRandom(settings.seed);
  const [rowRandom, columnRandom] = [random.fork('rows'), random.fork('columns')];
  const { validation, patience = null } = options;
  const watch = validation ? new ValidationWatch(validation, features, baseScore) : null;
  const trees: Tree[] = [];

  for (let round = 0; round < settings.trees && !watch?.hasStalled(patience); round++) {
    updateStatistics(ground.statistics, scores, churned, weights, total);
    const rows = sampleRows(table.rows, settings.rowShare, rowRandom);
    const grown = growTree(ground, rows, sampleColumns(useful, settings.columnShare, columnRandom));
    trees.push(grown.tree);
    if (settings.rowShare < 1) addByWalk(scores, grown, binned.bytes);
    else addByLeaf(scores, grown, rows);
    watch?.add(grown.tree);
  }
  const kept = watch && patience !== null ? trees.slice(0, watch.bestCount) : trees;
  return {
    fitted: { kind: 'boosted-trees', features, baseScore, trees: kept },
    validationLoss: watch?.losses ?? null,
  };
}

/** The rows that weigh anything, their weights rounded so that sums are exact. */
function weightedRows(train: TrainingSet): TrainingSet {
  checkTrainingSet('fitBoostedTrees', train);
  const weights = exactWeights(train.weights);
  if (!weights?.includes(0)) return { ...train, weights };
  const rows = Int32Array.from([...weights.keys()].filter((row) => weights[row]! > 0));
  const kept = {
    table: takeRows(train.table, rows),
    churned: takeBytes(train.churned, rows),
    weights: takeNumbers(weights, rows),
  };
  checkTrainingSet('fitBoostedTrees', kept);
  return kept;
}

function weighOutcomes({ churned, weights }: TrainingSet): { total: number; rate: number } {
  let total = 0;
  let leavers = 0;
  churned.forEach((y, row) => {
    const weight = weights ? weights[row]! : 1;
    total += weight;
    leavers += weight * y;
  });
  return { total, rate: leavers / total };
}

/** Adds each leaf's value to the rows that growth brought there. */
function addByLeaf(scores: Float64Array, { tree, leaves }: GrownTree, rows: Int32Array): void {
  for (const { node, begin, end } of leaves) {
    const value = tree.value[node]!;
    for (let i = begin; i < end; i++) scores[rows[i]!]! += value;
  }
}

/** Adds the tree to every row, also those outside its sample. */
function addByWalk(scores: Float64Array, { tree, goesLeft }: GrownTree, bytes: readonly Uint8Array[]): void {
  for (let row = 0; row < scores.length; row++) {
    let node = 0;
    while (tree.left[node] !== 0) {
      node = tree.left[node]! + 1 - goesLeft[node]![bytes[tree.feature[node]!]![row]!]!;
    }
    scores[row]! += tree.value[node]!;
  }
}
