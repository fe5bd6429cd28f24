import { z } from 'zod';
import { type Matrix, matrixColumn } from '../../math/matrix.js';
import { type FeatureSpec, featureSpecSchema, featureSpecs } from '../../tables/align.js';
import type { Note } from '../../tables/raw-table.js';
import { checkTrainingSet, type TrainingSet } from '../model.js';
import { buildDesign, type Encoding, encodedWidth, learnEncodings } from './design.js';
import { type ElasticNetFit, fitElasticNetPath } from './elastic-net.js';
import type { Penalty } from './penalised-quadratic.js';

/** What one feature adds to the score, in log-odds. */
export const logisticTermSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    /** Of the training rows that have a value. */
    mean: z.number(),
    sd: z.number().positive(),
    /** Per standard deviation above the mean. */
    coefficient: z.number(),
    /** Where the value is missing; 0, as at the mean, when training had no missing value. */
    missing: z.number(),
    /** Mean of the term over the training rows. */
    average: z.number(),
  }),
  z.strictObject({
    kind: z.literal('category'),
    /** One per level, in the order of the feature's levels. */
    coefficients: z.array(z.number()),
    /** Where the level is missing or was never seen; 0 when training had no missing cell. */
    missing: z.number(),
    average: z.number(),
  }),
]);

export type LogisticTerm = z.infer<typeof logisticTermSchema>;

/** `score = intercept + Σ terms`; `terms[i]` belongs to `features[i]`. */
export const logisticSchema = z
  .strictObject({
    kind: z.literal('logistic'),
    features: z.array(featureSpecSchema),
    l1: z.number(),
    l2: z.number(),
    intercept: z.number(),
    terms: z.array(logisticTermSchema),
    notes: z.array(
      z.strictObject({ kind: z.string(), column: z.string().exactOptional(), message: z.string() }),
    ),
  })
  .refine(
    ({ features, terms }) =>
      features.length === terms.length && terms.every((term, i) => fitsFeature(term, features[i]!)),
    'every feature needs a term of its kind, and every level a coefficient',
  );

function fitsFeature(term: LogisticTerm, feature: FeatureSpec): boolean {
  if (term.kind === 'number' || feature.kind === 'number') return term.kind === feature.kind;
  return term.coefficients.length === feature.levels.length;
}

export type FittedLogistic = z.infer<typeof logisticSchema>;

/** Ridge that is always there: it decides between redundant columns and keeps separated outcomes finite. */
const LEAST_L2 = 1e-6;

/**
 * Learns a logistic regression with an elastic net.
 *
 * Numbers are standardised by their weighted training mean and deviation, missing ones put at the mean with
 * a 0/1 column of their own; categories get one 0/1 column per level (not standardised, so that the ridge
 * holds rare levels back), missing as one more level. Without missing cells in training, a missing or
 * unseen level adds 0: under a pure ridge the levels' coefficients sum to 0, so it counts as the plain mean
 * of the levels.
 *
 * The objective is that of {@link fitElasticNet}; `l2` below 1e-6 is taken as 1e-6.
 *
 * @throws ChurnError `bad-target` when only one outcome is present, `too-few-rows` without rows.
 * @example
 * const fitted = fitLogistic(train, { l1: 0, l2: 0.01 });
 * predictLogistic(fitted, table).map(sigmoid); // uncalibrated probabilities
 */
export function fitLogistic(train: TrainingSet, penalty: Penalty): FittedLogistic {
  return fitLogisticPath(train, [penalty])[0]!;
}

/**
 * One model per penalty, in order, for little more than the price of one: the design is built once and each
 * fit begins where the one before it ended. Put stronger penalties first.
 */
export function fitLogisticPath(train: TrainingSet, penalties: readonly Penalty[]): FittedLogistic[] {
  checkTrainingSet('fitLogistic', train);
  const encodings = learnEncodings(train.table, train.weights);
  const design = buildDesign(train.table, encodings);
  const averages = columnAverages(design, train.weights);
  const floored = penalties.map(({ l1, l2 }) => ({ l1, l2: Math.max(l2, LEAST_L2) }));
  return fitElasticNetPath(design, train.churned, train.weights, floored).map((fit, i) => ({
    kind: 'logistic',
    features: featureSpecs(train.table),
    ...floored[i]!,
    intercept: fit.intercept,
    terms: termsOf(encodings, fit.coefficients, averages),
    notes: notesOf(train, fit),
  }));
}

function termsOf(
  encodings: readonly Encoding[],
  coefficients: Float64Array,
  averages: Float64Array,
): LogisticTerm[] {
  let at = 0;
  return encodings.map((encoding) => {
    const own = coefficients.subarray(at, at + encodedWidth(encoding));
    const average = own.reduce((sum, b, k) => sum + b * averages[at + k]!, 0);
    at += own.length;
    const missing = encoding.missing ? own.at(-1)! : 0;
    return encoding.kind === 'number'
      ? { kind: 'number', mean: encoding.mean, sd: encoding.sd, coefficient: own[0]!, missing, average }
      : { kind: 'category', coefficients: [...own.subarray(0, encoding.levels)], missing, average };
  });
}

function columnAverages(design: Matrix, weights: Float64Array | null): Float64Array {
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : design.rows;
  return Float64Array.from(
    { length: design.columns },
    (_, column) =>
      matrixColumn(design, column).reduce((sum, value, row) => sum + value * (weights?.[row] ?? 1), 0) /
      total,
  );
}

function notesOf(train: TrainingSet, { scores, converged }: ElasticNetFit): Note[] {
  const notes: Note[] = [];
  if (separates(scores, train)) {
    notes.push({
      kind: 'separation',
      message:
        'The columns together tell every churner from every stayer of the training rows; ' +
        'the coefficients are as large as the penalty lets them be.',
    });
  }
  if (!converged) {
    notes.push({ kind: 'not-converged', message: 'The solver stopped before it reached its tolerance.' });
  }
  return notes;
}

/** Whether every churner scores above every stayer. */
function separates(scores: Float64Array, { churned, weights }: TrainingSet): boolean {
  let lowestChurner = Infinity;
  let highestStayer = -Infinity;
  scores.forEach((score, row) => {
    if (weights?.[row] === 0) return;
    if (churned[row]) lowestChurner = Math.min(lowestChurner, score);
    else highestStayer = Math.max(highestStayer, score);
  });
  return lowestChurner > highestStayer;
}
