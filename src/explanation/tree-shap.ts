import type { FittedBoostedTrees, Tree } from '../models/boosted-trees/model.js';
import { type CompiledTrees, childOf, compileTrees, treeInputs } from '../models/boosted-trees/walk.js';
import type { Contributions } from '../models/model.js';
import type { Table } from '../tables/table.js';
import { addLeafShapley } from './leaf-shapley.js';

/**
 * How far each feature pushes each row's score, in log-odds: exact Shapley values of the trees.
 *
 * They are *path-dependent*: where a feature is taken as unknown, a row goes down both sides of its
 * questions in proportion to the training rows (`cover`) that went there. The baseline is the mean score of
 * the training rows by that account; baseline and pushes sum to the score. The values are those of
 * Lundberg's TreeSHAP (2018, algorithm 2), reached another way: see `addLeafShapley` for one leaf.
 *
 * @throws ChurnError `missing-column` or `bad-table` when the table lacks what the model learned from
 * @see https://arxiv.org/abs/1802.03888
 * @example
 * const { features, baseline, values } = contributionsBoostedTrees(fitted, table);
 * const firstRow = values.subarray(0, features.length); // sums, with `baseline`, to the first row's score
 */
export function contributionsBoostedTrees(fitted: FittedBoostedTrees, table: Table): Contributions {
  const { features, trees } = fitted;
  const inputs = treeInputs(features, table);
  const values = new Float64Array(table.rows * features.length);
  let baseline = fitted.baseScore;
  for (const tree of trees) {
    const paths = nodePaths(tree);
    const mean = meanValue(tree, paths);
    baseline += mean;
    const compiled = compileTrees(features, [tree]);
    if (tree.feature.length === 3) pushStump(values, features.length, compiled, mean, inputs);
    else if (tree.feature.length > 3) pushTree(values, features.length, compiled, tree, paths, inputs);
  }
  return { features: features.map(({ name }) => name), baseline, values };
}

/** The features asked about on the way to a node, each once, in order of first asking. */
interface NodePath {
  readonly features: readonly number[];
  /** Share of the training rows that meet the path's conditions on that feature, given those before. */
  readonly shares: readonly number[];
}

function nodePaths(tree: Tree): NodePath[] {
  const paths: NodePath[] = [{ features: [], shares: [] }];
  tree.feature.forEach((feature, node) => {
    if (feature < 0) return;
    const { features, shares } = paths[node]!;
    const place = features.indexOf(feature);
    for (const child of [tree.left[node]!, tree.left[node]! + 1]) {
      const share = tree.cover[child]! / tree.cover[node]!;
      paths[child] =
        place < 0
          ? { features: [...features, feature], shares: [...shares, share] }
          : { features, shares: shares.with(place, shares[place]! * share) };
    }
  });
  return paths;
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

/** A stump's feature carries all that the row differs from the mean. */
function pushStump(
  values: Float64Array,
  width: number,
  stump: CompiledTrees,
  mean: number,
  inputs: readonly Float64Array[],
): void {
  const feature = stump.feature[0]!;
  const input = inputs[feature]!;
  for (let row = 0, at = feature; row < input.length; row++, at += width) {
    values[at]! += stump.value[childOf(stump, 0, input[row]!)]! - mean;
  }
}

/** A branch keeps a table of pushes when no more bits than this decide them: 2^10 lines at most. */
const TABLE_BITS = 10;

/**
 * A part of a tree, from one node down. Its pushes on a row depend on a few bits: for each feature of the
 * path to its top, whether the row meets the path's conditions; for each of its own splits, the side taken.
 */
interface Branch {
  readonly top: number;
  /** Features on the path to `top`. */
  readonly pathBits: number;
  readonly splits: Int32Array;
  readonly leaves: readonly { node: number; places: Int32Array; shares: Float64Array; value: number }[];
  /** Features that the branch pushes, by place in a line of the table. */
  readonly features: Int32Array;
  /** Pushes by outcome, filled when an outcome first occurs; a single line when bits are too many. */
  readonly table: Float64Array;
  readonly isKnown: Uint8Array;
}

/** Cuts a tree into a trunk, in the order of its nodes, and branches small enough for a table. */
function cutTree(tree: Tree, paths: readonly NodePath[]): { trunk: number[]; branches: Branch[] } {
  const splits = tree.feature.map((feature) => (feature < 0 ? 0 : 1));
  for (let node = splits.length - 1; node >= 0; node--) {
    const left = tree.left[node]!;
    if (left > 0) splits[node]! += splits[left]! + splits[left + 1]!;
  }
  const trunk: number[] = [];
  const branches: Branch[] = [];
  for (const waiting = [0]; waiting.length > 0; ) {
    const node = waiting.pop()!;
    if (tree.feature[node]! < 0 || paths[node]!.features.length + splits[node]! <= TABLE_BITS) {
      branches.push(makeBranch(tree, paths, node));
    } else {
      trunk.push(node);
      waiting.push(tree.left[node]!, tree.left[node]! + 1);
    }
  }
  return { trunk, branches };
}

function makeBranch(tree: Tree, paths: readonly NodePath[], top: number): Branch {
  const nodes = [top];
  for (const node of nodes) {
    if (tree.feature[node]! >= 0) nodes.push(tree.left[node]!, tree.left[node]! + 1);
  }
  const leaves = nodes.filter((node) => tree.feature[node]! < 0);
  const splits = nodes.filter((node) => tree.feature[node]! >= 0);
  const features = [...new Set(leaves.flatMap((node) => paths[node]!.features))];
  const pathBits = paths[top]!.features.length;
  const bits = pathBits + splits.length;
  const lines = bits <= TABLE_BITS ? 2 ** bits : 0;
  return {
    top,
    pathBits,
    splits: Int32Array.from(splits),
    leaves: leaves.map((node) => ({
      node,
      places: Int32Array.from(paths[node]!.features, (feature) => features.indexOf(feature)),
      shares: Float64Array.from(paths[node]!.shares),
      value: tree.value[node]!,
    })),
    features: Int32Array.from(features),
    table: new Float64Array(Math.max(lines, 1) * features.length),
    isKnown: new Uint8Array(lines),
  };
}

function pushTree(
  values: Float64Array,
  width: number,
  compiled: CompiledTrees,
  tree: Tree,
  paths: readonly NodePath[],
  inputs: readonly Float64Array[],
): void {
  const { trunk, branches } = cutTree(tree, paths);
  const walk = { compiled, inputs, bits: splitBits(tree, paths), met: new Int32Array(tree.feature.length) };
  for (let row = 0; row < inputs[0]!.length; row++) {
    for (const node of trunk) sendDownBoth(walk, node, row);
    for (const branch of branches) {
      const { table, features } = branch;
      const at = branchLine(walk, branch, row) * features.length;
      for (let i = 0; i < features.length; i++) values[row * width + features[i]!]! += table[at + i]!;
    }
  }
}

/** One row on its way down all branches at once. */
interface Walk {
  readonly compiled: CompiledTrees;
  readonly inputs: readonly Float64Array[];
  readonly bits: readonly { readonly bit: number; readonly firstBit: number }[];
  /** By node: bit i is 1 when the row meets the conditions on feature i of the node's path. */
  readonly met: Int32Array;
}

/** By node of a split: its feature's bit in the paths below, and that bit again (or 0) if it is new there. */
function splitBits(tree: Tree, paths: readonly NodePath[]): Walk['bits'] {
  return tree.feature.map((feature, node) => {
    const { features } = paths[node]!;
    const place = features.indexOf(feature);
    return place < 0
      ? { bit: 1 << features.length, firstBit: 1 << features.length }
      : { bit: 1 << place, firstBit: 0 };
  });
}

function takenChild({ compiled, inputs }: Walk, node: number, row: number): number {
  return childOf(compiled, node, inputs[compiled.feature[node]!]![row]!);
}

function sendDownBoth(walk: Walk, node: number, row: number): void {
  const { met, bits, compiled } = walk;
  const { bit, firstBit } = bits[node]!;
  const taken = takenChild(walk, node, row);
  const other = 2 * compiled.left[node]! + 1 - taken;
  met[taken] = met[node]! | firstBit;
  met[other] = met[node]! & ~bit;
}

/** The line of the branch's table that holds the row's pushes, filled if it is not yet. */
function branchLine(walk: Walk, branch: Branch, row: number): number {
  const { splits, leaves, table, isKnown, features } = branch;
  let line = 0;
  if (isKnown.length > 0) {
    line = walk.met[branch.top]!;
    for (let i = 0; i < splits.length; i++) {
      const node = splits[i]!;
      const isLeft = takenChild(walk, node, row) === walk.compiled.left[node]!;
      if (isLeft) line |= 1 << (branch.pathBits + i);
    }
    if (isKnown[line]) return line;
    isKnown[line] = 1;
  }
  const at = line * features.length;
  table.fill(0, at, at + features.length);
  for (const node of splits) sendDownBoth(walk, node, row);
  for (const { node, places, shares, value } of leaves) {
    addLeafShapley(table, at, places, walk.met[node]!, shares, value);
  }
  return line;
}
