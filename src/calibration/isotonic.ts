import { z } from 'zod';
import { weightedMean } from '../math/weighted-mean.js';
import { logit, sigmoid } from '../models/model.js';
import { type Block, poolAdjacentViolators, poolBlocks } from './pool-adjacent-violators.js';
import { smoothedTargets } from './smoothed-targets.js';

/**
 * A rising line through knots: log-odds of the calibrated probability at each score, straight between them
 * and level beyond the first and the last.
 */
export const isotonicSchema = z.strictObject({
  kind: z.literal('isotonic'),
  /** Ascending in both; `calibrated` in log-odds. */
  knots: z.array(z.strictObject({ score: z.number(), calibrated: z.number() })).min(1),
});

export type FittedIsotonic = z.infer<typeof isotonicSchema>;

/**
 * Learns a rising curve of any shape: pools adjacent violators, gives each block one more row at the churn
 * rate of all rows (so that no probability is 0 or 1), pools again, and joins the blocks' mean scores by
 * lines. All log-odds are then shifted alike, so that the mean probability of the rows is that of Platt's
 * smoothed targets, within 1 / rows of their churn rate.
 *
 * In simulations the shrunken, joined blocks had about half the excess log loss of bare steps.
 *
 * @see Zadrozny & Elkan 2002, "Transforming classifier scores into accurate multiclass probability estimates"
 */
export function fitIsotonic(
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
): FittedIsotonic {
  const target = weightedMean(smoothedTargets(churned, weights), weights);
  const blocks = shrinkBlocks(poolAdjacentViolators(scores, churned, weights), target);
  const knots = blocks.map(({ score, value }) => ({ score, calibrated: logit(value) }));
  const shift = shiftToMean(
    scores.map((score) => heightAt(knots, score)),
    target,
    weights,
  );
  return {
    kind: 'isotonic',
    knots: knots.map(({ score, calibrated }) => ({ score, calibrated: calibrated + shift })),
  };
}

/** Each block with one more row of the overall rate, pooled again where that broke the order. */
function shrinkBlocks(blocks: readonly Block[], rate: number): Block[] {
  return poolBlocks(
    blocks.map(({ score, value, weight }) => ({
      score,
      value: (value * weight + rate) / (weight + 1),
      weight: weight + 1,
    })),
  );
}

/**
 * What to add to every log-odds so that the mean probability is the target, by Newton's method with steps of
 * at most 1, within which the steepness changes too little to overshoot for good.
 */
function shiftToMean(scores: Float64Array, target: number, weights: Float64Array | null): number {
  let shift = 0;
  for (let step = 0; step < 50; step++) {
    const probabilities = scores.map((score) => sigmoid(score + shift));
    const excess = weightedMean(probabilities, weights) - target;
    const steepness = weightedMean(
      probabilities.map((p) => p * (1 - p)),
      weights,
    );
    shift -= Math.max(-1, Math.min(1, excess / steepness));
    if (Math.abs(excess) < 1e-12) break;
  }
  return shift;
}

export function applyIsotonic({ knots }: FittedIsotonic, score: number): number {
  return sigmoid(heightAt(knots, score));
}

function heightAt(knots: FittedIsotonic['knots'], score: number): number {
  let low = 0;
  let high = knots.length - 1;
  if (score <= knots[low]!.score) return knots[low]!.calibrated;
  if (score >= knots[high]!.score) return knots[high]!.calibrated;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (knots[middle]!.score <= score) low = middle;
    else high = middle;
  }
  const [left, right] = [knots[low]!, knots[high]!];
  const share = (score - left.score) / (right.score - left.score);
  return left.calibrated + share * (right.calibrated - left.calibrated);
}
