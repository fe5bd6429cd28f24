import { z } from 'zod';
import { weightedMean } from '../math/weighted-mean.js';
import { alignTable, featureSpecSchema, featureSpecs } from '../tables/align.js';
import type { Table } from '../tables/table.js';
import { type Contributions, checkTrainingSet, logit, type TrainingSet } from './model.js';

/** The yardstick: every account leaves at the rate of the training rows. */
export const baseRateSchema = z.strictObject({
  kind: z.literal('base-rate'),
  features: z.array(featureSpecSchema),
  /** Log-odds of the weighted training rate. */
  score: z.number(),
});

export type FittedBaseRate = z.infer<typeof baseRateSchema>;

/**
 * Learns the (weighted) training churn rate and nothing else; what a better model must beat.
 *
 * @throws ChurnError `bad-target` when only one outcome is present, `too-few-rows` without rows.
 * @example
 * const fitted = fitBaseRate({ table, churned: Uint8Array.of(1, 0, 0, 0), weights: null });
 * sigmoid(fitted.score); // 0.25
 */
export function fitBaseRate(train: TrainingSet): FittedBaseRate {
  checkTrainingSet('fitBaseRate', train);
  return { kind: 'base-rate', features: featureSpecs(train.table), score: logit(churnRate(train)) };
}

/** The same score for every row. */
export function predictBaseRate(fitted: FittedBaseRate, table: Table): Float64Array {
  return new Float64Array(alignTable(fitted.features, table).rows).fill(fitted.score);
}

/** No feature pushes: the score is all baseline. */
export function contributionsBaseRate(fitted: FittedBaseRate, table: Table): Contributions {
  const { rows } = alignTable(fitted.features, table);
  return {
    features: fitted.features.map(({ name }) => name),
    baseline: fitted.score,
    values: new Float64Array(rows * fitted.features.length),
  };
}

/** Weighted share of churners among the training rows. */
export function churnRate({ churned, weights }: TrainingSet): number {
  return weightedMean(Float64Array.from(churned), weights);
}
