import { z } from 'zod';
import { estimateSchema, pairedDifferenceSchema } from '../evaluation/evaluation.js';
import { leadTimeSchema } from '../lead-time/lead-time.js';

/** A snapshot and what it served for. */
const snapshotSchema = z.strictObject({
  /** ISO date. */
  snapshotAt: z.string(),
  accounts: z.int(),
  left: z.int(),
  /** `embargo`: its outcomes were not known when the held-back part began. */
  part: z.enum(['training', 'embargo', 'held-back']),
});

/** A feature with its meaning. */
const featureSchema = z.strictObject({
  name: z.string(),
  aspect: z.string(),
  title: z.string(),
  unit: z.string(),
  description: z.string(),
});

/** The model's figures on part of the held-back rows; AUC and log loss only where both outcomes are there. */
export const partFiguresSchema = z.strictObject({
  rows: z.int(),
  accounts: z.int(),
  churned: z.int(),
  rate: estimateSchema,
  /** Sum of the probabilities. */
  predicted: z.number(),
  auc: estimateSchema.nullable(),
  logLoss: estimateSchema.nullable(),
});
export type PartFigures = z.infer<typeof partFiguresSchema>;

/** What an aspect of health is worth to the prediction, judged on the held-back rows. */
export const aspectWorthSchema = z.strictObject({
  aspect: z.string(),
  title: z.string(),
  features: z.int(),
  /** All aspects but this one, minus all aspects: log loss above 0 is what the aspect is worth. */
  without: pairedDifferenceSchema,
  /** This aspect alone, minus the base rate: log loss below 0 is what it tells by itself. */
  alone: pairedDifferenceSchema,
});
export type AspectWorth = z.infer<typeof aspectWorthSchema>;

/** Whether usage alone would do. */
export const usageVerdictSchema = z.strictObject({
  kind: z.enum(['enough', 'not-enough', 'cannot-tell', 'no-usage']),
  sentence: z.string(),
  /** Usage alone minus all aspects; `null` without usage or without another aspect. */
  difference: pairedDifferenceSchema.nullable(),
});
export type UsageVerdict = z.infer<typeof usageVerdictSchema>;

/** Whether features stayed the same when everything after the snapshot was changed. */
export const pointInTimeSchema = z.strictObject({
  passed: z.boolean(),
  snapshotAt: z.string(),
  accounts: z.int(),
  features: z.int(),
  /** Rows appended, altered and deleted. */
  changes: z.array(z.strictObject({ table: z.string(), kind: z.string(), rows: z.int() })),
  /** Features that changed. */
  changed: z.array(z.string()),
});

/** A sign that a table knows the outcome. */
export const dataLeakSchema = z.strictObject({
  kind: z.string(),
  table: z.string(),
  column: z.string().nullable(),
  message: z.string(),
  /** Training leaves its features out; or `recorded_at` hides the rows until they had arrived; or only a doubt. */
  action: z.enum(['left-out', 'masked', 'doubt']),
  /** Features that read it. */
  features: z.array(z.string()),
});

/** A fact whose direction turns around inside a stratum. */
export const reversalSchema = z.strictObject({
  feature: z.string(),
  by: z.string(),
  message: z.string(),
});

/** What training on dated tables adds to a card. */
export const companyCardSchema = z.strictObject({
  name: z.string(),
  currency: z.string(),
  /** ISO instant: the first that is not observed. */
  observedUntil: z.string(),
  gapDays: z.int(),
  horizonDays: z.int(),
  rhythm: z.enum(['month', 'week']),
  /** Only accounts in this stage of their journey; `null` for all. */
  stage: z.string().nullable(),
  snapshots: z.array(snapshotSchema),
  /** Rows without an outcome to learn from. */
  setApart: z.strictObject({ leftInGap: z.int(), censored: z.int(), involuntary: z.int() }),
  features: z.array(featureSchema),
  audit: pointInTimeSchema,
  dataLeaks: z.array(dataLeakSchema),
  /** Held-back rows of accounts that have none in the training part. */
  unseenAccounts: partFiguresSchema,
  /** Held-back figures by stage and segment. */
  groups: z.array(partFiguresSchema.extend({ by: z.string(), value: z.string() })),
  aspects: z.array(aspectWorthSchema),
  usage: usageVerdictSchema,
  leadTimes: z.array(leadTimeSchema),
  reversals: z.array(reversalSchema),
});
export type CompanyCard = z.infer<typeof companyCardSchema>;
