import { seededRandom } from '../../math/random.js';
import type { FeatureSpec } from '../../tables/align.js';
import { type Table, takeBytes, takeNumbers, takeRows } from '../../tables/table.js';
import { checkTrainingSet, logit, type TrainingSet } from '../model.js';
import { learnFeatures } from './bins.js';
import { interactionRule, monotoneDirections } from './constraints.js';
import { exactWeights } from './gradients.js';
import type { Ground } from './ground.js';
import { growTree } from './grow.js';
import type { GrowthRules } from './growing-tree.js';
import type { FittedBoostedTrees, Tree } from './model.js';
import { type OpenGround, openGround } from './open-ground.js';
import { type BoostedTreesOptions, treeSettings } from './options.js';
import { predictBoostedTrees } from './predict.js';
import { sampleColumns, sampleRows } from './sample.js';
import { ValidationWatch } from './validation.js';
import { checkContinuation } from './warm-start.js';

export type { BoostedTreesOptions } from './options.js';

/** The model, and what it cost on the validation rows on the way. */
export interface BoostedTreesFit {
  readonly fitted: FittedBoostedTrees;
  /**
   * Mean log loss in nats after 1, 2, 3, … new trees, to where the growth stopped (`patience` trees behind the
   * best); `null` without validation rows.
   */
  readonly validationLoss: number[] | null;
}

/** How far growth has come. */
export interface BoostingRound {
  /** New trees so far. */
  readonly trees: number;
  /** Mean log loss of the validation rows, `null` without them. */
  readonly validationLoss: number | null;
}

/**
 * Learns gradient-boosted trees for the logistic loss (Friedman 2001; histograms and leaf-wise growth as in
 * LightGBM). Numbers need no scaling; categories and missing values are split as they are.
 *
 * The model is the same to the last bit for any number of threads and with or without WebAssembly; for the same
 * rows in any order, columns in any order, or rows of weight 2 in place of repeated rows too, as long as
 * `rowShare` is 1. Columns that tie are settled by name.
 *
 * @throws ChurnError `bad-option`, `bad-table`, `bad-target` or `too-few-rows`
 * @see https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree
 * @example
 * const { fitted } = fitBoostedTrees({ table, churned, weights: null }, { trees: 20, maxLeaves: 8 });
 * const chances = predictBoostedTrees(fitted, table).map(sigmoid);
 */
export function fitBoostedTrees(train: TrainingSet, options: BoostedTreesOptions = {}): BoostedTreesFit {
  const rounds = boostingRounds(train, options);
  for (let round = rounds.next(); ; round = rounds.next()) if (round.done) return round.value;
}

/**
 * As `fitBoostedTrees`, tree by tree: yields after each, so that a caller can show progress, let signals through,
 * or give up early (`return()` frees memory and threads; so does the end).
 *
 * @example
 * for (const { trees, validationLoss } of boostingRounds({ table, churned, weights: null }, { trees: 5 })) {
 *   console.log(trees, validationLoss);
 * }
 */
export function boostingRounds(
  train: TrainingSet,
  options: BoostedTreesOptions = {},
): Generator<BoostingRound, BoostedTreesFit, void> {
  return growRounds(train, options, openGround);
}

/** As `boostingRounds`, on a ground of the caller's choice. */
export function* growRounds(
  train: TrainingSet,
  options: BoostedTreesOptions,
  open: OpenGround,
): Generator<BoostingRound, BoostedTreesFit, void> {
  const settings = treeSettings(options);
  const start = options.continueFrom ?? null;
  const known = weightedRows(train);
  if (start) checkContinuation(start, known.table);
  const features = start?.features ?? learnFeatures(known.table, known.weights);
  const directions = monotoneDirections(features, options.monotone);
  const allowedBelow = interactionRule(features, options);
  const { validation = null, patience = null } = options;
  const watch = validation && new ValidationWatch(validation);
  const followers = validation?.table ?? null;
  const rows = known.table.rows + (followers?.rows ?? 0);
  const ground = open({ features, train: known, followers, settings, directions }, options.threads);
  try {
    ground.setScores(startScores(start, known, followers));
    const order = usefulColumns(features, ground);
    const rules: GrowthRules = { settings, order, directions, allowedBelow };
    const random = seededRandom(settings.seed);
    const trees: Tree[] = [];
    for (let round = 0; round < settings.trees && !watch?.hasStalled(patience); round++) {
      ground.updateStatistics();
      const own = random.fork(`tree ${(start?.trees.length ?? 0) + round}`);
      const sampled = layRows(ground, known.table.rows, rows, settings.rowShare, own);
      const columns = sampleColumns(order, features.length, settings.columnShare, own.fork('columns'));
      const { tree, leaves } = growTree(ground, rules, sampled, rows, columns);
      ground.addLeafValues(leaves);
      trees.push(tree);
      watch?.add(ground.scoresFrom(known.table.rows));
      yield { trees: trees.length, validationLoss: watch?.losses.at(-1) ?? null };
    }
    const kept = watch && patience !== null ? trees.slice(0, watch.bestCount) : trees;
    const baseScore = start?.baseScore ?? logit(rateOf(known));
    return {
      fitted: { kind: 'boosted-trees', features, baseScore, trees: [...(start?.trees ?? []), ...kept] },
      validationLoss: watch?.losses ?? null,
    };
  } finally {
    ground.close();
  }
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

function rateOf({ churned, weights }: TrainingSet): number {
  let total = 0;
  let leavers = 0;
  churned.forEach((y, row) => {
    const weight = weights ? weights[row]! : 1;
    total += weight;
    leavers += weight * y;
  });
  return leavers / total;
}

/** Scores before the first new tree, of training rows and followers. */
function startScores(
  start: FittedBoostedTrees | null,
  train: TrainingSet,
  followers: Table | null,
): Float64Array {
  const rows = train.table.rows + (followers?.rows ?? 0);
  if (!start) return new Float64Array(rows).fill(logit(rateOf(train)));
  const scores = new Float64Array(rows);
  scores.set(predictBoostedTrees(start, train.table));
  if (followers) scores.set(predictBoostedTrees(start, followers), train.table.rows);
  return scores;
}

/**
 * The columns with anything to ask about, in the order of their names: neither the order of a file's
 * columns nor a column of one value can change a tree, not even where two columns tie.
 */
function usefulColumns(features: readonly FeatureSpec[], ground: Ground): Int32Array {
  const useful = [...features.keys()].filter((column) => ground.isUseful(column));
  return Int32Array.from(useful.sort((a, b) => (features[a]!.name < features[b]!.name ? -1 : 1)));
}

/** Lays out the rows of a tree; returns how many of them it sees. */
function layRows(
  ground: Ground,
  training: number,
  rows: number,
  share: number,
  random: ReturnType<typeof seededRandom>,
): number {
  if (share === 1) {
    ground.layRows(null);
    return training;
  }
  const sample = sampleRows(training, rows, share, random.fork('rows'));
  ground.layRows(sample.rows);
  return sample.sampled;
}
