import { ChurnError } from '../errors.js';
import { churnersAmongTop } from './lift.js';
import { tallyOutcomes } from './tally.js';

/** What contacting an account costs and may bring, in one currency unit. */
export interface ProfitTerms {
  /** Cost of contacting one account. */
  readonly contactCost: number;
  /** Value of one account saved. */
  readonly saveValue: number;
  /** Chance that a contacted churner stays, in [0, 1]. */
  readonly saveRate: number;
}

export interface ProfitPoint {
  /** Share of accounts contacted, riskiest first; 0 contacts nobody. */
  readonly share: number;
  readonly accounts: number;
  /** Expected profit over all accounts contacted. */
  readonly profit: number;
}

/** A placeholder until the user says better: a call pays from a churn probability of 20 % on. */
export const placeholderTerms: ProfitTerms = { contactCost: 10, saveValue: 200, saveRate: 0.25 };

/** Finer at the top of the list, where the decision usually falls. */
const SHARES: readonly number[] = [
  ...Array.from({ length: 11 }, (_, i) => i / 100),
  ...Array.from({ length: 15 }, (_, i) => (12.5 + 2.5 * i) / 100),
  ...Array.from({ length: 10 }, (_, i) => (55 + 5 * i) / 100),
];

/**
 * Expected profit of contacting the riskiest share of accounts, at up to 36 shares from nobody to everybody:
 * churners among them × saveRate × saveValue − accounts × contactCost. Calls to accounts that would have
 * stayed cost and bring nothing; an effect of the call on them is not part of this sum.
 *
 * The best point of a curve is optimistic: it was picked on the rows that it is told of. Other accounts will
 * bring less at that share; `evaluate` gives it an interval that allows for the picking.
 *
 * @throws ChurnError `bad-option` when a term is not finite, negative, or a save rate above 1.
 *
 * @example
 * const terms = { contactCost: 1, saveValue: 10, saveRate: 0.5 };
 * profitCurve(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 0), terms);
 * // nobody 0; the riskiest account 10 × 0.5 − 1 = 4; both 5 − 2 = 3
 */
export function profitCurve(
  probabilities: Float64Array,
  churned: Uint8Array,
  terms: ProfitTerms,
  weights?: Float64Array,
): ProfitPoint[] {
  checkProfitTerms(terms);
  const tally = tallyOutcomes(probabilities, churned, weights);
  const plan = contactPlan(tally.totalWeight);
  const leaving = churnersAmongTop(
    tally,
    plan.map(({ accounts }) => accounts),
  );
  return plan.map(({ share, accounts }, i) => ({
    share,
    accounts,
    profit: profitOf(leaving[i]!, accounts, terms),
  }));
}

/** The shares of the curve with their numbers of accounts; of shares with the same number only the first. */
export function contactPlan(rows: number): { share: number; accounts: number }[] {
  return SHARES.map((share) => ({ share, accounts: Math.round(share * rows) })).filter(
    ({ accounts }, i, all) => i === 0 || accounts > all[i - 1]!.accounts,
  );
}

/** Expected profit of contacting `accounts` accounts of which `leaving` would churn. */
export function profitOf(leaving: number, accounts: number, terms: ProfitTerms): number {
  return leaving * terms.saveRate * terms.saveValue - accounts * terms.contactCost;
}

/** The index of the highest profit, of equals the one with the fewest contacts. */
export function bestContact(profits: readonly number[]): number {
  return profits.reduce((best, profit, i) => (profit > profits[best]! ? i : best), 0);
}

/** @throws ChurnError `bad-option` when a term is not finite, negative, or a save rate above 1. */
export function checkProfitTerms(terms: ProfitTerms): void {
  for (const [name, most] of [
    ['contactCost', Infinity],
    ['saveValue', Infinity],
    ['saveRate', 1],
  ] as const) {
    const term = terms[name];
    if (!(Number.isFinite(term) && term >= 0 && term <= most)) {
      const range = name === 'saveRate' ? 'a share in [0, 1]' : 'a finite amount from 0';
      throw new ChurnError('bad-option', `profit: ${name} must be ${range}, found ${term}`);
    }
  }
}
