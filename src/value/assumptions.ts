import { z } from 'zod';

/** What an assumption's number is; each unit has its own limits. */
export const assumptionUnits = ['share', 'yearly rate', 'times', 'gain', 'cents'] as const;
export type AssumptionUnit = (typeof assumptionUnits)[number];

export const assumptionSchema = z.strictObject({
  /** The figure that is reckoned with. */
  value: z.number(),
  /** Lowest figure that is still believed possible: one end of the sensitivity table. */
  low: z.number(),
  high: z.number(),
  unit: z.enum(assumptionUnits),
  /** Where the figure is from. */
  source: z.string().min(1),
  /** What it means and how to find one's own. */
  note: z.string(),
});
export type Assumption = z.infer<typeof assumptionSchema>;

export const assumptionKeys = [
  'grossMargin',
  'keepingCostShare',
  'acquisitionCostRatio',
  'fixedCostShare',
  'discountRate',
  'revenueMultiple',
  'listPrecision',
  'saveRate',
  'savedValueShare',
  'contactCostCents',
  'claimedChurnCut',
  'claimedProfitGain',
  'claimedExistingShare',
] as const;
export type AssumptionKey = (typeof assumptionKeys)[number];

/** Every assumption that is reckoned with or, as a claim, compared with; none is a constant in a formula. */
export const assumptionsSchema = z.record(z.enum(assumptionKeys), assumptionSchema);
export type Assumptions = Readonly<Record<AssumptionKey, Assumption>>;

/** The figures alone. */
export type AssumptionValues = Readonly<Record<AssumptionKey, number>>;

/** The `value` of every assumption. */
export function assumptionValues(assumptions: Assumptions): AssumptionValues {
  return Object.fromEntries(assumptionKeys.map((key) => [key, assumptions[key].value])) as Record<
    AssumptionKey,
    number
  >;
}
