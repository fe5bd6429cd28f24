import type { ColumnBins } from './bins.js';
import type { Ground, HistogramHandle, LeafValue, Split } from './ground.js';
import { type Bounds, leafQuality, leafStep, minus, type Sums, UNBOUNDED } from './leaf.js';
import type { Tree } from './model.js';
import type { TreeSettings } from './options.js';

/** What growth may ask about, tree after tree. */
export interface GrowthRules {
  readonly settings: TreeSettings;
  /** Columns with anything to ask about, in the order that settles ties. */
  readonly order: Int32Array;
  /** By column: 1 when scores may not fall as the number rises, −1 when they may not rise, else 0. */
  readonly directions: Int32Array;
  /** Columns that may be asked about below the given ones, of those in `sampled`. */
  allowedBelow(path: readonly number[], sampled: Uint8Array): Uint8Array;
}

/** A tree, and the ranges of the ground's list of rows that its leaves hold. */
export interface GrownTree {
  readonly tree: Tree;
  readonly leaves: readonly LeafValue[];
}

/** A range of the list of rows; `followers` of those that only follow. */
interface Range {
  readonly begin: number;
  readonly end: number;
}

interface Leaf {
  readonly node: number;
  readonly path: readonly number[];
  readonly depth: number;
  readonly rows: Range;
  readonly followers: Range;
  readonly sums: Sums;
  readonly bounds: Bounds;
  /** Quality of the leaf as it stands. */
  readonly quality: number;
  /** Kept while a split is waiting, for the children's sake. */
  histogram: HistogramHandle | null;
  split: Split | null;
}

/** Gains below this are rounding. */
const SMALLEST_GAIN = 1e-9;

/**
 * Grows one tree on the first `sampled` rows of the ground's list that asks about `columns` only (one byte per
 * column).
 *
 * Growth is leaf-wise: the leaf whose best split gains most is split next (ties: the older leaf), until
 * there are `maxLeaves` or no split is left. Only the child with fewer rows has its histogram counted; the
 * other's is the difference to their parent's.
 */
export function growTree(
  ground: Ground,
  rules: GrowthRules,
  sampled: number,
  rows: number,
  columns: Uint8Array,
): GrownTree {
  return new Growth(ground, rules, columns).grow(sampled, rows);
}

class Growth {
  private readonly tree: Tree = {
    feature: [],
    threshold: [],
    leftLevels: [],
    missingLeft: [],
    left: [],
    value: [],
    cover: [],
  };
  private readonly settings: TreeSettings;

  constructor(
    private readonly ground: Ground,
    private readonly rules: GrowthRules,
    private readonly sampledColumns: Uint8Array,
  ) {
    this.settings = rules.settings;
  }

  grow(sampled: number, rows: number): GrownTree {
    const { ground, settings, tree } = this;
    const root = this.addLeaf({
      path: [],
      depth: 0,
      rows: { begin: 0, end: sampled },
      followers: { begin: sampled, end: rows },
      sums: ground.sumRows(0, sampled),
      bounds: UNBOUNDED,
    });
    if (this.canSplit(root)) this.countLeaf(root, null, null);
    const leaves = [root];
    for (let at = bestLeaf(leaves); at >= 0 && leaves.length < settings.maxLeaves; at = bestLeaf(leaves)) {
      const leaf = leaves[at]!;
      const [left, right] = this.splitLeaf(leaf, leaf.split!);
      leaves[at] = left;
      leaves.push(right);
      if (leaves.length < settings.maxLeaves) this.prepareChildren(leaf, left, right);
      this.release(leaf);
    }
    const values: LeafValue[] = [];
    for (const leaf of leaves) {
      const value = leafStep(leaf.sums, settings, leaf.bounds) * settings.learningRate;
      tree.value[leaf.node] = value === 0 ? 0 : value;
      values.push({ ...leaf.rows, value }, { ...leaf.followers, value });
      this.release(leaf);
    }
    return { tree, leaves: values };
  }

  private addLeaf(leaf: Pick<Leaf, 'path' | 'depth' | 'rows' | 'followers' | 'sums' | 'bounds'>): Leaf {
    const { tree, settings } = this;
    const node = tree.feature.length;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.leftLevels.push([]);
    tree.missingLeft.push(0);
    tree.left.push(0);
    tree.value.push(0);
    tree.cover.push(leaf.sums.weight);
    const quality = leafQuality(leaf.sums.gradient, leaf.sums.hessian, settings, leaf.bounds);
    return { ...leaf, node, quality, histogram: null, split: null };
  }

  private canSplit({ depth, sums }: Leaf): boolean {
    const { maxDepth, minLeafRows, minLeafHessian } = this.settings;
    return depth < maxDepth && sums.weight >= 2 * minLeafRows && sums.hessian >= 2 * minLeafHessian;
  }

  private splitLeaf(leaf: Leaf, split: Split): [Leaf, Leaf] {
    const { ground } = this;
    const divide = ({ begin, end }: Range): [Range, Range] => {
      const middle = ground.partition(begin, end, split.column, split.goesLeft);
      return [
        { begin, end: middle },
        { begin: middle, end },
      ];
    };
    const rows = divide(leaf.rows);
    const followers = divide(leaf.followers);
    const sums = [split.left, minus(leaf.sums, split.left)] as const;
    const bounds = this.childBounds(leaf, split.column, sums);
    const path = leaf.path.includes(split.column) ? leaf.path : [...leaf.path, split.column];
    const child = (side: 0 | 1): Leaf =>
      this.addLeaf({
        path,
        depth: leaf.depth + 1,
        rows: rows[side],
        followers: followers[side],
        sums: sums[side],
        bounds: bounds[side],
      });
    const children: [Leaf, Leaf] = [child(0), child(1)];
    writeSplit(this.tree, leaf.node, split, ground.columns[split.column]!, children[0].node);
    return children;
  }

  /** A monotone split parts the children's values in the middle, so that nothing below can cross it. */
  private childBounds({ bounds }: Leaf, column: number, sums: readonly [Sums, Sums]): [Bounds, Bounds] {
    const direction = this.rules.directions[column]!;
    if (direction === 0) return [bounds, bounds];
    const step = (own: Sums) => leafStep(own, this.settings, bounds);
    const middle = (step(sums[0]) + step(sums[1])) / 2;
    const below = { ...bounds, high: middle };
    const above = { ...bounds, low: middle };
    return direction > 0 ? [below, above] : [above, below];
  }

  /** Finds the children's best splits, unless both are too small or too deep for one. */
  private prepareChildren(parent: Leaf, left: Leaf, right: Leaf): void {
    const leftIsSmall = left.rows.end - left.rows.begin <= right.rows.end - right.rows.begin;
    const small = leftIsSmall ? left : right;
    const large = leftIsSmall ? right : left;
    if (!this.canSplit(large) && !this.canSplit(small)) return;
    large.histogram = parent.histogram;
    parent.histogram = null;
    this.countLeaf(small, large, large.histogram);
  }

  private countLeaf(leaf: Leaf, sibling: Leaf | null, siblingHistogram: HistogramHandle | null): void {
    const { ground, rules } = this;
    leaf.histogram = ground.takeHistogram();
    const { split, siblingSplit } = ground.count(
      {
        ...leaf.rows,
        histogram: leaf.histogram,
        sibling: siblingHistogram,
        query: this.queryOf(leaf),
        siblingQuery: sibling && this.queryOf(sibling),
      },
      rules.order,
    );
    leaf.split = split;
    if (!split) this.release(leaf);
    if (!sibling) return;
    sibling.split = siblingSplit;
    if (!siblingSplit) this.release(sibling);
  }

  private queryOf(leaf: Leaf) {
    if (!this.canSplit(leaf)) return null;
    const least = leaf.quality + Math.max(this.settings.minSplitGain, SMALLEST_GAIN);
    const allowed = this.rules.allowedBelow(leaf.path, this.sampledColumns);
    return { sums: leaf.sums, bounds: leaf.bounds, least, allowed };
  }

  private release(leaf: Leaf): void {
    if (leaf.histogram !== null) this.ground.releaseHistogram(leaf.histogram);
    leaf.histogram = null;
  }
}

/** The leaf with the highest gain, or −1 when none has a split. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  let most = 0;
  leaves.forEach(({ split, quality }, i) => {
    if (!split) return;
    const gain = split.quality - quality;
    if (best >= 0 && gain <= most) return;
    best = i;
    most = gain;
  });
  return best;
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
