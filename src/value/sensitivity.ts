import { type AssumptionKey, type Assumptions, assumptionKeys } from './assumptions.js';
import { afterChange } from './change-worth.js';
import type { ChurnChange } from './churn-change.js';
import { contactTerms } from './contact-worth.js';
import { breakEvenContactCost } from './contacts.js';
import { companyValueCents, customerBaseValueCents, type Scenario } from './scenario.js';

/** An input of a figure: an assumption, or the measured churn between the ends of its interval. */
export type SensitivityInput = AssumptionKey | 'monthlyLogoChurn' | 'monthlyRevenueChurn';

export interface SensitivityEnd {
  /** The input there. */
  readonly input: number;
  /** The figure there, all other inputs at their values. */
  readonly cents: number;
}

export interface SensitivityRow {
  readonly input: SensitivityInput;
  readonly low: SensitivityEnd;
  readonly high: SensitivityEnd;
  /** Distance between the two figures. */
  readonly swingCents: number;
}

/** How far one figure moves when its inputs move one at a time. */
export interface Sensitivity {
  readonly figure: SensitivityFigure;
  /** The figure with every input at its value. */
  readonly cents: number;
  /** The widest swing first; inputs that do not enter the figure are left out. */
  readonly rows: readonly SensitivityRow[];
}

export type SensitivityFigure =
  | { readonly kind: 'customer-base-gain'; readonly change: ChurnChange }
  | { readonly kind: 'company-value-gain'; readonly change: ChurnChange; readonly months: number }
  | { readonly kind: 'break-even-contact-cost' };

/**
 * Moves each input from its low to its high end with all others at their values, widest swing first ("tornado").
 * Inputs that move together, or that matter only in company, are not seen by it.
 */
export function sensitivityOf(
  figure: SensitivityFigure,
  scenario: Scenario,
  assumptions: Assumptions,
): Sensitivity {
  const end = (input: SensitivityInput, at: number): SensitivityEnd => ({
    input: at,
    cents: figureCents(figure, withInput(scenario, input, at)),
  });
  const { monthlyLogoChurn, monthlyRevenueChurn } = scenario.facts;
  const ranges = { ...assumptions, monthlyLogoChurn, monthlyRevenueChurn };
  const rows = ([...assumptionKeys, 'monthlyLogoChurn', 'monthlyRevenueChurn'] as const).map((input) => {
    const low = end(input, ranges[input].low);
    const high = end(input, ranges[input].high);
    return { input, low, high, swingCents: Math.abs(high.cents - low.cents) };
  });
  return {
    figure,
    cents: figureCents(figure, scenario),
    rows: rows.filter(({ swingCents }) => swingCents > 0).sort((a, b) => b.swingCents - a.swingCents),
  };
}

function withInput(scenario: Scenario, input: SensitivityInput, at: number): Scenario {
  switch (input) {
    case 'monthlyLogoChurn':
      return { ...scenario, logoChurn: at };
    case 'monthlyRevenueChurn':
      return { ...scenario, revenueChurn: at };
    default:
      return { ...scenario, values: { ...scenario.values, [input]: at } };
  }
}

function figureCents(figure: SensitivityFigure, scenario: Scenario): number {
  switch (figure.kind) {
    case 'customer-base-gain':
      return customerBaseValueCents(afterChange(scenario, figure.change)) - customerBaseValueCents(scenario);
    case 'company-value-gain':
      return (
        companyValueCents(afterChange(scenario, figure.change), figure.months) -
        companyValueCents(scenario, figure.months)
      );
    case 'break-even-contact-cost':
      return breakEvenContactCost(contactTerms(scenario));
  }
}
