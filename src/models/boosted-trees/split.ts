import type { BinnedTable } from './bins.js';
import { bestCategorySplit } from './category-split.js';
import { STATISTICS } from './gradients.js';
import type { Sums } from './histogram.js';
import { leafQuality } from './leaf.js';
import { bestNumberSplit } from './number-split.js';
import type { TreeSettings } from './options.js';

/** A question to a leaf: its rows in bins with `goesLeft[bin] === 1` form the left child. */
export interface Split {
  readonly column: number;
  /** Fall of the penalised loss, times two, less what a category's levels cost. */
  readonly gain: number;
  readonly goesLeft: Uint8Array;
  readonly left: Sums;
}

/** Gains below this are rounding. */
const SMALLEST_GAIN = 1e-9;

/**
 * The split of a leaf that lowers the penalised loss most, or `null` when none gains more than
 * `minSplitGain` with enough rows and Hessian on both sides.
 *
 * Ties go to the column that comes first in `columns`.
 */
export function findSplit(
  histogram: Float64Array,
  table: BinnedTable,
  columns: Int32Array,
  sums: Sums,
  settings: TreeSettings,
): Split | null {
  const whole = leafQuality(sums.gradient, sums.hessian, settings);
  let least = whole + Math.max(settings.minSplitGain, SMALLEST_GAIN);
  let best: Split | null = null;
  for (const column of columns) {
    const { kind, bins } = table.columns[column]!;
    const find = kind === 'number' ? bestNumberSplit : bestCategorySplit;
    const begin = table.firstPlace[column]!;
    const found = find(histogram.subarray(begin, begin + bins * STATISTICS), sums, settings, least);
    if (!found) continue;
    least = found.quality;
    best = { column, gain: found.quality - whole, goesLeft: found.goesLeft, left: found.left };
  }
  return best;
}
