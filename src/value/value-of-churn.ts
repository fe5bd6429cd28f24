import { ChurnError } from '../errors.js';
import type { Estimate } from '../evaluation/evaluation.js';
import { type Assumptions, assumptionValues } from './assumptions.js';
import { type ChangeWorth, worthOfChange } from './change-worth.js';
import { type ChurnChange, checkChanges, DEFAULT_CHANGES } from './churn-change.js';
import { type ClaimCheck, checkClaims } from './claims.js';
import { type ContactWorth, worthOfContact } from './contact-worth.js';
import { DEFAULT_ASSUMPTIONS } from './default-assumptions.js';
import { type SettledFacts, settleFacts, type ValueFacts } from './facts.js';
import { lifetimeMonths } from './lifetime.js';
import { type OpenEstimate, overInterval, overIntervalOpen } from './over-interval.js';
import {
  accountMarginCents,
  accountValueCents,
  acquisitionCostCents,
  companyValueCents,
  customerBaseValueCents,
  MONTHS_PER_YEAR,
  type Scenario,
} from './scenario.js';
import { type Sensitivity, sensitivityOf } from './sensitivity.js';
import { type ValueCurve, valueCurveOf } from './value-curve.js';

/** The company as it stands, before any change. */
export interface TodaysWorth {
  readonly annualRevenueCents: number;
  /** Annual recurring revenue × multiple. */
  readonly companyValueCents: number;
  /** Cost of winning one account, measured or assumed. */
  readonly acquisitionCostCents: number;
  /** Expected monthly payments of an account. */
  readonly lifetimeMonths: OpenEstimate;
  /** Undiscounted margin of an account over its lifetime. */
  readonly lifetimeValueCents: OpenEstimate;
  /** Present value of an account. */
  readonly accountValueCents: Estimate;
  /** Present value of all accounts. */
  readonly customerBaseValueCents: Estimate;
}

/** What churn, and changes of it, are worth to a company. Plain data. */
export interface ValueResult {
  readonly facts: SettledFacts;
  readonly assumptions: Assumptions;
  readonly today: TodaysWorth;
  /** In the order asked for; the first is the headline. */
  readonly changes: readonly ChangeWorth[];
  readonly contact: ContactWorth;
  /** The headline's gain, its company value, and the break-even contact cost. */
  readonly sensitivity: readonly Sensitivity[];
  readonly claims: readonly ClaimCheck[];
  readonly curve: ValueCurve;
}

export interface ValueOptions {
  readonly changes?: readonly ChurnChange[];
  /** Months over which revenue and company value are told, the longest last. */
  readonly horizonsMonths?: readonly number[];
}

/**
 * What a change in churn is worth: more revenue, longer lifetimes, a more valuable company, and with them what a
 * contact may cost. Margin, prices, new accounts and the multiple are held; only churn changes, from the
 * present month on and for every account alike. Intervals come from the measured churn alone; what the assumptions
 * add is told by `sensitivity`.
 *
 * @throws ChurnError `bad-option` naming the fact or option at fault
 *
 * @example
 * const result = valueOfChurn({
 *   accounts: 400,
 *   monthlyRevenueCents: 20_000_000,
 *   monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
 *   currency: 'EUR',
 * });
 * console.log(result.changes[0]?.customerBaseGainCents.value); // cents gained with 5 % less churn
 */
export function valueOfChurn(
  facts: ValueFacts,
  assumptions: Assumptions = DEFAULT_ASSUMPTIONS,
  { changes = DEFAULT_CHANGES, horizonsMonths = [12, 24, 36] }: ValueOptions = {},
): ValueResult {
  checkChanges(changes);
  checkHorizons(horizonsMonths);
  const settled = settleFacts(facts);
  const scenario: Scenario = {
    facts: settled,
    values: assumptionValues(assumptions),
    logoChurn: settled.monthlyLogoChurn.value,
    revenueChurn: settled.monthlyRevenueChurn.value,
  };
  const months = horizonsMonths.at(-1)!;
  const change = changes[0]!;
  return {
    facts: settled,
    assumptions,
    today: todaysWorth(scenario),
    changes: changes.map((one) => worthOfChange(scenario, one, horizonsMonths)),
    contact: worthOfContact(scenario),
    sensitivity: [
      sensitivityOf({ kind: 'customer-base-gain', change }, scenario, assumptions),
      sensitivityOf({ kind: 'company-value-gain', change, months }, scenario, assumptions),
      sensitivityOf({ kind: 'break-even-contact-cost' }, scenario, assumptions),
    ],
    claims: checkClaims(scenario, assumptions, months),
    curve: valueCurveOf(scenario, changes),
  };
}

function todaysWorth(scenario: Scenario): TodaysWorth {
  const { monthlyLogoChurn, monthlyRevenueChurn, monthlyRevenueCents } = scenario.facts;
  const margin = accountMarginCents(scenario);
  return {
    annualRevenueCents: MONTHS_PER_YEAR * monthlyRevenueCents,
    companyValueCents: companyValueCents(scenario, 0),
    acquisitionCostCents: acquisitionCostCents(scenario),
    lifetimeMonths: overIntervalOpen(monthlyLogoChurn, lifetimeMonths),
    lifetimeValueCents: overIntervalOpen(monthlyLogoChurn, (churn) => margin * lifetimeMonths(churn)),
    accountValueCents: overInterval(monthlyLogoChurn, (logoChurn) =>
      accountValueCents({ ...scenario, logoChurn }),
    ),
    customerBaseValueCents: overInterval(monthlyRevenueChurn, (revenueChurn) =>
      customerBaseValueCents({ ...scenario, revenueChurn }),
    ),
  };
}

function checkHorizons(horizonsMonths: readonly number[]): void {
  const rising = horizonsMonths.every(
    (months, i) => Number.isInteger(months) && months > (horizonsMonths[i - 1] ?? 0) && months <= 600,
  );
  if (!rising || horizonsMonths.length === 0) {
    throw new ChurnError(
      'bad-option',
      `value: horizons must be whole months from 1 to 600, rising, found [${horizonsMonths.join(', ')}]`,
    );
  }
}
