import { ChurnError } from '../errors.js';
import type { Estimate } from '../evaluation/evaluation.js';

/** What is known of a company today. Money is in minor units (cents) of one currency. */
export interface ValueFacts {
  /** Active paying accounts. */
  readonly accounts: number;
  /** Recurring revenue of the present month from all of them. */
  readonly monthlyRevenueCents: number;
  /** Share of accounts that leave within a month, in [0, 1], with its interval. */
  readonly monthlyLogoChurn: Estimate;
  /** Share of recurring revenue lost within a month, expansion apart, in [0, 1]; the logo churn when left out. */
  readonly monthlyRevenueChurn?: Estimate;
  /** Accounts won each month, before and after the change alike; none when left out: today's accounts alone. */
  readonly newAccountsPerMonth?: number;
  /** Cost of winning one account; from the assumptions when left out. */
  readonly acquisitionCostCents?: number;
  /** ISO 4217, as `EUR`. */
  readonly currency: string;
}

/** Facts with every gap filled in. */
export interface SettledFacts extends ValueFacts {
  readonly monthlyRevenueChurn: Estimate;
  readonly newAccountsPerMonth: number;
  /** Revenue of the average account in a month. */
  readonly accountRevenueCents: number;
}

/**
 * Checks the facts and fills their gaps.
 *
 * @throws ChurnError `bad-option` naming the fact, what it must be and what was found
 */
export function settleFacts(facts: ValueFacts): SettledFacts {
  requireFact(
    facts.accounts > 0 && Number.isFinite(facts.accounts),
    'accounts must be above 0: without accounts no churn has a worth',
    facts.accounts,
  );
  requireFact(
    facts.monthlyRevenueCents > 0 && Number.isFinite(facts.monthlyRevenueCents),
    'monthlyRevenueCents must be above 0, in cents',
    facts.monthlyRevenueCents,
  );
  requireFact(
    /^[A-Z]{3}$/.test(facts.currency),
    'currency must be three capitals of ISO 4217, as "EUR"',
    `"${facts.currency}"`,
  );
  const { newAccountsPerMonth = 0, acquisitionCostCents = 0 } = facts;
  requireAmount('newAccountsPerMonth', newAccountsPerMonth);
  requireAmount('acquisitionCostCents', acquisitionCostCents);
  requireChurn('monthlyLogoChurn', facts.monthlyLogoChurn);
  const { monthlyRevenueChurn = facts.monthlyLogoChurn } = facts;
  requireChurn('monthlyRevenueChurn', monthlyRevenueChurn);
  return {
    ...facts,
    monthlyRevenueChurn,
    newAccountsPerMonth,
    accountRevenueCents: facts.monthlyRevenueCents / facts.accounts,
  };
}

function requireChurn(name: string, { value, low, high }: Estimate): void {
  requireFact(
    low >= 0 && low <= value && value <= high && high <= 1,
    `${name} must be shares with 0 ≤ low ≤ value ≤ high ≤ 1`,
    `low ${low}, value ${value}, high ${high}`,
  );
}

function requireAmount(name: string, amount: number): void {
  requireFact(amount >= 0 && Number.isFinite(amount), `${name} must be a finite amount from 0`, amount);
}

function requireFact(holds: boolean, rule: string, found: unknown): void {
  if (!holds) throw new ChurnError('bad-option', `value: ${rule}, found ${found}`);
}
