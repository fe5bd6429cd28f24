import { z } from 'zod';
import { estimateSchema, evaluationSchema, pairedDifferenceSchema } from '../evaluation/evaluation.js';
import { ledgerSchema } from '../flags/ledger.js';
import { companyCardSchema } from './company-card.js';
import { insideGroupSchema } from './inside-groups.js';

export const noteSchema = z.strictObject({
  kind: z.string(),
  column: z.string().optional(),
  message: z.string(),
});

/** One candidate's figures: out of fold on the training part, and on the held-back part. */
export const candidateSchema = z.strictObject({
  /** `base-rate`, `trigger`, `logistic`, `boosted-trees`, `additive-trees`, `neural-net`, `ensemble`. */
  name: z.string(),
  /** For people: "Boosted trees". */
  label: z.string(),
  /** The settings chosen by inner resampling, in words: "learning rate 0.1, 143 trees, 8 leaves". */
  settings: z.string(),
  /** Weight within the ensemble, 0 when left out; `null` for the ensemble itself. */
  ensembleWeight: z.number().nullable(),
  outOfFold: z.strictObject({ auc: z.number(), logLoss: z.number(), brier: z.number() }),
  heldBack: z.strictObject({
    auc: estimateSchema,
    averagePrecision: estimateSchema,
    logLoss: estimateSchema,
    brier: estimateSchema,
    calibrationError: estimateSchema,
  }),
});

export const leakSuspicionSchema = z.strictObject({
  column: z.string(),
  /** `skill`, `missingness`, `pure-level`; a name hint only ever supports one of them. */
  signs: z.array(z.enum(['skill', 'missingness', 'pure-level', 'name'])),
  /** AUC of this column alone. */
  auc: z.number(),
  /** One sentence with the counts. */
  message: z.string(),
  /** Left out of training, or kept because the user allowed it. */
  action: z.enum(['left-out', 'allowed']),
});
export type LeakSuspicion = z.infer<typeof leakSuspicionSchema>;

/** A feature's weight in the model and the shape of its effect. */
export const driverSchema = z.strictObject({
  feature: z.string(),
  /** Mean |push| on the score in log-odds over held-back rows. */
  importance: z.number(),
  /** Increase of held-back log loss when the column is shuffled. */
  permutationLoss: estimateSchema,
  /** Partial dependence: mean calibrated probability when every row takes this value. */
  dependence: z.array(
    z.strictObject({
      label: z.string(),
      value: z.number().nullable(),
      probability: z.number(),
      rows: z.int(),
    }),
  ),
});

export const reasonSchema = z.strictObject({
  feature: z.string(),
  /** Log-odds pushed; positive raises the risk. */
  push: z.number(),
  /** "Contract is Month-to-month (raises the risk)". */
  text: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;

export const topAccountSchema = z.strictObject({
  id: z.string(),
  churnProbability: z.number(),
  churned: z.union([z.literal(0), z.literal(1)]),
  reasons: z.array(reasonSchema),
  /** Expressions of the published flags that the account raises. */
  flags: z.array(z.string()),
});

/**
 * `card.json`: all that is known of one training run.
 *
 * @example
 * const { verdict } = cardSchema.parse(JSON.parse(JSON.stringify(card)));
 * console.log(verdict.sentence);
 */
export const cardSchema = z.strictObject({
  formatVersion: z.literal(1),
  name: z.string(),
  churnlabVersion: z.string(),
  data: z.strictObject({
    /** The input's file name, without its folder. */
    file: z.string(),
    /** SHA-256 of the input file's bytes. */
    sha256: z.string(),
    read: z.int(),
    kept: z.int(),
    rejected: z.int(),
    target: z.string(),
    /** The level that counts as churned. */
    positive: z.string(),
    id: z.string().nullable(),
    duplicates: z.int(),
  }),
  options: z.record(z.string(), z.unknown()),
  seed: z.int(),
  /** `tfjs-node`, `tfjs-wasm`, `tfjs-cpu`, or `none` when no net was trained. */
  backend: z.string(),
  split: z.strictObject({
    kind: z.enum(['stratified', 'group', 'time']),
    column: z.string().nullable(),
    trainingRows: z.int(),
    heldBackRows: z.int(),
    /** For a split by time, the first instant of the held-back part. */
    heldBackFrom: z.string().nullable(),
    folds: z.int(),
  }),
  verdict: z.strictObject({
    kind: z.enum(['signal', 'no-signal']),
    /** One or two sentences, said first everywhere. */
    sentence: z.string(),
  }),
  baseRate: z.number(),
  /** The candidate whose calibrated scores the model gives. */
  chosen: z.string(),
  calibration: z.strictObject({
    kind: z.enum(['none', 'platt', 'beta', 'isotonic']),
    /** Cross-validated log loss of each calibrator on out-of-fold predictions. */
    tried: z.array(z.strictObject({ kind: z.string(), logLoss: z.number() })),
  }),
  candidates: z.array(candidateSchema),
  /** The final model on the held-back part. */
  evaluation: evaluationSchema,
  /** Final minus base rate, best trigger and logistic regression. */
  differences: z.array(pairedDifferenceSchema),
  drivers: z.array(driverSchema),
  /** The riskiest accounts of the held-back part, at most 20. */
  topAccounts: z.array(topAccountSchema),
  /** What was looked for, found, confirmed and failed among the training rows; `null` where they were too few. */
  flags: ledgerSchema.nullable(),
  /** Whether probabilities are right inside every published flag, stage and segment that has held-back rows. */
  insideFlags: z.array(insideGroupSchema),
  leaks: z.array(leakSuspicionSchema),
  notes: z.array(noteSchema),
  /** What a training on dated tables adds; `null` for one flat table. */
  company: companyCardSchema.nullable(),
});
export type Card = z.infer<typeof cardSchema>;
