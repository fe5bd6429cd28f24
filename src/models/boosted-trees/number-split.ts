import { STATISTICS } from './gradients.js';
import { sumsAt } from './histogram.js';
import { type Bounds, isEnough, leafQuality, leafStep, minus, type Sums } from './leaf.js';
import type { TreeSettings } from './options.js';

/** The best split of one column. */
export interface ColumnSplit {
  /** Quality of the left child plus that of the right one. */
  readonly quality: number;
  readonly goesLeft: Uint8Array;
  readonly left: Sums;
}

/** What a split has to know of the leaf. */
export interface SplittingLeaf {
  readonly sums: Sums;
  readonly bounds: Bounds;
}

interface Cut {
  readonly quality: number;
  readonly lastLeft: number;
  readonly left: Sums;
}

const NOTHING: Sums = { gradient: 0, hessian: 0, weight: 0 };

/**
 * The threshold and the side for missing values with the highest quality above `least`, or `null`.
 *
 * Among the cuts is that of all numbers from the missing ones. Where the leaf has no missing value, later
 * ones will follow the larger child (left when equal).
 *
 * The plain twin of `kernels/assembly/number-split.ts`.
 *
 * @param histogram the column's part of a leaf's histogram, missing rows last
 * @param direction 1 when the right child's value may not be lower than the left one's, −1 when not higher
 */
export function bestNumberSplit(
  histogram: Float64Array,
  leaf: SplittingLeaf,
  settings: TreeSettings,
  least: number,
  direction: number,
): ColumnSplit | null {
  const { sums } = leaf;
  const missingAt = histogram.length - STATISTICS;
  const numbers = histogram.subarray(0, missingAt);
  const missing = sumsAt(histogram, missingAt);
  const hasMissing = missing.weight > 0;
  const onTheRight = bestCut(numbers, NOTHING, leaf, settings, least, direction);
  const onTheLeft = hasMissing
    ? bestCut(numbers, missing, leaf, settings, onTheRight?.quality ?? least, direction)
    : null;
  const best = onTheLeft ?? onTheRight;
  if (!best) return null;
  const missingLeft = hasMissing ? onTheLeft !== null : 2 * best.left.weight >= sums.weight;
  const goesLeft = new Uint8Array(histogram.length / STATISTICS).fill(1, 0, best.lastLeft + 1);
  goesLeft[goesLeft.length - 1] = missingLeft ? 1 : 0;
  return { quality: best.quality, goesLeft, left: best.left };
}

/** The best cut with `start` on the left from the outset; ties go to the lowest threshold. */
function bestCut(
  numbers: Float64Array,
  start: Sums,
  { sums, bounds }: SplittingLeaf,
  settings: TreeSettings,
  least: number,
  direction: number,
): Cut | null {
  let { gradient, hessian, weight } = start;
  let best: Cut | null = null;
  let most = least;
  for (let at = 0; at < numbers.length; at += STATISTICS) {
    if (numbers[at + 2] === 0) continue;
    gradient += numbers[at]!;
    hessian += numbers[at + 1]!;
    weight += numbers[at + 2]!;
    if (!isEnough(hessian, weight, settings)) continue;
    if (!isEnough(sums.hessian - hessian, sums.weight - weight, settings)) break;
    const quality =
      leafQuality(gradient, hessian, settings, bounds) +
      leafQuality(sums.gradient - gradient, sums.hessian - hessian, settings, bounds);
    if (!(quality > most)) continue;
    const left = { gradient, hessian, weight };
    if (direction !== 0) {
      const rise = leafStep(minus(sums, left), settings, bounds) - leafStep(left, settings, bounds);
      if (rise * direction < 0) continue;
    }
    most = quality;
    best = { quality, lastLeft: at / STATISTICS, left };
  }
  return best;
}
