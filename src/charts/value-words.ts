import type { Assumptions, AssumptionUnit } from '../value/assumptions.js';
import type { ChurnChange } from '../value/churn-change.js';
import type { SensitivityFigure, SensitivityInput } from '../value/sensitivity.js';
import { decimalText, percentText } from './figure-text.js';
import { moneyText } from './money-text.js';

const INPUT_NAMES: Record<SensitivityInput, string> = {
  grossMargin: 'Gross margin',
  keepingCostShare: 'Cost of keeping, share of revenue',
  acquisitionCostRatio: 'Winning ÷ keeping an account',
  fixedCostShare: 'Fixed costs, share of revenue',
  discountRate: 'Discount rate, a year',
  revenueMultiple: 'Value ÷ yearly revenue',
  listPrecision: 'Share of the list that would leave',
  saveRate: 'Save rate',
  savedValueShare: 'Worth of a saved account',
  contactCostCents: 'Cost of a contact',
  claimedChurnCut: 'Claimed cut of churn',
  claimedProfitGain: 'Claimed gain in profit',
  claimedExistingShare: 'Claimed share of existing customers',
  monthlyLogoChurn: 'Measured churn of accounts',
  monthlyRevenueChurn: 'Measured churn of revenue',
};

/** An input of the reckoning as charts and tables name it. */
export function inputName(input: SensitivityInput): string {
  return INPUT_NAMES[input];
}

/** "5 % less churn", "1 point less churn a month", "5 points more kept a year". */
export function changeText({ kind, amount }: ChurnChange): string {
  const size = Math.abs(amount);
  const points = `${decimalText(100 * size, 1).replace(/\.0$/, '')}\u00a0point${100 * size === 1 ? '' : 's'}`;
  switch (kind) {
    case 'relative':
      return `${percentText(size)} ${amount > 0 ? 'more' : 'less'} churn`;
    case 'points':
      return `${points} ${amount > 0 ? 'more' : 'less'} churn a month`;
    case 'yearly-retention-points':
      return `${points} ${amount < 0 ? 'less' : 'more'} kept a year`;
  }
}

/** What a sensitivity is of: "Worth of today’s customers with 5 % less churn". */
export function figureText(figure: SensitivityFigure): string {
  switch (figure.kind) {
    case 'customer-base-gain':
      return `Gain in worth of today’s customers with ${changeText(figure.change)}`;
    case 'company-value-gain':
      return `Gain in company value after ${figure.months} months with ${changeText(figure.change)}`;
    case 'break-even-contact-cost':
      return 'The most that one contact may cost';
  }
}

/** An input's own figure: `8 %`, `11×`, `20.00 EUR`; churn to the hundredth of a percent. */
export function inputText(
  input: SensitivityInput,
  figure: number,
  { assumptions, currency }: { assumptions: Assumptions; currency: string },
): string {
  if (input === 'monthlyLogoChurn' || input === 'monthlyRevenueChurn') return churnText(figure);
  return assumptionText(figure, assumptions[input].unit, currency);
}

/** An assumption's figure in its unit. */
export function assumptionText(figure: number, unit: AssumptionUnit, currency: string): string {
  switch (unit) {
    case 'share':
    case 'yearly rate':
    case 'gain':
      return percentText(figure);
    case 'times':
      return `${decimalText(figure, 1).replace(/\.0$/, '')}×`;
    case 'cents':
      return moneyText(figure, currency);
  }
}

/** A monthly churn, which is small: `1.90 %`. */
export function churnText(monthlyChurn: number): string {
  return `${decimalText(100 * monthlyChurn, 2)}\u00a0%`;
}
