import { z } from 'zod';
import { ChurnError } from '../errors.js';
import type { Random } from '../math/random.js';
import { weightedMean } from '../math/weighted-mean.js';
import { betaSchema } from './beta.js';
import { applyCalibrator, type CalibrationKind, fitCalibrator, noneSchema } from './calibrator.js';
import { chooseKind, tryKinds } from './choose.js';
import { isotonicSchema } from './isotonic.js';
import { plattSchema } from './platt.js';

/** Cross-validated log loss of each kind that was tried, in nats; lower is better. */
const tried = z.array(z.strictObject({ kind: z.string(), logLoss: z.number() }));

/** A rising curve from score to probability, and the kinds that it was chosen from. */
export const fittedCalibrationSchema = z.discriminatedUnion('kind', [
  noneSchema.extend({ tried }),
  plattSchema.extend({ tried }),
  betaSchema.extend({ tried }),
  isotonicSchema.extend({ tried }),
]);

export type FittedCalibration = z.infer<typeof fittedCalibrationSchema>;

/** From the simplest on. */
const KINDS: readonly CalibrationKind[] = ['none', 'platt', 'beta', 'isotonic'];

/** Rows of the rarer outcome that a kind needs before it is tried. */
const FEWEST: Record<CalibrationKind, number> = { none: 0, platt: 10, beta: 10, isotonic: 200 };

export interface CalibrationOptions {
  readonly random: Random;
  /** Which kinds to try; all four by default. */
  readonly kinds?: readonly CalibrationKind[];
  /** One per row, as if the row stood there so often. */
  readonly weights?: Float64Array | null;
}

/**
 * Chooses how scores become probabilities and learns it, from scores of rows that their model did not see.
 *
 * Kinds are compared by cross-validated log loss, from the simplest on; a kind takes over from the one
 * chosen so far when it is better by more than one paired standard error. Platt and beta need ten rows of
 * the rarer outcome, isotonic 200; where no kind has enough it is `none`.
 *
 * Except with `none`, the mean probability of the rows is within 1 / rows of their churn rate.
 *
 * @param scores in log-odds, out of fold
 * @throws ChurnError `bad-table` when lengths differ or there is no row.
 * @example
 * const scores = predictBoostedTrees(trees, table); // better: those of rows that the trees did not see
 * const calibration = fitCalibration(scores, churned, { random: seededRandom(7) });
 * const calibrated = applyCalibration(calibration, scores);
 */
export function fitCalibration(
  scores: Float64Array,
  churned: Uint8Array,
  { random, kinds = KINDS, weights = null }: CalibrationOptions,
): FittedCalibration {
  if (scores.length === 0 || scores.length !== churned.length) {
    throw new ChurnError(
      'bad-table',
      `fitCalibration: ${scores.length} scores with ${churned.length} outcomes; one each is needed`,
    );
  }
  const rarer = rowsOfRarerOutcome(churned, weights);
  const able = KINDS.filter((kind) => kinds.includes(kind) && rarer >= FEWEST[kind]);
  const tried = tryKinds(able.length > 0 ? able : ['none'], scores, churned, weights, random);
  return {
    ...fitCalibrator(chooseKind(tried, weights), scores, churned, weights),
    tried: tried.map(({ kind, losses }) => ({ kind, logLoss: weightedMean(losses, weights) })),
  };
}

/**
 * One probability in (0, 1) per score; it never falls as the score rises.
 *
 * @example
 * const scores = predictBoostedTrees(trees, table);
 * const calibration = fitCalibration(scores, churned, { random: seededRandom(7) });
 * const calibrated = applyCalibration(calibration, scores);
 * calibrated.length === table.rows; // true
 */
export function applyCalibration(fitted: FittedCalibration, scores: Float64Array): Float64Array {
  return applyCalibrator(fitted, scores);
}

function rowsOfRarerOutcome(churned: Uint8Array, weights: Float64Array | null): number {
  const rows = [0, 0];
  churned.forEach((y, row) => {
    rows[y]! += weights?.[row] ?? 1;
  });
  return Math.min(...rows);
}
