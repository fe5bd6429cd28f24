import { z } from 'zod';
import type { Table } from '../tables/table.js';
import { baseRateSchema, predictBaseRate } from './base-rate.js';
import { boostedTreesSchema } from './boosted-trees/model.js';
import { predictBoostedTrees } from './boosted-trees/predict.js';
import { logisticSchema } from './logistic/logistic.js';
import { predictLogistic } from './logistic/predict.js';
import { neuralNetSchema } from './neural-net/model.js';
import { predictNeuralNet } from './neural-net/predict.js';
import { predictTrigger, triggerSchema } from './trigger.js';

/** A fitted model of any family: plain data, told apart by `kind`. */
export const fittedModelSchema = z.discriminatedUnion('kind', [
  baseRateSchema,
  triggerSchema,
  logisticSchema,
  boostedTreesSchema,
  neuralNetSchema,
]);
export type FittedModel = z.infer<typeof fittedModelSchema>;

/**
 * The score of every row, in log-odds and row order.
 *
 * @throws ChurnError `missing-column`, `bad-table` when the table lacks a feature or holds another kind
 * @example
 * const scores = predictFitted(trees, table);
 * auc(scores.map(sigmoid), churned) > 0.7; // true
 */
export function predictFitted(fitted: FittedModel, table: Table): Float64Array {
  switch (fitted.kind) {
    case 'base-rate':
      return predictBaseRate(fitted, table);
    case 'trigger':
      return predictTrigger(fitted, table);
    case 'logistic':
      return predictLogistic(fitted, table);
    case 'boosted-trees':
      return predictBoostedTrees(fitted, table);
    case 'neural-net':
      return predictNeuralNet(fitted, table);
  }
}
