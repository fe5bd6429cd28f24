import type { Estimate } from '../evaluation/evaluation.js';
import { breakEvenContactCost, breakEvenSaveRate, type ContactTerms, profitPerContact } from './contacts.js';
import { type OpenEstimate, overInterval, overIntervalOpen } from './over-interval.js';
import { accountValueCents, type Scenario } from './scenario.js';

/** What contacting accounts of a list may cost. */
export interface ContactWorth {
  /** Present value of one account that stays because of a contact. */
  readonly savedValueCents: Estimate;
  /** The most that one contact may cost. */
  readonly breakEvenCostCents: Estimate;
  /** The save rate from which contacts pay at the assumed cost; above 1 none does, `null` at any cost none does. */
  readonly breakEvenSaveRate: OpenEstimate;
  /** Expected profit of one contact at the assumed cost. */
  readonly profitCents: Estimate;
}

/** The terms of a contact in a scenario, in cents. */
export function contactTerms(scenario: Scenario): ContactTerms {
  const { listPrecision, saveRate, savedValueShare, contactCostCents } = scenario.values;
  return {
    precision: listPrecision,
    saveRate,
    contactCost: contactCostCents,
    saveValue: savedValueShare * accountValueCents(scenario),
  };
}

/** Break-even figures with the intervals that the measured churn gives. */
export function worthOfContact(scenario: Scenario): ContactWorth {
  const { monthlyLogoChurn } = scenario.facts;
  const terms = (logoChurn: number) => contactTerms({ ...scenario, logoChurn });
  return {
    savedValueCents: overInterval(monthlyLogoChurn, (churn) => terms(churn).saveValue),
    breakEvenCostCents: overInterval(monthlyLogoChurn, (churn) => breakEvenContactCost(terms(churn))),
    breakEvenSaveRate: overIntervalOpen(monthlyLogoChurn, (churn) => breakEvenSaveRate(terms(churn))),
    profitCents: overInterval(monthlyLogoChurn, (churn) => profitPerContact(terms(churn))),
  };
}
