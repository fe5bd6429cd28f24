import { z } from 'zod';
import { estimateSchema } from '../evaluation/evaluation.js';

/** How far ahead an indicator tells leavers from others. */
export const leadTimeSchema = z.strictObject({
  feature: z.string(),
  aspect: z.string(),
  description: z.string(),
  leavers: z.int(),
  /** AUC (1 more in leavers, 0 less) and lift of the fifth of accounts that look worst, by days before leaving. */
  curve: z.array(z.strictObject({ daysBefore: z.int(), auc: estimateSchema, lift: z.number() })),
  /** Days before leaving at which the indicator begins to tell; `null` where it never does beyond doubt. */
  leadDays: estimateSchema.nullable(),
  /** Median days from a fact to its arrival in the tables; 0 where `recorded_at` is missing. */
  arrivalDays: z.number(),
  /** Mean wait from arrival to the next snapshot. */
  flagDays: z.number(),
  /** Lead less arrival less wait; `null` without a lead. */
  daysToAct: z.number().nullable(),
});
export type LeadTime = z.infer<typeof leadTimeSchema>;
