import { STATISTICS } from './gradients.js';
import { sumsAt } from './histogram.js';
import { isEnough, leafQuality, minus, plus, type Sums } from './leaf.js';
import type { ColumnSplit, SplittingLeaf } from './number-split.js';
import type { TreeSettings } from './options.js';

interface Level {
  readonly bin: number;
  readonly sums: Sums;
  /** Smoothed mean gradient: the lower, the more its rows leave beyond what the trees so far expect. */
  readonly rank: number;
}

const NOTHING: Sums = { gradient: 0, hessian: 0, weight: 0 };

/**
 * The best division of a category's levels with a quality above `least`, or `null`.
 *
 * Levels are ordered by G / (H + smoothing) (Fisher 1958; LightGBM's way with categories), "missing"
 * being a level like the others. Each of the leading groups of that order is tried against the rest, from
 * both ends, because levels with fewer than `minLevelRows` rows in this leaf have no place in the order
 * and always stand with the rest. Levels of equal rank are never divided, so neither names nor codes
 * decide anything. Levels without a row in this leaf follow those rare ones, or the larger child when
 * there are none.
 *
 * Ordering k levels by their outcomes finds a gain of about k − 1 where there is nothing to find, so each
 * level beyond the second costs `levelPenalty`.
 *
 * The plain twin of `kernels/assembly/category-split.ts`.
 *
 * @param histogram the column's part of a leaf's histogram, missing rows last
 */
export function bestCategorySplit(
  histogram: Float64Array,
  leaf: SplittingLeaf,
  settings: TreeSettings,
  least: number,
): ColumnSplit | null {
  const { sums } = leaf;
  const bins = histogram.length / STATISTICS;
  const levels = orderedLevels(histogram, settings);
  const ranked = levels.reduce((total, level) => plus(total, level.sums), NOTHING);
  const hasRare = ranked.weight < sums.weight;
  const groups = levels.length + (hasRare ? 1 : 0);
  const penalty = settings.levelPenalty * Math.max(groups - 2, 0);
  const upward = bestLead(levels, leaf, hasRare, settings, least + penalty);
  const downward = hasRare
    ? bestLead(levels.toReversed(), leaf, true, settings, upward?.quality ?? least + penalty)
    : null;

  const best = downward ?? upward;
  if (!best) return null;
  if (downward) {
    const goesLeft = new Uint8Array(bins).fill(1);
    for (const { bin } of best.lead) goesLeft[bin] = 0;
    return { quality: best.quality - penalty, goesLeft, left: minus(sums, best.sums) };
  }
  const absentLeft = !hasRare && 2 * best.sums.weight >= sums.weight;
  const goesLeft = new Uint8Array(bins).fill(absentLeft ? 1 : 0);
  for (const { bin } of levels) goesLeft[bin] = 0;
  for (const { bin } of best.lead) goesLeft[bin] = 1;
  return { quality: best.quality - penalty, goesLeft, left: best.sums };
}

function orderedLevels(histogram: Float64Array, settings: TreeSettings): Level[] {
  const levels: Level[] = [];
  for (let place = 0; place < histogram.length; place += STATISTICS) {
    const sums = sumsAt(histogram, place);
    if (sums.weight < settings.minLevelRows) continue;
    const rank = sums.gradient / (sums.hessian + settings.categorySmoothing);
    levels.push({ bin: place / STATISTICS, sums, rank });
  }
  return levels.sort((a, b) => a.rank - b.rank);
}

/** The leading group, of one level or more, that is best set against all other rows of the leaf. */
function bestLead(
  levels: readonly Level[],
  { sums: all, bounds }: SplittingLeaf,
  hasRest: boolean,
  settings: TreeSettings,
  least: number,
): { quality: number; sums: Sums; lead: readonly Level[] } | null {
  let best: { quality: number; sums: Sums; count: number } | null = null;
  let sums = NOTHING;
  for (let i = 0; i < (hasRest ? levels.length : levels.length - 1); i++) {
    sums = plus(sums, levels[i]!.sums);
    if (levels[i + 1]?.rank === levels[i]!.rank) continue;
    const rest = minus(all, sums);
    if (!isEnough(sums.hessian, sums.weight, settings) || !isEnough(rest.hessian, rest.weight, settings))
      continue;
    const quality =
      leafQuality(sums.gradient, sums.hessian, settings, bounds) +
      leafQuality(rest.gradient, rest.hessian, settings, bounds);
    if (quality > (best?.quality ?? least)) best = { quality, sums, count: i + 1 };
  }
  return best && { ...best, lead: levels.slice(0, best.count) };
}
