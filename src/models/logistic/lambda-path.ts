import { transposeTimesVector } from '../../math/matrix.js';
import { churnRate } from '../base-rate.js';
import { checkTrainingSet, type TrainingSet } from '../model.js';
import { buildDesign, learnEncodings } from './design.js';
import type { Penalty } from './penalised-quadratic.js';

/**
 * Penalties to choose from by resampling, from one that holds every coefficient at 0 (for `mix` above 0)
 * down to nearly none, in equal ratios; the order that {@link fitLogisticPath} wants.
 *
 * The strongest lambda is that of glmnet: the largest slope of the null model ÷ `mix`. The weakest is 1e-4
 * of it, or 1e-2 when the design has more columns than rows.
 *
 * @param options.mix share of the lasso, glmnet's alpha; below 0.05 the strongest lambda is that of 0.05
 * @throws ChurnError `bad-target` when only one outcome is present, `too-few-rows` without rows.
 * @example
 * const models = fitLogisticPath(train, lambdaPath(train));
 */
export function lambdaPath(train: TrainingSet, { mix = 0.2, steps = 12 } = {}): Penalty[] {
  checkTrainingSet('lambdaPath', train);
  const design = buildDesign(train.table, learnEncodings(train.table, train.weights));
  const rate = churnRate(train);
  const total = train.weights?.reduce((sum, weight) => sum + weight, 0) ?? design.rows;
  const residuals = Float64Array.from(
    train.churned,
    (y, row) => ((train.weights?.[row] ?? 1) * (y - rate)) / total,
  );
  const steepest = transposeTimesVector(design, residuals).reduce(
    (most, s) => Math.max(most, Math.abs(s)),
    0,
  );
  const strongest = steepest / Math.max(mix, 0.05);
  const weakest = design.columns > design.rows ? 1e-2 : 1e-4;
  return Array.from({ length: steps }, (_, i) => {
    const lambda = strongest * weakest ** (i / Math.max(1, steps - 1));
    return { l1: lambda * mix, l2: lambda * (1 - mix) };
  });
}
