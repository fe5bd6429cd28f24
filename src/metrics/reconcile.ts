import { z } from 'zod';
import { ChurnError } from '../errors.js';
import { createSpells } from '../timeline/spells.js';
import type { Company } from '../workspace/company.js';
import {
  CHURN_FORMULA_NAMES,
  type ChurnCounts,
  type ChurnFormula,
  type ChurnFormulaName,
  formulaPath,
} from './churn-formulas.js';
import { customerFamily } from './families/customers.js';
import { revenueFamily } from './families/revenue.js';
import { type Fraction, fractionText, minus, toNumber } from './fraction.js';
import { createMonths, metricMonths } from './metric-months.js';

const rateSchema = z.strictObject({
  formula: z.enum(CHURN_FORMULA_NAMES),
  title: z.string(),
  words: z.string(),
  rate: z.number(),
  /** The rate as a fraction in lowest terms: `3/10`. */
  exact: z.string(),
});

/** Why two formulas give different numbers for the same month: the steps add up exactly to the difference. */
export const reconciliationSchema = z.strictObject({
  month: z.string(),
  from: rateSchema,
  to: rateSchema,
  steps: z.array(
    z.strictObject({
      /** The decision in which the formulas before and after the step differ. */
      decision: z.string(),
      /** The formula that the step arrives at. */
      formula: z.enum(CHURN_FORMULA_NAMES),
      difference: z.number(),
      exact: z.string(),
    }),
  ),
  /** `to` − `from`. */
  difference: z.number(),
  exact: z.string(),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

export interface ReconcileOptions {
  readonly from?: ChurnFormulaName;
  readonly to?: ChurnFormulaName;
}

/**
 * The waterfall from one churn formula to another for a month, `2024-03`.
 *
 * @throws ChurnError `bad-option` for a month that is none or not wholly observed, `bad-table` when a formula needs
 * revenue and there are no subscriptions, `too-few-rows` when a denominator on the way is 0
 * @example
 * const { steps, difference } = await reconcileChurn(company, '2023-06', {
 *   from: 'opening-base',
 *   to: 'exposure',
 * });
 * console.log(
 *   difference,
 *   steps.map(({ decision }) => decision),
 * );
 */
export async function reconcileChurn(
  company: Company,
  month: string,
  { from = 'opening-base', to = 'exposure' }: ReconcileOptions = {},
): Promise<Reconciliation> {
  const path = formulaPath(from, to);
  const needsRevenue = path.some((formula) => formula.needsRevenue);
  if (needsRevenue && !company.tables.has('subscriptions')) {
    throw new ChurnError('bad-table', `reconcile ${from} with ${to}: needed table subscriptions, found none`);
  }
  const counts = await countChurn(company, month, needsRevenue);
  const rates = path.map((formula) => ({ formula, rate: rateOf(formula, counts, month) }));
  const [first, last] = [rates[0]!, rates.at(-1)!];
  const difference = minus(last.rate, first.rate);
  return {
    month,
    from: rateRecord(first),
    to: rateRecord(last),
    steps: rates.slice(1).map(({ formula, rate }, i) => {
      const before = rates[i]!;
      const step = minus(rate, before.rate);
      // The decision belongs to the one of the two that is further from the root.
      const { decision } = formula.parent === before.formula.name ? formula : before.formula;
      return { decision, formula: formula.name, difference: toNumber(step), exact: fractionText(step) };
    }),
    difference: toNumber(difference),
    exact: fractionText(difference),
  };
}

function rateRecord({ formula, rate }: { formula: ChurnFormula; rate: Fraction }): Reconciliation['from'] {
  return {
    formula: formula.name,
    title: formula.title,
    words: formula.formula,
    rate: toNumber(rate),
    exact: fractionText(rate),
  };
}

function rateOf(formula: ChurnFormula, counts: ChurnCounts, month: string): Fraction {
  const rate = formula.rate(counts);
  if (rate !== null) return rate;
  throw new ChurnError(
    'too-few-rows',
    `reconcile: ${formula.name} of ${month} divides by 0 (${counts.opening} accounts at the start of the month)`,
  );
}

/** Counts a month's comings and goings. */
async function countChurn(company: Company, month: string, needsRevenue: boolean): Promise<ChurnCounts> {
  const { database } = company;
  await createSpells(company);
  await createMonths(company, await metricMonths(company, month, month));
  await database.run(`CREATE OR REPLACE TABLE metric_customers AS ${customerFamily.sql(company)}`);
  const revenue = needsRevenue
    ? revenueFamily.sql(company)
    : 'SELECT account_id, 0 AS opening_cents, 0 AS churn, 0 AS contraction, 0 AS expansion FROM metric_customers';
  const sum = (sql: string) => `CAST(coalesce(sum(${sql}), 0) AS BIGINT)`;
  const [counts] = await database.rows<{ [Name in keyof ChurnCounts]: number }>(`
    SELECT ${sum('c.opening')} AS opening, ${sum('c.closing')} AS closing, ${sum('lost_opening')} AS "lostOpening",
      ${sum('lost_opening_involuntary')} AS "lostOpeningInvoluntary",
      ${sum('CASE WHEN c.opening = 1 AND c.closing = 0 THEN 1 ELSE 0 END')} AS "goneAtEnd",
      ${sum('lost_joined')} AS "lostJoined", ${sum('lost_returned')} AS "lostReturned",
      ${sum('exposure_ms')} AS "exposureMs", coalesce(any_value(month_ms), 0) AS "monthMs",
      ${sum('opening_cents')} AS "openingCents", ${sum('-churn')} AS "churnedCents",
      ${sum('-contraction')} AS "contractionCents", ${sum('expansion')} AS "expansionCents"
    FROM metric_customers c JOIN (${revenue}) r USING (account_id)`);
  await database.run('DROP TABLE metric_customers; DROP TABLE metric_months');
  return counts!;
}

/**
 * A reconciliation in sentences: the two rates, then one line a step, percentage points with their sign.
 *
 * @example
 * console.log(reconciliationLines(await reconcileChurn(company, '2023-06')).join('\n'));
 */
export function reconciliationLines({ month, from, to, steps, difference }: Reconciliation): string[] {
  const percent = (rate: number) => `${(100 * rate).toFixed(2)} %`;
  const points = (rate: number) => `${rate < 0 ? '−' : '+'}${Math.abs(100 * rate).toFixed(2)} points`;
  return [
    `${month}: ${from.title} ${percent(from.rate)} (${from.exact}); ${to.title} ${percent(to.rate)} (${to.exact}).`,
    ...steps.map((step) => `${points(step.difference)} (${step.exact}) ${step.decision}`),
    `${points(difference)} in all.`,
  ];
}
