import { z } from 'zod';
import { figureSchema } from './figure.js';
import { metricDefinitionSchema } from './metric.js';

const monthName = z.string().regex(/^\d{4}-\d{2}$/);
const end = z.number().nullable();

/** A figure of one month; of the whole span where `month` is `null`. */
export const metricPointSchema = figureSchema.extend({ month: monthName.nullable() });

export const metricSeriesSchema = z.strictObject({
  metric: z.string(),
  /** `null`: all accounts. */
  group: z.string().nullable(),
  points: z.array(metricPointSchema),
});

export const survivalResultSchema = z.strictObject({
  group: z.string().nullable(),
  stays: z.int(),
  left: z.int(),
  /** Last day watched; the curve says nothing beyond. */
  untilDays: z.number(),
  /** At most 240 points, the last at or before evenly spaced days; each holds until the next. */
  points: z.array(
    z.strictObject({ days: z.number(), survival: z.number(), low: end, high: end, atRisk: z.int() }),
  ),
});

export const cohortCellSchema = z.strictObject({
  /** Whole months after the sign-up month; 0 is the end of the sign-up month itself. */
  age: z.int(),
  accounts: z.int(),
  active: z.int(),
  /** active ÷ accounts, with its interval. */
  share: z.number(),
  low: z.number(),
  high: z.number(),
});

/**
 * What was measured of a company, and what could not be: series by month and group, survival, cohorts.
 *
 * @example
 * const { series } = metricsResultSchema.parse(JSON.parse(JSON.stringify(metrics)));
 */
export const metricsResultSchema = z.strictObject({
  company: z.string(),
  /** ISO 4217; amounts are in its minor unit. */
  currency: z.string(),
  from: monthName,
  to: monthName,
  by: z.enum(['segment', 'plan', 'country', 'stage']).nullable(),
  definitions: z.array(metricDefinitionSchema),
  series: z.array(metricSeriesSchema),
  /** Metrics that could not be measured and why; they have no series. */
  unmeasured: z.array(z.strictObject({ metric: z.string(), reason: z.string() })),
  survival: z.array(survivalResultSchema),
  /** Whether the groups leave at the same pace; `null` without groups that can be compared. */
  logRank: z
    .strictObject({
      groups: z.array(
        z.strictObject({ group: z.string(), stays: z.int(), observed: z.int(), expected: z.number() }),
      ),
      chiSquare: z.number(),
      degreesOfFreedom: z.int(),
      p: z.number(),
    })
    .nullable(),
  cohorts: z.strictObject({
    /** One row for each sign-up month with accounts, from `from` on. */
    triangle: z.array(z.strictObject({ cohort: monthName, cells: z.array(cohortCellSchema) })),
    /** All cohorts that reached an age, together. */
    curve: z.array(cohortCellSchema),
  }),
  notes: z.array(z.strictObject({ kind: z.string(), message: z.string() })),
});

export type MetricPoint = z.infer<typeof metricPointSchema>;
export type MetricSeries = z.infer<typeof metricSeriesSchema>;
export type SurvivalResult = z.infer<typeof survivalResultSchema>;
export type CohortCell = z.infer<typeof cohortCellSchema>;
export type MetricsResult = z.infer<typeof metricsResultSchema>;

/**
 * One series of a result; `undefined` where the metric was not measured.
 *
 * @example
 * const lost = seriesOf(metrics, 'customers-lost');
 * lost?.points.length; // 8
 * seriesOf(metrics, 'no such metric'); // undefined
 */
export function seriesOf(
  { series }: MetricsResult,
  metric: string,
  group: string | null = null,
): MetricSeries | undefined {
  return series.find((candidate) => candidate.metric === metric && candidate.group === group);
}
