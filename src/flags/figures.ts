import { z } from 'zod';

/** What is counted among the rows that raise a flag, beside all rows of the same part. */
export const flagFiguresSchema = z.strictObject({
  /** Rows that raise the flag; each is one account as of one snapshot. */
  accounts: z.int(),
  /** How many of them left. */
  churned: z.int(),
  /** churned ÷ accounts; 0 without accounts. */
  rate: z.number(),
  /** 95 % interval of the rate (Wilson). */
  low: z.number(),
  high: z.number(),
  /** All rows of the part, and how many of them left. */
  allAccounts: z.int(),
  allChurned: z.int(),
  /** Churn rate that the same number of rows from the same snapshots would show: the yardstick. */
  baseRate: z.number(),
  /** rate ÷ baseRate. */
  lift: z.number(),
  /** Chance that so many or more leave when the flag says nothing (exact, conditional on the snapshots). */
  p: z.number(),
});

export type FlagFigures = z.infer<typeof flagFiguresSchema>;
