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

/** A range of the list of rows. */
interface Range {
  readonly begin: number;
  readonly end: number;
}

/** A leaf of a growing tree. */
export interface Leaf {
  readonly node: number;
  /** The columns asked about above, each once. */
  readonly path: readonly number[];
  readonly depth: number;
  readonly rows: Range;
  /** Rows that only follow. */
  readonly followers: Range;
  readonly sums: Sums;
  readonly bounds: Bounds;
  /** Quality of the leaf as it stands. */
  readonly quality: number;
  /** Kept while a split is waiting, for the children's sake. */
  histogram: HistogramHandle | null;
  /** The best split that is known. */
  split: Split | null;
}

/** Gains below this are rounding. */
const SMALLEST_GAIN = 1e-9;

/** A tree that is being grown on a ground: its nodes, and how leaves are divided. */
export class GrowingTree {
  readonly root: Leaf;
  private readonly tree: Tree = {
    feature: [],
    threshold: [],
    leftLevels: [],
    missingLeft: [],
    left: [],
    value: [],
    cover: [],
  };

  /**
   * @param sampled rows at the beginning of the ground's list that the tree learns from; the others follow
   * @param columns one byte per column: 1 where the tree may ask about it
   */
  constructor(
    private readonly ground: Ground,
    private readonly rules: GrowthRules,
    sampled: number,
    rows: number,
    private readonly columns: Uint8Array,
  ) {
    this.root = this.addLeaf({
      path: [],
      depth: 0,
      rows: { begin: 0, end: sampled },
      followers: { begin: sampled, end: rows },
      sums: ground.sumRows(0, sampled),
      bounds: UNBOUNDED,
    });
  }

  canSplit({ depth, sums }: Leaf): boolean {
    const { maxDepth, minLeafRows, minLeafHessian } = this.rules.settings;
    return depth < maxDepth && sums.weight >= 2 * minLeafRows && sums.hessian >= 2 * minLeafHessian;
  }

  /** What a split has to gain at least. */
  leastGain(): number {
    return Math.max(this.rules.settings.minSplitGain, SMALLEST_GAIN);
  }

  allowed(leaf: Leaf): Uint8Array {
    return this.rules.allowedBelow(leaf.path, this.columns);
  }

  /** Divides the leaf's rows; where its right side begins. */
  divideRows({ rows }: Leaf, column: number, goesLeft: Uint8Array): number {
    return this.ground.partition(rows.begin, rows.end, column, goesLeft);
  }

  /** Makes two leaves of one whose rows are divided. */
  splitLeaf(leaf: Leaf, { column, goesLeft, left }: Omit<Split, 'quality'>, middle: number): [Leaf, Leaf] {
    const { followers, rows } = leaf;
    const parted = this.ground.partition(followers.begin, followers.end, column, goesLeft);
    const sums = [left, minus(leaf.sums, left)] as const;
    const bounds = this.childBounds(leaf, column, sums);
    const path = leaf.path.includes(column) ? leaf.path : [...leaf.path, column];
    const depth = leaf.depth + 1;
    const children: [Leaf, Leaf] = [
      this.addLeaf({
        path,
        depth,
        rows: { begin: rows.begin, end: middle },
        followers: { begin: followers.begin, end: parted },
        sums: sums[0],
        bounds: bounds[0],
      }),
      this.addLeaf({
        path,
        depth,
        rows: { begin: middle, end: rows.end },
        followers: { begin: parted, end: followers.end },
        sums: sums[1],
        bounds: bounds[1],
      }),
    ];
    writeSplit(this.tree, leaf.node, column, goesLeft, this.ground.columns[column]!, children[0].node);
    return children;
  }

  release(leaf: Leaf): void {
    if (leaf.histogram !== null) this.ground.releaseHistogram(leaf.histogram);
    leaf.histogram = null;
  }

  /** The tree with the values of its leaves. */
  finish(leaves: readonly Leaf[]): GrownTree {
    const { settings } = this.rules;
    const first = leaves.map(({ rows, sums, bounds }) => ({
      ...rows,
      bounds,
      value: leafStep(sums, settings, bounds),
    }));
    const steps =
      settings.leafSteps > 1
        ? this.ground.refineLeaves(first, settings.leafSteps - 1)
        : first.map(({ value }) => value);
    const values: LeafValue[] = [];
    leaves.forEach((leaf, i) => {
      const value = steps[i]! * settings.learningRate || 0;
      this.tree.value[leaf.node] = value;
      values.push({ ...leaf.rows, value }, { ...leaf.followers, value });
      this.release(leaf);
    });
    return { tree: this.tree, leaves: values };
  }

  private addLeaf(leaf: Pick<Leaf, 'path' | 'depth' | 'rows' | 'followers' | 'sums' | 'bounds'>): Leaf {
    const { tree } = this;
    const node = tree.feature.length;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.leftLevels.push([]);
    tree.missingLeft.push(0);
    tree.left.push(0);
    tree.value.push(0);
    tree.cover.push(leaf.sums.weight);
    const quality = leafQuality(leaf.sums.gradient, leaf.sums.hessian, this.rules.settings, leaf.bounds);
    return { ...leaf, node, quality, histogram: null, split: null };
  }

  /** A monotone split parts the children's values in the middle, so that nothing below can cross it. */
  private childBounds({ bounds }: Leaf, column: number, sums: readonly [Sums, Sums]): [Bounds, Bounds] {
    const direction = this.rules.directions[column]!;
    if (direction === 0) return [bounds, bounds];
    const step = (own: Sums) => leafStep(own, this.rules.settings, bounds);
    const middle = (step(sums[0]) + step(sums[1])) / 2;
    const below = { ...bounds, high: middle };
    const above = { ...bounds, low: middle };
    return direction > 0 ? [below, above] : [above, below];
  }
}

/** The child with fewer rows, whose histogram is counted, and the other, whose is the difference to the parent's. */
export function bySize([left, right]: readonly [Leaf, Leaf]): [Leaf, Leaf] {
  const leftIsSmall = left.rows.end - left.rows.begin <= right.rows.end - right.rows.begin;
  return leftIsSmall ? [left, right] : [right, left];
}

/** Puts a split in the model's words: a threshold or a set of levels instead of bins. */
function writeSplit(
  tree: Tree,
  node: number,
  column: number,
  goesLeft: Uint8Array,
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
