import type { FittedBoostedTrees } from '../models/boosted-trees/model.js';
import { treeInputs } from '../models/boosted-trees/walk.js';
import type { Contributions } from '../models/model.js';
import type { Table } from '../tables/table.js';
import type { LeafGame } from './leaf-game.js';
import { type BranchEffects, type GamesOf, prepareTrees } from './line-tables.js';
import type { Branch } from './tree-branches.js';
import { asBackgroundRows, asTrainingRowsWent, type Background } from './unknown-features.js';

/**
 * How far each feature pushes each row's score, in log-odds: exact Shapley values of the trees.
 *
 * They are *path-dependent*: where a feature is taken as unknown, a row goes down both sides of its
 * questions in proportion to the training rows (`cover`) that went there. The baseline is the mean score of
 * the training rows by that account; baseline and pushes sum to the score. The values are those of
 * Lundberg's TreeSHAP (2018, algorithm 2), reached another way: see `pathGame` for one leaf. Outcomes
 * that many rows share are worked out once.
 *
 * @throws ChurnError `missing-column` or `bad-table` when the table lacks what the model learned from
 * @see https://arxiv.org/abs/1802.03888
 * @example
 * const { features, baseline, values } = contributionsBoostedTrees(trees, table);
 * const firstRow = values.subarray(0, features.length); // sums, with `baseline`, to the first row's score
 */
export function contributionsBoostedTrees(fitted: FittedBoostedTrees, table: Table): Contributions {
  return contributionsWith(fitted, table, asTrainingRowsWent);
}

/**
 * How far each feature pushes each row's score away from that of the background rows, in log-odds: exact
 * *interventional* Shapley values.
 *
 * Where a feature is taken as unknown, it has the value of a background row, whatever the row's other features
 * are; the values are averaged over all background rows, by weight. The baseline is the mean score of
 * the background rows; baseline and pushes sum to the score. A feature that the trees do not ask about, and
 * one with the same value in the row and all of the background, is pushed by 0. "Against last year's customers",
 * "against the accounts that stayed": the background is the comparison. Values are those of Lundberg's
 * interventional TreeSHAP (2020); the work grows with the distinct ways through a branch that rows and
 * background take, not with rows × background rows, so a whole training set can be the background.
 *
 * @throws ChurnError `missing-column` or `bad-table` when a table lacks what the model learned from, or weights are
 * not as many as the rows; `too-few-rows` for a background without rows; `bad-option` for negative weights
 * @see https://doi.org/10.1038/s42256-019-0138-9
 * @example
 * const stayed = takeRows(
 *   table,
 *   [...churned.keys()].filter((row) => churned[row] === 0),
 * );
 * const { baseline, values } = interventionalContributions(trees, table, { table: stayed });
 */
export function interventionalContributions(
  fitted: FittedBoostedTrees,
  table: Table,
  background: Background,
): Contributions {
  return contributionsWith(fitted, table, asBackgroundRows(fitted.features, background));
}

/** 2^10 lines at most. */
const TABLE_BITS = 10;

/** Rows that pass one tree after the other: many, so that a tree's tables stay in the cache meanwhile. */
const BLOCK_ROWS = 16_384;

/** Contributions by either rule for unknown features. */
export function contributionsWith(fitted: FittedBoostedTrees, table: Table, gamesOf: GamesOf): Contributions {
  const { features } = fitted;
  const inputs = treeInputs(features, table);
  const trees = prepareTrees(fitted, { tableBits: TABLE_BITS, gamesOf, effectsOf: pushes });
  const values = new Float64Array(table.rows * features.length);
  for (let begin = 0; begin < table.rows; begin += BLOCK_ROWS) {
    const end = Math.min(begin + BLOCK_ROWS, table.rows);
    const sums = features.map(() => new Float64Array(end - begin));
    trees.addTo(
      sums,
      inputs.map((input) => input.subarray(begin, end)),
    );
    sums.forEach((sum, feature) => {
      const at = begin * features.length + feature;
      for (let row = 0; row < sum.length; row++) values[at + row * features.length] = sum[row]!;
    });
  }
  return { features: features.map(({ name }) => name), baseline: fitted.baseScore + trees.mean, values };
}

/** One sum for each feature of the model. */
function pushes({ features, leaves }: Branch, games: readonly LeafGame[]): BranchEffects {
  return {
    targets: features,
    leaves: leaves.map(({ places }, i) => ({ places, add: games[i]!.addShapley })),
  };
}
