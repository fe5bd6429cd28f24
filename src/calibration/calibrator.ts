import { z } from 'zod';
import { sigmoid } from '../models/model.js';
import { applyBeta, type FittedBeta, fitBeta } from './beta.js';
import { applyIsotonic, type FittedIsotonic, fitIsotonic } from './isotonic.js';
import { applyPlatt, type FittedPlatt, fitPlatt } from './platt.js';

/** The score's own `sigmoid`: nothing is learned. */
export const noneSchema = z.strictObject({ kind: z.literal('none') });

/** A rising curve from score to probability. */
export type Calibrator = z.infer<typeof noneSchema> | FittedPlatt | FittedBeta | FittedIsotonic;
export type CalibrationKind = Calibrator['kind'];

/** Learns a curve of the given kind. */
export function fitCalibrator(
  kind: CalibrationKind,
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
): Calibrator {
  switch (kind) {
    case 'none':
      return { kind };
    case 'platt':
      return fitPlatt(scores, churned, weights);
    case 'beta':
      return fitBeta(scores, churned, weights);
    case 'isotonic':
      return fitIsotonic(scores, churned, weights);
  }
}

/** Nearest that a probability comes to 0 or 1. */
const NEAREST = 1e-12;

/** One probability in (0, 1) per score; never falls as the score rises. */
export function applyCalibrator(calibrator: Calibrator, scores: Float64Array): Float64Array {
  const curve = curveOf(calibrator);
  return scores.map((score) => Math.min(Math.max(curve(score), NEAREST), 1 - NEAREST));
}

function curveOf(calibrator: Calibrator): (score: number) => number {
  switch (calibrator.kind) {
    case 'none':
      return sigmoid;
    case 'platt':
      return (score) => applyPlatt(calibrator, score);
    case 'beta':
      return (score) => applyBeta(calibrator, score);
    case 'isotonic':
      return (score) => applyIsotonic(calibrator, score);
  }
}
