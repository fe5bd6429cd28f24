import type { FittedBoostedTrees, Tree } from '../models/boosted-trees/model.js';
import { type CompiledTrees, childOf, compileTrees, treeInputs } from '../models/boosted-trees/walk.js';
import type { Contributions } from '../models/model.js';
import type { FeatureSpec } from '../tables/align.js';
import type { Table } from '../tables/table.js';
import { addLeafShapley } from './leaf-shapley.js';
import { type Branch, cutTree, type NodePath, nodePaths } from './tree-branches.js';

/**
 * How far each feature pushes each row's score, in log-odds: exact Shapley values of the trees.
 *
 * They are *path-dependent*: where a feature is taken as unknown, a row goes down both sides of its
 * questions in proportion to the training rows (`cover`) that went there. The baseline is the mean score of
 * the training rows by that account; baseline and pushes sum to the score. The values are those of
 * Lundberg's TreeSHAP (2018, algorithm 2), reached another way: see `addLeafShapley` for one leaf. Outcomes
 * that many rows share are worked out once.
 *
 * @throws ChurnError `missing-column` or `bad-table` when the table lacks what the model learned from
 * @see https://arxiv.org/abs/1802.03888
 * @example
 * const { features, baseline, values } = contributionsBoostedTrees(fitted, table);
 * const firstRow = values.subarray(0, features.length); // sums, with `baseline`, to the first row's score
 */
export function contributionsBoostedTrees(fitted: FittedBoostedTrees, table: Table): Contributions {
  const { features } = fitted;
  const inputs = treeInputs(features, table);
  const values = new Float64Array(table.rows * features.length);
  const trees = fitted.trees.map((tree) => prepareTree(tree, features));
  for (let begin = 0; begin < table.rows; begin += BLOCK_ROWS) {
    const end = Math.min(begin + BLOCK_ROWS, table.rows);
    const block = values.subarray(begin * features.length, end * features.length);
    const cells = inputs.map((input) => input.subarray(begin, end));
    for (const tree of trees) pushTree(block, tree, cells);
  }
  return {
    features: features.map(({ name }) => name),
    baseline: trees.reduce((sum, { mean }) => sum + mean, fitted.baseScore),
    values,
  };
}

/** Branches of no more bits keep a table of pushes, 2^10 lines at most. */
const TABLE_BITS = 10;

/** Rows that pass one tree after the other: many, so that a tree's tables stay in the cache meanwhile. */
const BLOCK_ROWS = 16_384;

interface PreparedTree {
  readonly compiled: CompiledTrees;
  /** Mean value over the training rows. */
  readonly mean: number;
  readonly splits: readonly number[];
  readonly branches: readonly { readonly branch: Branch; readonly table: PushTable }[];
}

/** A branch's pushes on its features, line by line, each found when it first occurs. */
interface PushTable {
  readonly pushes: Float64Array;
  /** Empty for a branch of too many bits, which has room for one line only. */
  readonly isKnown: Uint8Array;
}

function prepareTree(tree: Tree, features: readonly FeatureSpec[]): PreparedTree {
  const paths = nodePaths(tree);
  return {
    compiled: compileTrees(features, [tree]),
    mean: meanValue(tree, paths),
    splits: [...tree.feature.keys()].filter((node) => tree.feature[node]! >= 0),
    branches: cutTree(tree, paths, TABLE_BITS).map((branch) => ({ branch, table: emptyTable(branch) })),
  };
}

function emptyTable({ bits, features }: Branch): PushTable {
  const lines = bits <= TABLE_BITS ? 2 ** bits : 0;
  return { pushes: new Float64Array(Math.max(lines, 1) * features.length), isKnown: new Uint8Array(lines) };
}

function meanValue(tree: Tree, paths: readonly NodePath[]): number {
  return tree.feature.reduce(
    (mean, feature, node) =>
      feature < 0
        ? mean + paths[node]!.shares.reduce((part, share) => part * share, tree.value[node]!)
        : mean,
    0,
  );
}

/** Adds the tree's pushes on the rows of a block; `cells` holds their inputs, column by column. */
function pushTree(
  values: Float64Array,
  { compiled, splits, branches }: PreparedTree,
  cells: readonly Float64Array[],
) {
  const lines = new Int32Array(cells[0]?.length ?? 0);
  const sides: Uint8Array[] = [];
  for (const split of splits) sides[split] = sidesTaken(compiled, split, cells[compiled.feature[split]!]!);
  for (const { branch, table } of branches) {
    findLines(lines, branch, sides);
    addPushes(values, cells.length, lines, branch, table);
  }
}

/** 1 for each row that goes left at the split. */
function sidesTaken(compiled: CompiledTrees, split: number, cells: Float64Array): Uint8Array {
  const sides = new Uint8Array(cells.length);
  const right = compiled.left[split]! + 1;
  for (let row = 0; row < cells.length; row++) sides[row] = right - childOf(compiled, split, cells[row]!);
  return sides;
}

function findLines(lines: Int32Array, { bits, conditions }: Branch, sides: readonly Uint8Array[]): void {
  lines.fill(2 ** bits - 1);
  for (const { split, left, bit } of conditions) {
    const side = sides[split]!;
    for (let row = 0; row < lines.length; row++) lines[row]! &= ~((side[row]! ^ left) << bit);
  }
}

function addPushes(
  values: Float64Array,
  width: number,
  lines: Int32Array,
  branch: Branch,
  { pushes, isKnown }: PushTable,
): void {
  const { features } = branch;
  const hasTable = isKnown.length > 0;
  for (let row = 0, start = 0; row < lines.length; row++, start += width) {
    const line = lines[row]!;
    const at = hasTable ? line * features.length : 0;
    if (!hasTable || isKnown[line] === 0) {
      findPushes(pushes, at, branch, line);
      if (hasTable) isKnown[line] = 1;
    }
    for (let k = 0; k < features.length; k++) values[start + features[k]!]! += pushes[at + k]!;
  }
}

function findPushes(pushes: Float64Array, at: number, { leaves, features }: Branch, line: number): void {
  pushes.fill(0, at, at + features.length);
  for (const { value, shares, places, conditions } of leaves) {
    let met = 2 ** shares.length - 1;
    for (const { bit, set, feature } of conditions) {
      if (((line >> bit) & 1) !== set) met &= ~(1 << feature);
    }
    addLeafShapley(pushes, at, places, met, shares, value);
  }
}
