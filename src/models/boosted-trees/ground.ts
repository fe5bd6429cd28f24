import type { ColumnBins } from './bins.js';
import type { Bounds, Sums } from './leaf.js';

/** A question to a leaf: its rows in bins with `goesLeft[bin] === 1` form the left child. */
export interface Split {
  readonly column: number;
  /** Quality of both children, less what a category's levels cost. */
  readonly quality: number;
  readonly goesLeft: Uint8Array;
  readonly left: Sums;
}

/** A leaf that looks for its best split. */
export interface SplitQuery {
  readonly sums: Sums;
  readonly bounds: Bounds;
  /** Quality that a split has to exceed. */
  readonly least: number;
  /** One byte per column: 1 where the leaf may ask about it. */
  readonly allowed: Uint8Array;
}

/** A leaf of a level that is asked one question. */
export interface LevelQuery {
  readonly sums: Sums;
  readonly bounds: Bounds;
  /** Quality of the leaf left whole. */
  readonly quality: number;
  readonly histogram: HistogramHandle;
}

/** The question to a level. */
export type LevelAnswer = Omit<Split, 'left'>;

/** A histogram's number or address: only the ground that gave it knows. */
export type HistogramHandle = number;

/** One step of growth: a leaf whose rows are counted, and the sibling that has the rest of the parent's. */
export interface Counting {
  /** Range of the list of rows. */
  readonly begin: number;
  readonly end: number;
  /** Where the counts go. */
  readonly histogram: HistogramHandle;
  /** The parent's, which becomes the sibling's; `null` at the root. */
  readonly sibling: HistogramHandle | null;
  /** What the counted leaf asks; `null` when it cannot be split. */
  readonly query: SplitQuery | null;
  readonly siblingQuery: SplitQuery | null;
}

/** Rows of a leaf and what it adds to their scores. */
export interface LeafValue {
  readonly begin: number;
  readonly end: number;
  readonly value: number;
}

/** Rows of a leaf, its value before the learning rate, and the bounds of that. */
export interface BoundedLeaf extends LeafValue {
  readonly bounds: Bounds;
}

/**
 * What trees are grown from: binned rows, their scores and statistics, and the loops over them. Training rows
 * come first in every numbering; rows that only follow (those outside a tree's sample, and validation rows)
 * are sent down the trees without a say in them. There are two: `KernelGround`, and its twin `PlainGround`.
 */
export interface Ground {
  readonly columns: readonly ColumnBins[];
  /** Whether the column has anything to ask about among the training rows. */
  isUseful(column: number): boolean;
  /** The scores of the rows from `begin` on; a copy or a view, good until the next call. */
  scoresFrom(begin: number): Float64Array;
  setScores(scores: Float64Array): void;
  /** Statistics of the training rows, from their scores. */
  updateStatistics(): void;
  /** Begins a tree: the list of rows is this one from now on, training rows of the sample first. */
  layRows(rows: Int32Array | null): void;
  /** Sums over a range of the list. */
  sumRows(begin: number, end: number): Sums;
  /**
   * Reorders a range of the list so that rows whose bin goes left come first, each side in its old order.
   * Returns where the right side begins.
   */
  partition(begin: number, end: number, column: number, goesLeft: Uint8Array): number;
  takeHistogram(): HistogramHandle;
  releaseHistogram(histogram: HistogramHandle): void;
  /** Counts, and answers with the best splits; ties go to the column that comes first in `order`. */
  count(counting: Counting, order: Int32Array): { split: Split | null; siblingSplit: Split | null };
  /**
   * The best question to all these leaves at once: sums over them above `least`. Leaves that it would divide into too
   * small or forbidden children stay whole.
   */
  askLevel(
    leaves: readonly LevelQuery[],
    least: number,
    allowed: Uint8Array,
    order: Int32Array,
  ): LevelAnswer | null;
  /** Takes that many further Newton steps from the value of each leaf, within its bounds; the values then. */
  refineLeaves(leaves: readonly BoundedLeaf[], steps: number): number[];
  /** Adds to the scores of all rows; two ranges a leaf, one of which may be empty. */
  addLeafValues(leaves: readonly LeafValue[]): void;
  /** Gives memory and threads back. */
  close(): void;
}
