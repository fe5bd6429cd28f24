import { STATISTICS } from './gradients.js';
import type { Sums } from './histogram.js';
import { isEnough, leafQuality } from './leaf.js';
import type { TreeSettings } from './options.js';

/** The best split of one column: quality of the left child plus that of the right one. */
export interface ColumnSplit {
  readonly quality: number;
  readonly goesLeft: Uint8Array;
  readonly left: Sums;
}

/**
 * The threshold and the side for missing values with the highest quality above `least`, or `null`.
 *
 * With no missing value in the leaf, later ones will follow the larger child (left when equal). A split of all values from
 * the missing ones is tried as well.
 *
 * @param first the column's first slot; its last one (`bins` − 1) holds the missing rows
 */
export function bestNumberSplit(
  histogram: Float64Array,
  first: number,
  bins: number,
  sums: Sums,
  settings: TreeSettings,
  least: number,
): ColumnSplit | null {
  const missing = sumsOf(histogram, first + bins - 1);
  let best = least;
  let lastLeft = -1;
  let missingLeft = false;
  let left: Sums = sums;
  let gradient = 0;
  let hessian = 0;
  let weight = 0;

  const tryLeft = (bin: number, withMissing: boolean): void => {
    const g = withMissing ? gradient + missing.gradient : gradient;
    const h = withMissing ? hessian + missing.hessian : hessian;
    const w = withMissing ? weight + missing.weight : weight;
    if (!isEnough(h, w, settings) || !isEnough(sums.hessian - h, sums.weight - w, settings)) return;
    const quality = leafQuality(g, h, settings) + leafQuality(sums.gradient - g, sums.hessian - h, settings);
    if (!(quality > best)) return;
    best = quality;
    lastLeft = bin;
    missingLeft = missing.weight > 0 ? withMissing : 2 * w >= sums.weight;
    left = { gradient: g, hessian: h, weight: w };
  };

  for (let bin = 0; bin < bins - 1; bin++) {
    const at = (first + bin) * STATISTICS;
    const binWeight = histogram[at + 2]!;
    if (binWeight === 0) continue;
    gradient += histogram[at]!;
    hessian += histogram[at + 1]!;
    weight += binWeight;
    tryLeft(bin, false);
    if (missing.weight > 0) tryLeft(bin, true);
  }
  if (lastLeft < 0) return null;
  const goesLeft = new Uint8Array(bins).fill(1, 0, lastLeft + 1);
  goesLeft[bins - 1] = missingLeft ? 1 : 0;
  return { quality: best, goesLeft, left };
}

function sumsOf(histogram: Float64Array, slot: number): Sums {
  const at = slot * STATISTICS;
  return { gradient: histogram[at]!, hessian: histogram[at + 1]!, weight: histogram[at + 2]! };
}
