import { z } from 'zod';
import { conditionSchema } from '../models/condition.js';
import { flagFiguresSchema } from './figures.js';

/** A flag without one of its conditions, and whether that condition earns its place, on the confirmation's rows. */
export const flagPartSchema = z.strictObject({
  /** The condition that is left out. */
  without: z.string(),
  /** The rows that all other conditions hold for, this one or not. */
  figures: flagFiguresSchema,
  /** Churn rate of those of them that the condition does not hold for, with its 95 % interval. */
  restAccounts: z.int(),
  restRate: z.number(),
  restLow: z.number(),
  restHigh: z.number(),
  /** Chance that the flag's rate exceeds the rest's so far when the condition says nothing (exact). */
  p: z.number(),
});
export type FlagPart = z.infer<typeof flagPartSchema>;

/** How a flag fares inside one stage, segment or month. */
export const groupFindingSchema = z.strictObject({
  /** `stage`, `segment`, `month`, or a column of the flat table. */
  by: z.string(),
  value: z.string(),
  inside: flagFiguresSchema,
  /** Churn rate of the group's rows that do not raise the flag. */
  outsideRate: z.number(),
  /** `holds`: more leave than outside, beyond doubt. `reversed`: fewer, beyond doubt. `unclear`: neither can be said. */
  verdict: z.enum(['holds', 'reversed', 'unclear']),
});
export type GroupFinding = z.infer<typeof groupFindingSchema>;

/** A later look at a published fact, on data that neither found nor confirmed it. */
export const retestSchema = z.strictObject({
  /** Day of the retest, `YYYY-MM-DD`. */
  on: z.string(),
  data: z.strictObject({ file: z.string(), sha256: z.string() }),
  figures: flagFiguresSchema,
  /** `alive`: above base beyond doubt. `dead`: no longer what was published, beyond doubt. `unclear`: too few accounts. */
  verdict: z.enum(['alive', 'dead', 'unclear']),
});
export type Retest = z.infer<typeof retestSchema>;

/** One fact that was found, with all that was done to believe it. */
export const factSchema = z.strictObject({
  /** Eight hex digits of a hash of the expression. */
  id: z.string(),
  conditions: z.array(conditionSchema),
  /** In the language that `parseFlag` reads: `days_since_login >= 14 and cases_28d > 10 and csat < 5`. */
  expression: z.string(),
  /** The conditions as a WHERE clause over a table of the features. */
  sql: z.string(),
  /** `confirmed`: published. `failed`: found, not confirmed. `retired`: was published, and died or expired. */
  status: z.enum(['confirmed', 'failed', 'retired']),
  /** Why it has that status, in one sentence. */
  why: z.string(),
  /**
   * Days, `YYYY-MM-DD`: when it was published (or failed), and until when it may be used without a retest; `null` for the
   * flags of a model that was trained on rows without dates.
   */
  publishedOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  /** On the rows that it was found in; `correctedP` takes the size of the search into account. */
  discovery: flagFiguresSchema.extend({ correctedP: z.number() }),
  /** On rows that the search did not see: the figures to show. `correctedP` is Holm's over all that was confirmed. */
  confirmation: flagFiguresSchema.extend({ correctedP: z.number() }),
  /** Each condition by itself, on the confirmation's rows. */
  singles: z.array(z.strictObject({ condition: z.string(), figures: flagFiguresSchema })),
  /** The flag without each of its conditions. */
  parts: z.array(flagPartSchema),
  groups: z.array(groupFindingSchema),
  /** Days between the flag being raised for the first time and the leaving; `null` where there are no dates. */
  warning: z
    .strictObject({
      accounts: z.int(),
      medianDays: z.number(),
      lowDays: z.number(),
      highDays: z.number(),
    })
    .nullable(),
  retests: z.array(retestSchema),
});
export type Fact = z.infer<typeof factSchema>;

/** A single condition beside the base rate; `correctedP` is Holm's over all single conditions. */
export const triggerFindingSchema = z.strictObject({
  condition: conditionSchema,
  expression: z.string(),
  figures: flagFiguresSchema,
  correctedP: z.number(),
});
export type TriggerFinding = z.infer<typeof triggerFindingSchema>;

/** What one more trigger or flag adds once those before it are crossed off. */
export const returnsStepSchema = z.strictObject({
  expression: z.string(),
  /** Accounts that it raises and no earlier one did, and how many of them left. */
  accounts: z.int(),
  churned: z.int(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
  /** Of all that left, the share that is reached with this step and those before it; of all accounts, the share contacted. */
  churnedShare: z.number(),
  accountsShare: z.number(),
});
export type ReturnsStep = z.infer<typeof returnsStepSchema>;

/** Rows of one part. */
export const partSchema = z.strictObject({
  rows: z.int(),
  churned: z.int(),
  /** First and last snapshot, `YYYY-MM-DD`; `null` in a flat table without dates. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});

/**
 * `flags.json`: all that was looked for, found, confirmed, and what failed.
 *
 * @example
 * const { facts } = ledgerSchema.parse(JSON.parse(JSON.stringify(ledger)));
 */
export const ledgerSchema = z.strictObject({
  formatVersion: z.literal(1),
  kind: z.literal('churnlab-flags'),
  churnlabVersion: z.string(),
  data: z.strictObject({ file: z.string(), sha256: z.string() }),
  seed: z.int(),
  discovery: partSchema,
  confirmation: partSchema,
  /** Rows set aside because they raise what is already handled. */
  handled: z.array(z.strictObject({ expression: z.string(), accounts: z.int(), churned: z.int() })),
  search: z.strictObject({
    /** Conditions that were joined, and how many at most. */
    conditions: z.int(),
    depth: z.int(),
    leastAccounts: z.int(),
    /** Conjunctions on enough accounts: each was looked at. */
    candidates: z.number(),
    /** Whether the search came to its end. */
    complete: z.boolean(),
    correction: z.enum(['westfall-young', 'benjamini-yekutieli']),
    /** Reshuffled outcomes that the correction is from; 0 for Benjamini–Yekutieli. */
    permutations: z.int(),
    /** Candidates that went on to confirmation. */
    carried: z.int(),
  }),
  /** Accounts that can be contacted, which the order of the facts is for. */
  capacity: z.int(),
  /** Confirmed ones first, in the order in which they are worth contacting; then failed and retired ones. */
  facts: z.array(factSchema),
  /** Share of the smaller flag's rows that the larger one has too, `overlap[i][j]` for the confirmed facts in their order. */
  overlap: z.array(z.array(z.number())),
  /** Every single condition, riskiest first. */
  triggers: z.array(triggerFindingSchema),
  /** Triggers crossed off one after the other, then the confirmed flags, both on the confirmation's rows. */
  triggerReturns: z.array(returnsStepSchema),
  flagReturns: z.array(returnsStepSchema),
});
export type Ledger = z.infer<typeof ledgerSchema>;
