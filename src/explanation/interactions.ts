import { ChurnError } from '../errors.js';
import type { FittedBoostedTrees } from '../models/boosted-trees/model.js';
import { treeInputs } from '../models/boosted-trees/walk.js';
import type { Table } from '../tables/table.js';
import type { LeafGame } from './leaf-game.js';
import { type BranchEffects, type PreparedTrees, prepareTrees } from './line-tables.js';
import type { Branch } from './tree-branches.js';
import { contributionsWith } from './tree-shap.js';
import { asBackgroundRows, asTrainingRowsWent, type Background } from './unknown-features.js';

export interface InteractionOptions {
  /** Rows to compare with (interventional); without them unknown features go as training rows went (path-dependent). */
  readonly background?: Background;
}

/**
 * Each row's score taken apart by pairs of features, in log-odds:
 * `values[(row * features.length + i) * features.length + j]`. The matrix of a row is symmetric; beside the diagonal
 * stand halves of what two features together push beyond each alone, on it what is left of the feature's own push.
 * Each line of the matrix sums to the feature's push, and all of it with `baseline` to the score.
 */
export interface Interactions {
  readonly features: readonly string[];
  readonly baseline: number;
  readonly values: Float64Array;
}

/** Two features and how much they push together, over many rows. */
export interface PairInteraction {
  /** In the order of the model's features. */
  readonly features: readonly [string, string];
  /** Mean over the rows of |what the pair pushes beyond each alone|, in log-odds, both halves of the matrix. */
  readonly strength: number;
}

/**
 * SHAP interaction values of the trees: exact Shapley interaction indices (Grabisch), halved between the two places
 * of a pair as by Lundberg (2018, section 4). Path-dependent as `contributionsBoostedTrees`, the convention of
 * `shap_interaction_values`; with a background, interventional as `interventionalContributions`.
 *
 * For a few rows, all pairs: the answer holds rows × features² numbers. See `strongestInteractions` for many.
 *
 * @throws ChurnError `bad-option` when the answer would hold more than 2^27 numbers; `missing-column`, `bad-table`,
 * `too-few-rows` as the contributions do
 * @see https://arxiv.org/abs/1802.03888
 * @example
 * const { features, values } = interactionsBoostedTrees(trees, takeRows(table, [7]));
 * const at = features.indexOf('tenure_months') * features.length + features.indexOf('csat');
 * const together = 2 * values[at]!; // beyond what each pushes alone
 */
export function interactionsBoostedTrees(
  fitted: FittedBoostedTrees,
  table: Table,
  { background }: InteractionOptions = {},
): Interactions {
  const width = fitted.features.length;
  requireRoom(table.rows, width);
  const gamesOf = background ? asBackgroundRows(fitted.features, background) : asTrainingRowsWent;
  const { features, baseline, values: pushes } = contributionsWith(fitted, table, gamesOf);
  const values = new Float64Array(table.rows * width * width);
  pushes.forEach((push, at) => {
    values[at * width + (at % width)] = push;
  });
  eachPairSum(fitted, table, background, ([i, j], sum, begin) => {
    for (let row = 0; row < sum.length; row++) {
      const at = (begin + row) * width * width;
      const half = sum[row]! / 2;
      values[at + i * width + j] = half;
      values[at + j * width + i] = half;
      values[at + i * width + i]! -= half;
      values[at + j * width + j]! -= half;
    }
  });
  return { features, baseline, values };
}

/**
 * The pairs of features that push most together, by the mean over the table's rows, strongest first; equal ones in
 * the order of the features. Pairs that no path of a tree asks about together do not interact and are not listed.
 * Values as of `interactionsBoostedTrees`, rows taken in blocks, so that memory does not grow with the table.
 *
 * @throws ChurnError `bad-option` when `most` is not a whole number of at least 1, `too-few-rows` for a table without
 * rows; `missing-column`, `bad-table` as the contributions do
 * @example
 * for (const { features, strength } of strongestInteractions(trees, table, { most: 3 })) {
 *   console.log(features.join(' and '), strength);
 * }
 */
export function strongestInteractions(
  fitted: FittedBoostedTrees,
  table: Table,
  { most = 10, background }: InteractionOptions & { readonly most?: number } = {},
): PairInteraction[] {
  if (!Number.isInteger(most) || most < 1) {
    throw new ChurnError(
      'bad-option',
      `strongestInteractions: most must be a whole number from 1, found ${most}`,
    );
  }
  if (table.rows === 0) throw new ChurnError('too-few-rows', 'strongestInteractions: the table has no rows');
  const totals = new Map<string, { pair: Pair; total: number }>();
  eachPairSum(fitted, table, background, (pair, sum) => {
    const entry = totals.get(pair.join()) ?? { pair, total: 0 };
    for (const push of sum) entry.total += Math.abs(push);
    totals.set(pair.join(), entry);
  });
  return [...totals.values()]
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1])
    .slice(0, most)
    .map(({ pair: [i, j], total }) => ({
      features: [fitted.features[i]!.name, fitted.features[j]!.name],
      strength: total / table.rows,
    }));
}

/** Indices of two features, the lower first. */
type Pair = readonly [number, number];

/** 2^8 lines: a branch has more pairs than features, and its tables must stay small. */
const TABLE_BITS = 8;
/** Numbers of a block of rows: 32 MB. */
const BLOCK_NUMBERS = 2 ** 22;
const MOST_BLOCK_ROWS = 16_384;
const MOST_NUMBERS = 2 ** 27;

function requireRoom(rows: number, width: number): void {
  if (rows * width * width <= MOST_NUMBERS) return;
  const fitting = Math.floor(MOST_NUMBERS / width ** 2);
  throw new ChurnError(
    'bad-option',
    `interactionsBoostedTrees: ${rows} rows × ${width}² features are more than ${MOST_NUMBERS} numbers; take at most ` +
      `${fitting} rows, or ask strongestInteractions`,
    { rows, features: width },
  );
}

/** Visits every pair that can interact, block by block of rows, with the whole interaction (both halves) of each row. */
function eachPairSum(
  fitted: FittedBoostedTrees,
  table: Table,
  background: Background | undefined,
  visit: (pair: Pair, sum: Float64Array, begin: number) => void,
): void {
  const inputs = treeInputs(fitted.features, table);
  const { trees, pairs } = preparePairs(fitted, background);
  const blockRows = Math.max(64, Math.min(MOST_BLOCK_ROWS, Math.floor(BLOCK_NUMBERS / (pairs.length + 1))));
  for (let begin = 0; begin < table.rows; begin += blockRows) {
    const end = Math.min(begin + blockRows, table.rows);
    const sums = pairs.map(() => new Float64Array(end - begin));
    trees.addTo(
      sums,
      inputs.map((input) => input.subarray(begin, end)),
    );
    for (let k = 0; k < pairs.length; k++) visit(pairs[k]!, sums[k]!, begin);
  }
}

/** One sum for each pair of features that some path asks about together, numbered as they turn up. */
function preparePairs(
  fitted: FittedBoostedTrees,
  background: Background | undefined,
): { trees: PreparedTrees; pairs: readonly Pair[] } {
  const pairs: Pair[] = [];
  const numbers = new Map<number, number>();
  const numberOf = (first: number, second: number): number => {
    const [i, j] = first < second ? [first, second] : [second, first];
    const key = i * fitted.features.length + j;
    if (!numbers.has(key)) numbers.set(key, pairs.push([i, j]) - 1);
    return numbers.get(key)!;
  };
  const trees = prepareTrees(fitted, {
    tableBits: TABLE_BITS,
    gamesOf: background ? asBackgroundRows(fitted.features, background) : asTrainingRowsWent,
    effectsOf: (branch, games) => pairEffects(branch, games, numberOf),
  });
  return { trees, pairs };
}

function pairEffects(
  { features, leaves }: Branch,
  games: readonly LeafGame[],
  numberOf: (first: number, second: number) => number,
): BranchEffects {
  const leafPairs = leaves.map(({ places }) =>
    places.flatMap((place, k) =>
      places.slice(k + 1).map((other) => numberOf(features[place]!, features[other]!)),
    ),
  );
  const targets = [...new Set(leafPairs.flat())];
  const placeOf = new Map(targets.map((target, place) => [target, place]));
  return {
    targets: Int32Array.from(targets),
    leaves: leafPairs.map((numbers, i) => ({
      places: numbers.map((number) => placeOf.get(number)!),
      add: games[i]!.addInteractions,
    })),
  };
}
