import { STATISTICS } from './gradients.js';
import { type Sums, sumsAt } from './histogram.js';
import { isEnough, leafQuality } from './leaf.js';
import type { TreeSettings } from './options.js';

/** The best split of one column: quality of the left child plus that of the right one. */
export interface ColumnSplit {
  readonly quality: number;
  readonly goesLeft: Uint8Array;
  readonly left: Sums;
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
 * @param histogram the column's part of a leaf's histogram, missing rows last
 */
export function bestNumberSplit(
  histogram: Float64Array,
  sums: Sums,
  settings: TreeSettings,
  least: number,
): ColumnSplit | null {
  const missingAt = histogram.length - STATISTICS;
  const numbers = histogram.subarray(0, missingAt);
  const missing = sumsAt(histogram, missingAt);
  const hasMissing = missing.weight > 0;
  const onTheRight = bestCut(numbers, NOTHING, sums, settings, least);
  const onTheLeft = hasMissing
    ? bestCut(numbers, missing, sums, settings, onTheRight?.quality ?? least)
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
  sums: Sums,
  settings: TreeSettings,
  least: number,
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
      leafQuality(gradient, hessian, settings) +
      leafQuality(sums.gradient - gradient, sums.hessian - hessian, settings);
    if (quality > most) {
      most = quality;
      best = { quality, lastLeft: at / STATISTICS, left: { gradient, hessian, weight } };
    }
  }
  return best;
}
