import { customerFamily, winBackFamily } from './families/customers.js';
import { buyerFamily, orderFamily, receivableFamily } from './families/invoices.js';
import { onboardingFamily } from './families/onboarding.js';
import { renewalFamily } from './families/renewals.js';
import { revenueFamily } from './families/revenue.js';
import { selfServiceFamily, supportFamily } from './families/support.js';
import { surveyFamily } from './families/surveys.js';
import { usageFamily } from './families/usage.js';
import { SPAN_METRICS } from './lifetimes.js';
import type { MetricDefinition, MetricFamily, MonthlyMetric } from './metric.js';

/** Families in the order in which they are computed; a later one may read the tables of those before it. */
export const METRIC_FAMILIES: readonly MetricFamily[] = [
  customerFamily,
  winBackFamily,
  revenueFamily,
  renewalFamily,
  onboardingFamily,
  usageFamily,
  supportFamily,
  selfServiceFamily,
  surveyFamily,
  receivableFamily,
  orderFamily,
  buyerFamily,
];

/**
 * Every metric that churnlab knows, with its formula, unit, source and interval.
 *
 * @example
 * for (const { name, formula, source } of metricsCatalogue) console.log(name, formula, source);
 */
export const metricsCatalogue: readonly MetricDefinition[] = [
  ...METRIC_FAMILIES.flatMap(({ metrics }) => metrics.map(definitionOf)),
  ...SPAN_METRICS,
];

function definitionOf({
  name,
  title,
  formula,
  unit,
  counts,
  source,
  interval,
}: MonthlyMetric): MetricDefinition {
  return { name, title, formula, unit, counts, source, interval, per: 'month' };
}
