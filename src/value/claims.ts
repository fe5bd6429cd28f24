import type { Estimate } from '../evaluation/evaluation.js';
import type { AssumptionKey, Assumptions } from './assumptions.js';
import { afterChange } from './change-worth.js';
import type { ChurnChange } from './churn-change.js';
import { type OpenEstimate, overIntervalOpen } from './over-interval.js';
import { stayedMonths } from './revenue.js';
import {
  accountValueCents,
  acquisitionCostCents,
  keepingCostCents,
  MONTHS_PER_YEAR,
  profitOverCents,
  revenueOverCents,
  type Scenario,
} from './scenario.js';

/** Where the company's own figure, with its interval, falls against the claimed range. */
export type ClaimStanding = 'below' | 'within' | 'above' | 'overlaps' | 'unknown';

/** What is compared with a claim. */
export type ClaimMeasure =
  /** Gain in the present value of an account less its acquisition cost: what the claim's authors reckoned. */
  | { readonly kind: 'account-value-gain'; readonly change: ChurnChange }
  /** Gain in the company's profit over some months: what the claim is quoted as. */
  | { readonly kind: 'profit-gain'; readonly change: ChurnChange; readonly months: number }
  /** Cost of winning an account ÷ cost of keeping one for a year. */
  | { readonly kind: 'acquisition-ratio' }
  /** Share of the next twelve months' revenue that comes from the accounts of today. */
  | { readonly kind: 'existing-share' };

/** An outside claim beside the company's own figure. */
export interface ClaimCheck {
  readonly claim: AssumptionKey;
  readonly measure: ClaimMeasure;
  readonly claimed: Estimate;
  /** `null` where the facts do not tell: no profit to grow, no acquisition cost, no new accounts. */
  readonly own: OpenEstimate | null;
  readonly standing: ClaimStanding;
}

/**
 * Holds the outside claims against the company's own numbers. "5 % less churn" is read both ways, as 5 percent of
 * the churn and as 5 points of the yearly retention, and "profit" both ways, as value of a customer and as profit.
 */
export function checkClaims(scenario: Scenario, assumptions: Assumptions, months: number): ClaimCheck[] {
  const cut = scenario.values.claimedChurnCut;
  const readings: readonly ChurnChange[] = [
    { kind: 'relative', amount: -cut },
    { kind: 'yearly-retention-points', amount: cut },
  ];
  const check = (claim: AssumptionKey, measure: ClaimMeasure): ClaimCheck => {
    const { value, low, high } = assumptions[claim];
    const own = ownFigure(measure, scenario);
    return { claim, measure, claimed: { value, low, high }, own, standing: standingOf(own, { low, high }) };
  };
  return [
    ...readings.map((change) => check('claimedProfitGain', { kind: 'account-value-gain', change })),
    ...readings.map((change) => check('claimedProfitGain', { kind: 'profit-gain', change, months })),
    check('acquisitionCostRatio', { kind: 'acquisition-ratio' }),
    check('claimedExistingShare', { kind: 'existing-share' }),
  ];
}

function ownFigure(measure: ClaimMeasure, scenario: Scenario): OpenEstimate | null {
  const { facts } = scenario;
  switch (measure.kind) {
    case 'account-value-gain':
      return known(
        overIntervalOpen(facts.monthlyLogoChurn, (logoChurn) =>
          relativeGain(
            { ...scenario, logoChurn },
            measure.change,
            (one) => accountValueCents(one) - acquisitionCostCents(one),
          ),
        ),
      );
    case 'profit-gain':
      return known(
        overIntervalOpen(facts.monthlyRevenueChurn, (revenueChurn) =>
          relativeGain({ ...scenario, revenueChurn }, measure.change, (one) =>
            profitOverCents(one, measure.months),
          ),
        ),
      );
    case 'acquisition-ratio':
      return facts.acquisitionCostCents === undefined ? null : known(acquisitionRatio(scenario));
    case 'existing-share':
      return facts.newAccountsPerMonth === 0
        ? null
        : overIntervalOpen(facts.monthlyRevenueChurn, (revenueChurn) =>
            existingShare({ ...scenario, revenueChurn }),
          );
  }
}

/** Growth of a figure by a change, as a share of what it is without; beyond all bounds where there is none to grow. */
function relativeGain(scenario: Scenario, change: ChurnChange, figure: (one: Scenario) => number): number {
  const before = figure(scenario);
  return before > 0 ? (figure(afterChange(scenario, change)) - before) / before : Infinity;
}

function acquisitionRatio(scenario: Scenario): OpenEstimate {
  const keepingCost = keepingCostCents(scenario);
  const value = keepingCost > 0 ? acquisitionCostCents(scenario) / keepingCost : null;
  return { value, low: value, high: value };
}

function existingShare(scenario: Scenario): number {
  const fromToday = scenario.facts.monthlyRevenueCents * stayedMonths(scenario.revenueChurn, MONTHS_PER_YEAR);
  return fromToday / revenueOverCents(scenario, MONTHS_PER_YEAR);
}

function known(own: OpenEstimate): OpenEstimate | null {
  return own.value === null ? null : own;
}

function standingOf(own: OpenEstimate | null, claimed: { low: number; high: number }): ClaimStanding {
  if (own === null) return 'unknown';
  const { low, high } = { low: own.low ?? Infinity, high: own.high ?? Infinity };
  if (high < claimed.low) return 'below';
  if (low > claimed.high) return 'above';
  return low >= claimed.low && high <= claimed.high ? 'within' : 'overlaps';
}
