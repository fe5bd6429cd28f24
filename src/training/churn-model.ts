import { z } from 'zod';
import { applyCalibration, fittedCalibrationSchema } from '../calibration/calibration.js';
import { applyGroupShifts, fittedGroupShiftsSchema } from '../calibration/group-shifts.js';
import { contributionsFitted } from '../explanation/contributions.js';
import { fittedModelSchema, predictFitted } from '../models/fitted-model.js';
import { type Contributions, sigmoid } from '../models/model.js';
import type { Table } from '../tables/table.js';

/** The newest `model.json` that this program writes and reads. */
export const MODEL_FORMAT_VERSION = 1;

/** `model.json`: all that scoring needs besides the recipe. Plain data, never code. */
export const churnModelSchema = z.strictObject({
  formatVersion: z.literal(MODEL_FORMAT_VERSION),
  kind: z.literal('churnlab-model'),
  name: z.string(),
  verdict: z.enum(['signal', 'no-signal']),
  baseRate: z.number(),
  /** The model's score is the weighted mean of its members' scores; weights sum to 1. */
  members: z
    .array(z.strictObject({ name: z.string(), weight: z.number().positive(), fitted: fittedModelSchema }))
    .min(1),
  calibration: fittedCalibrationSchema,
  /** What moves the calibrated log-odds inside confirmed flags, stages and segments; empty where nothing does. */
  groupShifts: fittedGroupShiftsSchema,
});
export type ChurnModel = z.infer<typeof churnModelSchema>;

/** Log-odds of every row before calibration. */
export function scoreChurn(model: ChurnModel, table: Table): Float64Array {
  const total = new Float64Array(table.rows);
  for (const { weight, fitted } of model.members) {
    predictFitted(fitted, table).forEach((score, row) => {
      total[row]! += weight * score;
    });
  }
  return total;
}

/**
 * Calibrated probability of every row, in row order, right inside the groups that the model shifts.
 *
 * @example
 * const expected = predictChurn(model, table).reduce((sum, probability) => sum + probability, 0);
 * console.log(`${expected} of ${table.rows} accounts are expected to leave`);
 */
export function predictChurn(model: ChurnModel, table: Table): Float64Array {
  return applyGroupShifts(model.groupShifts, predictBeforeShifts(model, table), table);
}

/**
 * Calibrated probability of every row before any group's shift.
 *
 * @example
 * const before = predictBeforeShifts(model, table);
 * const after = predictChurn(model, table);
 * const moved = after.filter((probability, row) => probability !== before[row]).length;
 */
export function predictBeforeShifts(model: ChurnModel, table: Table): Float64Array {
  return applyCalibration(model.calibration, scoreChurn(model, table));
}

/**
 * Each feature's push on each row's score before calibration and the shifts of groups. Pushes and baseline sum to the score;
 * they are exact Shapley values for logistic and tree members (linear; path-dependent TreeSHAP) and an
 * approximation for a neural net.
 *
 * @example
 * const pushes = explainChurn(model, table);
 * console.log(reasonsSentence(reasonsFor(pushes, table, 0, usualValues(recipe))));
 */
export function explainChurn(model: ChurnModel, table: Table): Contributions {
  const features = [
    ...new Set(model.members.flatMap(({ fitted }) => fitted.features.map(({ name }) => name))),
  ];
  const position = new Map(features.map((name, i) => [name, i]));
  const values = new Float64Array(table.rows * features.length);
  let baseline = 0;
  for (const { weight, fitted } of model.members) {
    const part = contributionsFitted(fitted, table);
    baseline += weight * part.baseline;
    part.features.forEach((name, i) => {
      const to = position.get(name)!;
      for (let row = 0; row < table.rows; row++) {
        values[row * features.length + to]! += weight * part.values[row * part.features.length + i]!;
      }
    });
  }
  return { features, baseline, values };
}

/** Uncalibrated probability, for judging candidates before a calibration exists. */
export function uncalibrated(scores: Float64Array): Float64Array {
  return scores.map(sigmoid);
}
