import { z } from 'zod';
import { alignTable, featureSpecSchema, featureSpecs } from '../tables/align.js';
import { columnNamed, type Table } from '../tables/table.js';
import { churnRate } from './base-rate.js';
import { conditionSchema, conditionTest, describeCondition } from './condition.js';
import { type Contributions, checkTrainingSet, logit, type TrainingSet } from './model.js';
import { type Cell, candidateCells } from './trigger-cells.js';

/** The best single condition: one score where it holds, another where it does not. */
export const triggerSchema = z.strictObject({
  kind: z.literal('trigger'),
  features: z.array(featureSpecSchema),
  /** `null` when no condition holds, and fails to hold, for enough rows: then every score is the baseline. */
  condition: conditionSchema.nullable(),
  /** Weight of the training rows for which the condition holds. */
  rowsInside: z.number(),
  /** Log-odds where the condition holds, and elsewhere. */
  inside: z.number(),
  outside: z.number(),
  /** Mean score of the training rows. */
  baseline: z.number(),
});

export type FittedTrigger = z.infer<typeof triggerSchema>;

/**
 * Learns the one condition on one feature that, as a model of two rates, has the lowest training log loss:
 * what a team would use as its only alarm, and a yardstick for every model of many features.
 *
 * Rates are smoothed by half a churner and half a stayer (Jeffreys). Numbers are cut at observed values, at
 * most 255 of them, equally far apart in rows. Of two conditions that split the rows alike, the one that
 * holds for the riskier side is taken.
 *
 * @param options.minLeafRows rows (weight) needed on each side of the condition
 * @throws ChurnError `bad-target` when only one outcome is present, `too-few-rows` without rows.
 * @example
 * const fitted = fitTrigger(train);
 * describeTrigger(fitted); // Contract is Month-to-month
 */
export function fitTrigger(train: TrainingSet, { minLeafRows = 20 } = {}): FittedTrigger {
  checkTrainingSet('fitTrigger', train);
  const features = featureSpecs(train.table);
  const score = logit(churnRate(train));
  let best: FittedTrigger = {
    kind: 'trigger',
    features,
    condition: null,
    rowsInside: 0,
    inside: score,
    outside: score,
    baseline: score,
  };
  let lowest = Infinity;
  for (const column of train.table.columns) {
    for (const { condition, inside, outside } of candidateCells(column, train)) {
      if (Math.min(inside.rows, outside.rows) < minLeafRows) continue;
      const loss = cellLoss(inside) + cellLoss(outside);
      const better = loss - lowest < -1e-9 * loss;
      const riskier = loss - lowest < 1e-9 * loss && smoothedScore(inside) > best.inside;
      if (!better && !riskier) continue;
      lowest = Math.min(loss, lowest);
      best = { ...best, condition, rowsInside: inside.rows, ...scoresOf(inside, outside) };
    }
  }
  return best;
}

function scoresOf(within: Cell, beyond: Cell): Pick<FittedTrigger, 'inside' | 'outside' | 'baseline'> {
  const inside = smoothedScore(within);
  const outside = smoothedScore(beyond);
  const share = within.rows / (within.rows + beyond.rows);
  return { inside, outside, baseline: share * inside + (1 - share) * outside };
}

function smoothedScore({ rows, leavers }: Cell): number {
  return Math.log((leavers + 0.5) / (rows - leavers + 0.5));
}

/** Total log loss of a cell's rows under its own smoothed rate. */
function cellLoss({ rows, leavers }: Cell): number {
  const rate = (leavers + 0.5) / (rows + 1);
  return -leavers * Math.log(rate) - (rows - leavers) * Math.log(1 - rate);
}

/** One of two scores for every row. */
export function predictTrigger(fitted: FittedTrigger, table: Table): Float64Array {
  const aligned = alignTable(fitted.features, table);
  const scores = new Float64Array(table.rows).fill(fitted.outside);
  if (fitted.condition) {
    const column = columnNamed(aligned, fitted.condition.feature);
    const holds = conditionTest(fitted.condition, column);
    for (let row = 0; row < table.rows; row++) if (holds(row)) scores[row] = fitted.inside;
  }
  return scores;
}

/** The whole distance from the mean training score, on the trigger's feature. */
export function contributionsTrigger(fitted: FittedTrigger, table: Table): Contributions {
  const features = fitted.features.map(({ name }) => name);
  const values = new Float64Array(table.rows * features.length);
  const at = features.indexOf(fitted.condition?.feature ?? '');
  predictTrigger(fitted, table).forEach((score, row) => {
    if (fitted.condition) values[row * features.length + at] = score - fitted.baseline;
  });
  return { features, baseline: fitted.baseline, values };
}

/** The condition in words: `Contract is Month-to-month`, `tenure < 6`, `TotalCharges is missing`. */
export function describeTrigger({ condition }: FittedTrigger): string {
  return condition ? describeCondition(condition) : 'no condition on enough rows';
}
