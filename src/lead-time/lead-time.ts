import { z } from 'zod';
import { estimateSchema } from '../evaluation/evaluation.js';

/** How far ahead an indicator tells leavers from others. */
export const leadTimeSchema = z.strictObject({
  feature: z.string(),
  aspect: z.string(),
  description: z.string(),
  /** Leavings that were looked at, each beside accounts that were active on the same day. */
  leavers: z.int(),
  /**
   * AUC (1 more in leavers, 0 less) with its 95 % interval, and lift of the fifth of accounts that look worst, by days
   * before leaving, from what was known then and as far as enough accounts were active and have a value.
   */
  curve: z.array(z.strictObject({ daysBefore: z.int(), auc: estimateSchema, lift: z.number() })),
  /**
   * `from-onset`: begins to tell at some time before leaving; `throughout`: tells on every day that was looked at, without
   * a beginning; `never`: neither, beyond doubt.
   */
  tells: z.enum(['from-onset', 'throughout', 'never']),
  /** Whether those who leave have the higher or the lower values; `null` where it never tells. */
  leaversHave: z.enum(['more', 'less']).nullable(),
  /** Days before leaving at which the facts begin to tell; known `arrivalDays` later. `null` without an onset. */
  leadDays: estimateSchema.nullable(),
  /** Median days from a fact to its arrival, of the slowest table that is read; 0 where `recorded_at` is missing. */
  arrivalDays: z.number(),
  /** Mean wait from arrival to the next snapshot. */
  flagDays: z.number(),
  /** Lead less arrival less wait, below 0 where the flag comes after leaving; `null` without a lead. */
  daysToAct: z.number().nullable(),
});
export type LeadTime = z.infer<typeof leadTimeSchema>;
