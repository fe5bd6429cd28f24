import { decimalText, percentText } from '../charts/figure-text.js';
import { changeText } from '../charts/value-words.js';
import type { ClaimCheck, ClaimMeasure, ClaimStanding } from '../value/claims.js';
import type { OpenEstimate } from '../value/over-interval.js';
import type { ValueResult } from '../value/value-of-churn.js';

const STANDINGS: Record<Exclude<ClaimStanding, 'unknown'>, string> = {
  below: 'below the claim',
  within: 'within the claim',
  above: 'above the claim',
  overlaps: 'partly within the claim',
};

/** One outside claim beside the company's own figure, in a sentence. */
export function claimSentence(check: ClaimCheck, { assumptions }: Pick<ValueResult, 'assumptions'>): string {
  const { claimed, own, standing, measure } = check;
  const text = measure.kind === 'acquisition-ratio' ? timesText : percentText;
  const range =
    claimed.low === claimed.high ? text(claimed.value) : `${text(claimed.low)} to ${text(claimed.high)}`;
  const claim = claimWords(measure, range, percentText(assumptions.claimedChurnCut.value));
  if (own === null || standing === 'unknown') return `${claim} Here: unknown; ${missingWords(measure)}.`;
  return `${claim} Here: ${openText(own, text)}${ownWords(measure)}, ${STANDINGS[standing]}.`;
}

/** A number of months with its interval, open where nobody may leave: `50.0 months (38.5 to 66.7)`. */
export function monthsText(estimate: OpenEstimate): string {
  const { value, low, high } = estimate;
  const text = (months: number | null) => (months === null ? 'endless' : decimalText(months, 1));
  return `${text(value)} months (${text(low)} to ${text(high)})`;
}

function openText({ value, low, high }: OpenEstimate, text: (figure: number) => string): string {
  const open = (figure: number | null) => (figure === null ? 'no bound' : text(figure));
  return low === high ? open(value) : `${open(value)} (${open(low)} to ${open(high)})`;
}

function claimWords(measure: ClaimMeasure, range: string, cut: string): string {
  switch (measure.kind) {
    case 'account-value-gain':
    case 'profit-gain':
      return `Claimed: ${cut} less churn brings ${range} more profit. Read as ${changeText(measure.change)}.`;
    case 'acquisition-ratio':
      return `Claimed: winning an account costs ${range} as much as keeping one.`;
    case 'existing-share':
      return `Claimed: ${range} of future revenue comes from customers of today.`;
  }
}

function ownWords(measure: ClaimMeasure): string {
  switch (measure.kind) {
    case 'account-value-gain':
      return ' more worth of a customer, less the cost of winning it';
    case 'profit-gain':
      return ` more profit over ${measure.months} months`;
    case 'acquisition-ratio':
      return '';
    case 'existing-share':
      return ' of the next 12 months’ revenue';
  }
}

function missingWords(measure: ClaimMeasure): string {
  switch (measure.kind) {
    case 'account-value-gain':
      return 'an account is not worth what winning it costs';
    case 'profit-gain':
      return 'there is no profit to grow under these assumptions';
    case 'acquisition-ratio':
      return 'give the cost of winning an account';
    case 'existing-share':
      return 'give the number of new accounts a month';
  }
}

function timesText(figure: number): string {
  return `${decimalText(figure, 1).replace(/\.0$/, '')} times`;
}
