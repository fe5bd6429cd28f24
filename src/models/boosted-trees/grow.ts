import type { BinnedTable, ColumnBins } from './bins.js';
import { STATISTICS } from './gradients.js';
import { emptyHistogram, fillHistogram, type Sums, subtractHistogram, sumRows } from './histogram.js';
import { leafValue, minus } from './leaf.js';
import type { Tree } from './model.js';
import type { TreeSettings } from './options.js';
import { partitionRows } from './partition.js';
import { findSplit, type Split } from './split.js';

/** What trees are grown from; the memory for histograms and partitions serves tree after tree. */
export interface Ground {
  readonly table: BinnedTable;
  readonly settings: TreeSettings;
  /** Gradient, Hessian and weight of each row. */
  readonly statistics: Float64Array;
  readonly spareHistograms: Float64Array[];
  readonly scratch: Int32Array;
}

/** Makes the ground for any number of trees. */
export function makeGround(table: BinnedTable, settings: TreeSettings): Ground {
  return {
    table,
    settings,
    statistics: new Float64Array(table.rows * STATISTICS),
    spareHistograms: [],
    scratch: new Int32Array(table.rows),
  };
}

/** A tree, and where its training rows went. */
export interface GrownTree {
  readonly tree: Tree;
  /** Each leaf's node and its range of `rows`, which growth reorders. */
  readonly leaves: readonly { readonly node: number; readonly begin: number; readonly end: number }[];
  /** By node: the side that each bin takes at a split. */
  readonly goesLeft: readonly Uint8Array[];
}

interface Leaf {
  readonly node: number;
  readonly depth: number;
  readonly begin: number;
  readonly end: number;
  readonly sums: Sums;
  /** Kept while a split is waiting, for the children's sake. */
  histogram: Float64Array | null;
  split: Split | null;
}

/**
 * Grows one tree on `rows` that asks about `columns` only.
 *
 * Growth is leaf-wise: the leaf whose best split gains most is split next (ties: the older leaf), until
 * there are `maxLeaves` or no split is left. Only the child with fewer rows has its histogram counted; the
 * other's is the difference to their parent's.
 */
export function growTree(ground: Ground, rows: Int32Array, columns: Int32Array): GrownTree {
  const { settings, statistics } = ground;
  const tree: Tree = {
    feature: [],
    threshold: [],
    leftLevels: [],
    missingLeft: [],
    left: [],
    value: [],
    cover: [],
  };
  const goesLeft: Uint8Array[] = [];
  const root = addLeaf(tree, 0, 0, rows.length, sumRows(statistics, rows, 0, rows.length));
  if (canSplit(root, settings)) {
    countLeaf(root, ground, rows);
    chooseSplit(root, ground, columns);
  }
  const leaves = [root];
  for (let at = bestLeaf(leaves); at >= 0 && leaves.length < settings.maxLeaves; at = bestLeaf(leaves)) {
    const leaf = leaves[at]!;
    const [left, right] = splitLeaf(leaf, leaf.split!, tree, ground, rows);
    goesLeft[leaf.node] = leaf.split!.goesLeft;
    leaves[at] = left;
    leaves.push(right);
    if (leaves.length < settings.maxLeaves) prepareChildren(leaf, left, right, ground, rows, columns);
    release(leaf, ground);
  }
  for (const leaf of leaves) {
    tree.value[leaf.node] = leafValue(leaf.sums, settings);
    release(leaf, ground);
  }
  return { tree, leaves, goesLeft };
}

function addLeaf(tree: Tree, depth: number, begin: number, end: number, sums: Sums): Leaf {
  const node = tree.feature.length;
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.leftLevels.push([]);
  tree.missingLeft.push(0);
  tree.left.push(0);
  tree.value.push(0);
  tree.cover.push(sums.weight);
  return { node, depth, begin, end, sums, histogram: null, split: null };
}

function canSplit({ depth, sums }: Leaf, settings: TreeSettings): boolean {
  return (
    depth < settings.maxDepth &&
    sums.weight >= 2 * settings.minLeafRows &&
    sums.hessian >= 2 * settings.minLeafHessian
  );
}

/** The leaf with the highest gain, or −1 when none has a split. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  leaves.forEach(({ split }, i) => {
    if (split && (best < 0 || split.gain > leaves[best]!.split!.gain)) best = i;
  });
  return best;
}

function splitLeaf(leaf: Leaf, split: Split, tree: Tree, ground: Ground, rows: Int32Array): [Leaf, Leaf] {
  const { node, depth, begin, end, sums } = leaf;
  const { table, scratch } = ground;
  const middle = partitionRows(rows, begin, end, table.bytes[split.column]!, split.goesLeft, scratch);
  const left = addLeaf(tree, depth + 1, begin, middle, split.left);
  const right = addLeaf(tree, depth + 1, middle, end, minus(sums, split.left));
  writeSplit(tree, node, split, table.columns[split.column]!, left.node);
  return [left, right];
}

/** Puts a split in the model's words: a threshold or a set of levels instead of bins. */
function writeSplit(
  tree: Tree,
  node: number,
  { column, goesLeft }: Split,
  cut: ColumnBins,
  left: number,
): void {
  const missing = cut.bins - 1;
  tree.feature[node] = column;
  tree.left[node] = left;
  tree.missingLeft[node] = goesLeft[missing]!;
  if (cut.kind === 'category') {
    for (let level = 0; level < missing; level++) {
      if (goesLeft[level]) tree.leftLevels[node]!.push(level);
    }
  } else {
    const lastLeft = goesLeft.subarray(0, missing).lastIndexOf(1);
    tree.threshold[node] = cut.thresholds[lastLeft] ?? Number.MAX_VALUE;
  }
}

/** Finds the children's best splits, unless both are too small or too deep for one. */
function prepareChildren(
  parent: Leaf,
  left: Leaf,
  right: Leaf,
  ground: Ground,
  rows: Int32Array,
  columns: Int32Array,
): void {
  const leftIsSmall = left.end - left.begin <= right.end - right.begin;
  const small = leftIsSmall ? left : right;
  const large = leftIsSmall ? right : left;
  const splitLarge = canSplit(large, ground.settings);
  const splitSmall = canSplit(small, ground.settings);
  if (!splitLarge && !splitSmall) return;
  countLeaf(small, ground, rows);
  if (splitLarge) {
    large.histogram = parent.histogram!;
    parent.histogram = null;
    subtractHistogram(large.histogram, small.histogram!);
    chooseSplit(large, ground, columns);
  }
  if (splitSmall) chooseSplit(small, ground, columns);
  else release(small, ground);
}

function countLeaf(leaf: Leaf, ground: Ground, rows: Int32Array): void {
  leaf.histogram = ground.spareHistograms.pop() ?? emptyHistogram(ground.table);
  fillHistogram(leaf.histogram, ground.table, ground.statistics, rows, leaf.begin, leaf.end);
}

function chooseSplit(leaf: Leaf, ground: Ground, columns: Int32Array): void {
  leaf.split = findSplit(leaf.histogram!, ground.table, columns, leaf.sums, ground.settings);
  if (!leaf.split) release(leaf, ground);
}

function release(leaf: Leaf, { spareHistograms }: Ground): void {
  if (leaf.histogram) spareHistograms.push(leaf.histogram);
  leaf.histogram = null;
}
