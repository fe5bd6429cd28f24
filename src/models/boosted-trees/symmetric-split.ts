import { STATISTICS } from './gradients.js';
import { sumsAt } from './histogram.js';
import { type Bounds, isEnough, leafQuality, leafStep, minus, plus, type Sums } from './leaf.js';
import type { ColumnSplit } from './number-split.js';
import type { TreeSettings } from './options.js';

/** A leaf of the level that is asked one question. */
export interface LevelLeaf {
  /** The column's part of the leaf's histogram, missing rows last. */
  readonly histogram: Float64Array;
  readonly sums: Sums;
  readonly bounds: Bounds;
  /** Quality of the leaf left whole. */
  readonly quality: number;
}

/** The best question to all leaves of a level at once; `quality` is the sum over all leaves. */
export type LevelSplit = Omit<ColumnSplit, 'left'>;

const NOTHING: Sums = { gradient: 0, hessian: 0, weight: 0 };

/** Whether a leaf may be divided so: both children large enough, and no monotone promise broken. */
export function mayDivide(
  { sums, bounds }: Pick<LevelLeaf, 'sums' | 'bounds'>,
  left: Sums,
  settings: TreeSettings,
  direction: number,
): boolean {
  const right = minus(sums, left);
  if (!isEnough(left.hessian, left.weight, settings)) return false;
  if (!isEnough(right.hessian, right.weight, settings)) return false;
  if (direction === 0) return true;
  return (leafStep(right, settings, bounds) - leafStep(left, settings, bounds)) * direction >= 0;
}

/** What one leaf contributes to the quality of a question: that of its children, or its own where it stays whole. */
function dividedQuality(leaf: LevelLeaf, left: Sums, settings: TreeSettings, direction: number): number {
  if (!mayDivide(leaf, left, settings, direction)) return leaf.quality;
  const { sums, bounds } = leaf;
  return (
    leafQuality(left.gradient, left.hessian, settings, bounds) +
    leafQuality(sums.gradient - left.gradient, sums.hessian - left.hessian, settings, bounds)
  );
}

/**
 * The threshold and the side for missing values that are best for all leaves together, above `least`, or `null`.
 * The plain twin of `numberLevel` in `kernels/assembly/symmetric-split.ts`.
 */
export function bestNumberLevel(
  leaves: readonly LevelLeaf[],
  settings: TreeSettings,
  least: number,
  direction: number,
): LevelSplit | null {
  const bins = leaves[0]!.histogram.length / STATISTICS;
  const missing = bins - 1;
  const right = new Float64Array(missing);
  const left = new Float64Array(missing);
  let [missingWeight, allWeight] = [0, 0];
  for (const leaf of leaves) {
    const own = sumsAt(leaf.histogram, missing * STATISTICS);
    missingWeight += own.weight;
    allWeight += leaf.sums.weight;
    addQualities(right, leaf, NOTHING, settings, direction);
    addQualities(left, leaf, own, settings, direction);
  }
  let best: { quality: number; lastLeft: number; missingLeft: number } | null = null;
  const take = (qualities: Float64Array, missingLeft: number) => {
    qualities.forEach((quality, lastLeft) => {
      if (quality > (best?.quality ?? least)) best = { quality, lastLeft, missingLeft };
    });
  };
  take(right, 0);
  if (missingWeight > 0) take(left, 1);
  if (!best) return null;
  const { quality, lastLeft, missingLeft } = best as {
    quality: number;
    lastLeft: number;
    missingLeft: number;
  };
  const goesLeft = new Uint8Array(bins).fill(1, 0, lastLeft + 1);
  goesLeft[missing] = missingWeight > 0 ? missingLeft : followsLeft(leaves, lastLeft, allWeight);
  return { quality, goesLeft };
}

/** Adds the leaf's quality of every cut, with `start` on the left from the outset. */
function addQualities(
  qualities: Float64Array,
  leaf: LevelLeaf,
  start: Sums,
  settings: TreeSettings,
  direction: number,
): void {
  let left = start;
  for (let bin = 0; bin < qualities.length; bin++) {
    left = plus(left, sumsAt(leaf.histogram, bin * STATISTICS));
    qualities[bin]! += dividedQuality(leaf, left, settings, direction);
  }
}

/** 1 when at least half of the rows are left of the cut: later missing values follow them. */
function followsLeft(leaves: readonly LevelLeaf[], lastLeft: number, allWeight: number): number {
  let weight = 0;
  for (const { histogram } of leaves) {
    for (let bin = 0; bin <= lastLeft; bin++) weight += histogram[bin * STATISTICS + 2]!;
  }
  return 2 * weight >= allWeight ? 1 : 0;
}

/**
 * The division of a category's levels that is best for all leaves together, above `least`, or `null`. Levels are
 * ordered by their gradients over all leaves; the rest is as in `bestCategorySplit`. The plain twin of
 * `categoryLevel` in `kernels/assembly/symmetric-split.ts`.
 */
export function bestCategoryLevel(
  leaves: readonly LevelLeaf[],
  settings: TreeSettings,
  least: number,
): LevelSplit | null {
  const bins = leaves[0]!.histogram.length / STATISTICS;
  const all = leaves.reduce((total, { sums }) => plus(total, sums), NOTHING);
  const levels: { bin: number; rank: number; weight: number }[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const sums = leaves.reduce(
      (total, leaf) => plus(total, sumsAt(leaf.histogram, bin * STATISTICS)),
      NOTHING,
    );
    if (sums.weight < settings.minLevelRows) continue;
    levels.push({
      bin,
      rank: sums.gradient / (sums.hessian + settings.categorySmoothing),
      weight: sums.weight,
    });
  }
  levels.sort((a, b) => a.rank - b.rank);
  const hasRare = levels.reduce((sum, { weight }) => sum + weight, 0) < all.weight;
  const penalty = settings.levelPenalty * Math.max(levels.length + (hasRare ? 1 : 0) - 2, 0);
  const upward = bestLevelLead(levels, leaves, hasRare, settings, least + penalty);
  const downward = hasRare
    ? bestLevelLead(levels.toReversed(), leaves, true, settings, upward?.quality ?? least + penalty)
    : null;
  const best = downward ?? upward;
  if (!best) return null;
  const leadWeight = best.lead.reduce((sum, { weight }) => sum + weight, 0);
  const absentLeft = downward !== null || (!hasRare && 2 * leadWeight >= all.weight);
  const goesLeft = new Uint8Array(bins).fill(absentLeft ? 1 : 0);
  for (const { bin } of levels) goesLeft[bin] = downward ? 1 : 0;
  for (const { bin } of best.lead) goesLeft[bin] = downward ? 0 : 1;
  return { quality: best.quality - penalty, goesLeft };
}

function bestLevelLead<Level extends { bin: number; rank: number }>(
  levels: readonly Level[],
  leaves: readonly LevelLeaf[],
  hasRest: boolean,
  settings: TreeSettings,
  least: number,
): { quality: number; lead: readonly Level[] } | null {
  const leads = hasRest ? levels.length : levels.length - 1;
  const qualities = new Float64Array(Math.max(leads, 0));
  for (const leaf of leaves) {
    let left = NOTHING;
    for (let i = 0; i < leads; i++) {
      left = plus(left, sumsAt(leaf.histogram, levels[i]!.bin * STATISTICS));
      qualities[i]! += dividedQuality(leaf, left, settings, 0);
    }
  }
  let best: { quality: number; count: number } | null = null;
  for (let i = 0; i < leads; i++) {
    if (levels[i + 1]?.rank === levels[i]!.rank) continue;
    if (qualities[i]! > (best?.quality ?? least)) best = { quality: qualities[i]!, count: i + 1 };
  }
  return best && { quality: best.quality, lead: levels.slice(0, best.count) };
}
