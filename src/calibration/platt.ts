import { z } from 'zod';
import { sigmoid } from '../models/model.js';
import { fitRisingCurve } from './rising-curve.js';
import { smoothedTargets } from './smoothed-targets.js';

/** `sigmoid(slope·score + intercept)`, slope at least 0. */
export const plattSchema = z.strictObject({
  kind: z.literal('platt'),
  slope: z.number().nonnegative(),
  intercept: z.number(),
});

export type FittedPlatt = z.infer<typeof plattSchema>;

/**
 * Learns slope and intercept by maximum likelihood on Platt's smoothed targets. The mean probability of the
 * rows is within 1 / rows of their churn rate. Scores that fall with churn get slope 0.
 *
 * @see Platt 1999; Lin, Lin & Weng 2007, "A note on Platt's probabilistic outputs"; scikit-learn
 * `_SigmoidCalibration`, with which it agrees (its `a_` is −slope, its `b_` −intercept)
 */
export function fitPlatt(
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
): FittedPlatt {
  const { intercept, coefficients } = fitRisingCurve([scores], smoothedTargets(churned, weights), weights);
  return { kind: 'platt', slope: coefficients[0]!, intercept };
}

export function applyPlatt({ slope, intercept }: FittedPlatt, score: number): number {
  return sigmoid(slope * score + intercept);
}
