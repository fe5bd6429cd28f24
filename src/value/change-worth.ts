import type { Estimate } from '../evaluation/evaluation.js';
import { type ChurnChange, changedChurn, isBounded } from './churn-change.js';
import { lifetimeMonths } from './lifetime.js';
import { type OpenEstimate, overInterval, overIntervalOpen } from './over-interval.js';
import {
  accountMarginCents,
  accountValueCents,
  companyValueCents,
  customerBaseValueCents,
  replacementCostCents,
  revenueOverCents,
  type Scenario,
} from './scenario.js';

/** What a change brings by the end of some months. */
export interface HorizonWorth {
  readonly months: number;
  /** Additional revenue of these months together. */
  readonly revenueCents: Estimate;
  /** Additional company value at their end, the multiple held. */
  readonly companyValueCents: Estimate;
}

/** What one change of churn is worth; every figure is with the change less without it unless it says otherwise. */
export interface ChangeWorth {
  readonly change: ChurnChange;
  /** The change asked for more than there is, and stopped at a churn of 0 or 1. */
  readonly bounded: boolean;
  /** Monthly churn after the change. */
  readonly monthlyLogoChurn: Estimate;
  readonly monthlyRevenueChurn: Estimate;
  readonly horizons: readonly HorizonWorth[];
  /** Expected monthly payments of an account after the change. */
  readonly lifetimeMonths: OpenEstimate;
  /** Undiscounted margin of an account over its lifetime, after the change. */
  readonly lifetimeValueCents: OpenEstimate;
  /** Present value of an account after the change. */
  readonly accountValueCents: Estimate;
  readonly accountValueGainCents: Estimate;
  /** Additional present value of all of today's accounts: the headline. */
  readonly customerBaseGainCents: Estimate;
  /** Saved in a year in winning replacements, where every leaver is replaced; not to be added to the revenue. */
  readonly replacementSavedCents: Estimate;
}

/** The scenario with both churns changed. */
export function afterChange(scenario: Scenario, change: ChurnChange): Scenario {
  return {
    ...scenario,
    logoChurn: changedChurn(scenario.logoChurn, change),
    revenueChurn: changedChurn(scenario.revenueChurn, change),
  };
}

/** Values one change, with the intervals that the measured churn gives. */
export function worthOfChange(
  scenario: Scenario,
  change: ChurnChange,
  horizonsMonths: readonly number[],
): ChangeWorth {
  const { monthlyLogoChurn, monthlyRevenueChurn } = scenario.facts;
  const afterLogo = (logoChurn: number) => afterChange({ ...scenario, logoChurn }, change);
  const afterRevenue = (revenueChurn: number) => afterChange({ ...scenario, revenueChurn }, change);
  const gainByLogo = (figure: (one: Scenario) => number) =>
    overInterval(
      monthlyLogoChurn,
      (logoChurn) => figure(afterLogo(logoChurn)) - figure({ ...scenario, logoChurn }),
    );
  const gainByRevenue = (figure: (one: Scenario) => number) =>
    overInterval(
      monthlyRevenueChurn,
      (revenueChurn) => figure(afterRevenue(revenueChurn)) - figure({ ...scenario, revenueChurn }),
    );
  const margin = accountMarginCents(scenario);
  const lifetime = (logoChurn: number) => lifetimeMonths(afterLogo(logoChurn).logoChurn);
  return {
    change,
    bounded: isBounded(monthlyLogoChurn.value, change) || isBounded(monthlyRevenueChurn.value, change),
    monthlyLogoChurn: overInterval(monthlyLogoChurn, (churn) => afterLogo(churn).logoChurn),
    monthlyRevenueChurn: overInterval(monthlyRevenueChurn, (churn) => afterRevenue(churn).revenueChurn),
    horizons: horizonsMonths.map((months) => ({
      months,
      revenueCents: gainByRevenue((one) => revenueOverCents(one, months)),
      companyValueCents: gainByRevenue((one) => companyValueCents(one, months)),
    })),
    lifetimeMonths: overIntervalOpen(monthlyLogoChurn, lifetime),
    lifetimeValueCents: overIntervalOpen(monthlyLogoChurn, (churn) => margin * lifetime(churn)),
    accountValueCents: overInterval(monthlyLogoChurn, (churn) => accountValueCents(afterLogo(churn))),
    accountValueGainCents: gainByLogo(accountValueCents),
    customerBaseGainCents: gainByRevenue(customerBaseValueCents),
    replacementSavedCents: gainByLogo((one) => -replacementCostCents(one)),
  };
}
