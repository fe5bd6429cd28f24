import { z } from 'zod';
import type { TableName } from '../contracts/contract.js';
import type { Random } from '../math/random.js';
import type { Company } from '../workspace/company.js';
import type { Figure } from './figure.js';
import type { MetricRows } from './metric-rows.js';
import type { Month } from './months.js';

/** What a metric is, for people and for `--json`. */
export const metricDefinitionSchema = z.strictObject({
  /** kebab-case, unique. */
  name: z.string(),
  title: z.string(),
  /** Plain maths text. */
  formula: z.string(),
  /** `share`, `cents`, `accounts`, `months`, `days`, `hours`, `ratio`, `points`. */
  unit: z.enum(['share', 'cents', 'accounts', 'months', 'days', 'hours', 'ratio', 'points', 'count']),
  /** What `n` counts. */
  counts: z.string(),
  /** Paper or page that the formula follows. */
  source: z.string(),
  /** How the 95 % interval comes about, or why there is none. */
  interval: z.string(),
  /** Measured for each month, or once for the whole span. */
  per: z.enum(['month', 'span']),
});
export type MetricDefinition = z.infer<typeof metricDefinitionSchema>;

/** A metric that is measured month by month. */
export interface MonthlyMetric extends Omit<MetricDefinition, 'per'> {
  /** Tables without which it cannot be measured, besides its family's. */
  readonly needs?: readonly TableName[];
  readonly measure: (rows: MetricRows, context: MeasureContext) => Figure;
}

export interface MeasureContext {
  readonly month: Month;
  readonly random: Random;
}

/** Metrics that are computed from the same rows. */
export interface MetricFamily {
  readonly name: string;
  /** Tables without which none of the family can be measured. */
  readonly needs: readonly TableName[];
  /** Why the family means nothing for this company, or `null`. */
  readonly unfit?: (company: Company) => string | null;
  /**
   * A query with a column `month` (the number of the month in `metric_months`), `account_id`, and numbers: the rows of
   * all months. It may read the tables, `spells`, `metric_months` (`month`, `starts`, `ends`) and the tables
   * (`metric_<name>`) of families before its own.
   */
  readonly sql: (company: Company) => string;
  readonly metrics: readonly MonthlyMetric[];
}

/** The words for intervals, so that equal methods read alike. */
export const INTERVALS = {
  proportion: 'Wilson score; Clopper–Pearson below 10',
  poisson: 'exact Poisson (Garwood) of the leavings; the denominator taken as given',
  ratio: 'account as the unit: percentile bootstrap up to 200 accounts, delta method above',
  median: 'Woodruff, account as the unit',
  survival: 'Brookmeyer–Crowley from log-log Greenwood bands',
  none: 'none: counted, not estimated',
} as const;
