import { z } from 'zod';

/** A figure with its 95 % bootstrap interval. */
export const estimateSchema = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimateSchema>;

/** What contacting the riskiest share of accounts would have caught. */
export const liftAtSchema = z.strictObject({
  /** Share of accounts contacted, riskiest first: 0.01, 0.05, 0.1, 0.2. */
  share: z.number(),
  accounts: z.int(),
  /** Churn rate among them. */
  rate: estimateSchema,
  /** That rate ÷ base rate. */
  lift: estimateSchema,
  /** Share of all churners that are among them. */
  captured: estimateSchema,
});

export const profitSchema = z.strictObject({
  /** Cost of contacting one account, in the user's currency unit. */
  contactCost: z.number(),
  /** Value of one account saved. */
  saveValue: z.number(),
  /** Chance that a contacted churner stays. */
  saveRate: z.number(),
  /** Profit of contacting the riskiest `share`. */
  curve: z.array(z.strictObject({ share: z.number(), accounts: z.int(), profit: estimateSchema })),
  best: z.strictObject({ share: z.number(), accounts: z.int(), profit: estimateSchema }),
});

export const reliabilityBinSchema = z.strictObject({
  accounts: z.int(),
  meanProbability: z.number(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
});

/** Everything measured of one set of probabilities against the outcomes. */
export const evaluationSchema = z.strictObject({
  rows: z.int(),
  churned: z.int(),
  baseRate: z.number(),
  auc: estimateSchema,
  averagePrecision: estimateSchema,
  logLoss: estimateSchema,
  brier: estimateSchema,
  /** Murphy's parts over the reliability bins: brier ≈ reliability − resolution + uncertainty. */
  brierParts: z.strictObject({
    reliability: estimateSchema,
    resolution: estimateSchema,
    uncertainty: estimateSchema,
  }),
  /** Mean |probability − rate| over ten equal-count bins, weighted by accounts. */
  calibrationError: estimateSchema,
  /** Slope and intercept of a logistic fit of the outcome on the log-odds; 1 and 0 are perfect. */
  calibrationSlope: estimateSchema,
  calibrationIntercept: estimateSchema,
  liftAt: z.array(liftAtSchema),
  expectedCount: z.strictObject({ predicted: z.number(), actual: z.int(), ratio: estimateSchema }),
  profit: profitSchema,
  reliability: z.array(reliabilityBinSchema),
  /** At most 200 points, from (0, 0) to (1, 1). */
  roc: z.array(z.strictObject({ falsePositiveRate: z.number(), truePositiveRate: z.number() })),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** First minus second on the same rows, with a paired bootstrap interval. */
export const pairedDifferenceSchema = z.strictObject({
  against: z.string(),
  logLoss: estimateSchema,
  brier: estimateSchema,
  auc: estimateSchema,
  /** Lift of the riskiest tenth. */
  lift: estimateSchema,
});
export type PairedDifference = z.infer<typeof pairedDifferenceSchema>;
