import { z } from 'zod';
import { estimateSchema } from '../evaluation/evaluation.js';
import { wilsonInterval } from '../evaluation/reliability.js';
import type { Interval } from '../math/bootstrap.js';
import { rowsMeeting } from '../models/condition.js';
import { type ChurnModel, predictBeforeShifts, predictChurn } from './churn-model.js';
import type { NamedGroup } from './group-calibration.js';
import type { LearningSet } from './learning-sets.js';

/** Whether the probabilities are right inside one flag, stage or segment, on held-back rows. */
export const insideGroupSchema = z.strictObject({
  /** A flag's expression; the name of a stage or segment. */
  name: z.string(),
  kind: z.enum(['flag', 'stage', 'segment']),
  /** Whether the model shifts it; a stage or segment must earn that, and a group of few accounts cannot. */
  shifted: z.boolean(),
  rows: z.int(),
  churned: z.int(),
  /** Mean probability of its rows, before all shifts and after. */
  meanBefore: z.number(),
  meanAfter: z.number(),
  /** Churn rate with its 95 % interval (Wilson; wider where accounts have several rows). */
  rate: estimateSchema,
  /** Whether the mean after lies in the interval. Of twenty groups one will not, by chance. */
  agrees: z.boolean(),
});
export type InsideGroup = z.infer<typeof insideGroupSchema>;

/** Mean probability and churn rate inside each group that has held-back rows. */
export function judgeInside(
  groups: readonly NamedGroup[],
  model: ChurnModel,
  { table, churned, groups: accounts }: LearningSet,
): InsideGroup[] {
  const before = predictBeforeShifts(model, table);
  const after = predictChurn(model, table);
  return groups.flatMap(({ name, kind, conditions }) => {
    const members = rowsMeeting(conditions, table);
    const rows = [...members.keys()].filter((row) => members[row] === 1);
    if (rows.length === 0 || kind === 'all') return [];
    const mean = (values: ArrayLike<number>) =>
      rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
    const rate = { value: mean(churned), ...rateInterval(rows, churned, accounts) };
    const meanAfter = mean(after);
    return [
      {
        name,
        kind,
        shifted: model.groupShifts.some((shift) => shift.kind === kind && shift.name === name),
        rows: rows.length,
        churned: rows.reduce((sum, row) => sum + churned[row]!, 0),
        meanBefore: mean(before),
        meanAfter,
        rate,
        agrees: rate.low <= meanAfter && meanAfter <= rate.high,
      },
    ];
  });
}

/**
 * Wilson's interval of the rows' churn rate. Rows of one account tell less than as many accounts: the rows then count as
 * so many as would give the variance of the rate over accounts, and never as more than there are.
 */
export function rateInterval(
  rows: readonly number[],
  churned: Uint8Array,
  accounts: Int32Array | null,
): Interval {
  const rate = rows.reduce((sum, row) => sum + churned[row]!, 0) / rows.length;
  return wilsonInterval(rate, accounts === null ? rows.length : effectiveRows(rows, churned, accounts, rate));
}

function effectiveRows(
  rows: readonly number[],
  churned: Uint8Array,
  accounts: Int32Array,
  rate: number,
): number {
  const residuals = new Map<number, number>();
  for (const row of rows) {
    const account = accounts[row]!;
    residuals.set(account, (residuals.get(account) ?? 0) + churned[row]! - rate);
  }
  const count = residuals.size;
  if (rate === 0 || rate === 1 || count === 1) return count;
  const squares = [...residuals.values()].reduce((sum, residual) => sum + residual * residual, 0);
  const variance = (squares / rows.length ** 2) * (count / (count - 1));
  return Math.min(rows.length, (rate * (1 - rate)) / variance);
}
