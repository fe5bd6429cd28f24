import type { AssumptionValues } from './assumptions.js';
import type { SettledFacts } from './facts.js';
import { discountedMonths, monthlyDiscount } from './lifetime.js';
import { type RevenueCourse, revenueAfter, revenueOver } from './revenue.js';

export const MONTHS_PER_YEAR = 12;

/** The company with one number for everything: every figure of this folder is a function of a scenario. */
export interface Scenario {
  readonly facts: SettledFacts;
  readonly values: AssumptionValues;
  /** Share of accounts lost in a month. */
  readonly logoChurn: number;
  /** Share of recurring revenue lost in a month. */
  readonly revenueChurn: number;
}

/** Revenue of the average account in a month less the cost of serving and of keeping it. */
export function accountMarginCents({ facts, values }: Scenario): number {
  return facts.accountRevenueCents * marginShare(values);
}

/** Present value of the average account from its next payment on: monthly margin × discounted payments. */
export function accountValueCents(scenario: Scenario): number {
  return accountMarginCents(scenario) * discountedMonths(scenario.logoChurn, discountOf(scenario));
}

/**
 * Present value of all of today's accounts from this month's payments on. It follows the revenue churn: where small
 * accounts leave first, that is more than accounts × value of the average one.
 */
export function customerBaseValueCents(scenario: Scenario): number {
  const { facts, values, revenueChurn } = scenario;
  return (
    facts.monthlyRevenueCents * marginShare(values) * discountedMonths(revenueChurn, discountOf(scenario))
  );
}

/** Company value `months` months from now: annual recurring revenue then × the multiple of today. */
export function companyValueCents(scenario: Scenario, months: number): number {
  return scenario.values.revenueMultiple * MONTHS_PER_YEAR * revenueAfter(revenueCourse(scenario), months);
}

/** Revenue of the next `months` months, the present one included. */
export function revenueOverCents(scenario: Scenario, months: number): number {
  return revenueOver(revenueCourse(scenario), months);
}

/** Cost of keeping one account for a year. */
export function keepingCostCents({ facts, values }: Scenario): number {
  return values.keepingCostShare * facts.accountRevenueCents * MONTHS_PER_YEAR;
}

/** Cost of winning one account: measured where the facts give it, else ratio × a year's cost of keeping one. */
export function acquisitionCostCents(scenario: Scenario): number {
  const { facts, values } = scenario;
  return facts.acquisitionCostCents ?? values.acquisitionCostRatio * keepingCostCents(scenario);
}

/** What replacing every leaver of a year costs when the number of accounts is held where it is. */
export function replacementCostCents(scenario: Scenario): number {
  return scenario.facts.accounts * scenario.logoChurn * MONTHS_PER_YEAR * acquisitionCostCents(scenario);
}

/** Profit over the next `months` months: margin less the cost of winning new accounts and the fixed costs. */
export function profitOverCents(scenario: Scenario, months: number): number {
  const { facts, values } = scenario;
  const fixedCosts = values.fixedCostShare * facts.monthlyRevenueCents;
  const acquisition = facts.newAccountsPerMonth * acquisitionCostCents(scenario);
  return marginShare(values) * revenueOverCents(scenario, months) - months * (fixedCosts + acquisition);
}

function revenueCourse({ facts, revenueChurn }: Scenario): RevenueCourse {
  return {
    monthlyRevenueCents: facts.monthlyRevenueCents,
    newRevenueCents: facts.newAccountsPerMonth * facts.accountRevenueCents,
    monthlyChurn: revenueChurn,
  };
}

function marginShare({ grossMargin, keepingCostShare }: AssumptionValues): number {
  return grossMargin - keepingCostShare;
}

function discountOf({ values }: Scenario): number {
  return monthlyDiscount(values.discountRate);
}
