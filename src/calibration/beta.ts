import { z } from 'zod';
import { softplus } from '../math/log-loss.js';
import { sigmoid } from '../models/model.js';
import { fitRisingCurve } from './rising-curve.js';
import { smoothedTargets } from './smoothed-targets.js';

/**
 * `sigmoid(a·ln p − b·ln(1 − p) + intercept)` of the uncalibrated probability p; a and b at least 0. The
 * identity is a = b = 1; a ≠ b bends the two ends differently, which Platt's curve cannot.
 */
export const betaSchema = z.strictObject({
  kind: z.literal('beta'),
  a: z.number().nonnegative(),
  b: z.number().nonnegative(),
  intercept: z.number(),
});

export type FittedBeta = z.infer<typeof betaSchema>;

/**
 * Learns the three numbers by maximum likelihood on Platt's smoothed targets. The mean probability of the
 * rows is within 1 / rows of their churn rate.
 *
 * @see Kull, Silva Filho & Flach 2017, "Beta calibration"; the `betacal` package, which does not smooth
 */
export function fitBeta(scores: Float64Array, churned: Uint8Array, weights: Float64Array | null): FittedBeta {
  const inputs = [scores.map(logOfProbability), scores.map(softplus)];
  const { intercept, coefficients } = fitRisingCurve(inputs, smoothedTargets(churned, weights), weights);
  return { kind: 'beta', a: coefficients[0]!, b: coefficients[1]!, intercept };
}

export function applyBeta({ a, b, intercept }: FittedBeta, score: number): number {
  return sigmoid(a * logOfProbability(score) + b * softplus(score) + intercept);
}

/** ln p; −ln(1 − p) is `softplus(score)`. */
function logOfProbability(score: number): number {
  return -softplus(-score);
}
