import type { Assumptions } from './assumptions.js';

const PLACEHOLDER = 'placeholder, no source: put your own figure';

/** What is assumed where nobody has said better. Outside claims carry their source; the rest are placeholders. */
export const DEFAULT_ASSUMPTIONS: Assumptions = {
  grossMargin: {
    value: 0.75,
    low: 0.6,
    high: 0.85,
    unit: 'share',
    source: PLACEHOLDER,
    note: 'Share of revenue left after the cost of delivering the service.',
  },
  keepingCostShare: {
    value: 0.05,
    low: 0.02,
    high: 0.1,
    unit: 'share',
    source: PLACEHOLDER,
    note: 'Share of an account’s revenue spent on keeping it: customer success, account management.',
  },
  acquisitionCostRatio: {
    value: 11,
    low: 5,
    high: 25,
    unit: 'times',
    source: 'A. Gallo, The Value of Keeping the Right Customers, Harvard Business Review, October 2014',
    note:
      'Cost of winning an account ÷ cost of keeping one for a year. The article tells "five to 25 times" of other ' +
      'studies without naming them; 11 is the geometric middle. Not used where facts give the acquisition cost.',
  },
  fixedCostShare: {
    value: 0.4,
    low: 0.2,
    high: 0.6,
    unit: 'share',
    source: PLACEHOLDER,
    note: 'Costs that do not move with accounts (development, offices), as a share of today’s revenue.',
  },
  discountRate: {
    value: 0.12,
    low: 0.08,
    high: 0.16,
    unit: 'yearly rate',
    source: 'placeholder in the range usual for the cost of capital: put your own figure',
    note: 'What a year’s wait costs money, compounded monthly.',
  },
  revenueMultiple: {
    value: 5,
    low: 3,
    high: 7,
    unit: 'times',
    source:
      'SaaS Capital, Private SaaS Company Valuations (2025), https://saas-capital.com/blog-posts/private-saas-company-valuations-multiples',
    note:
      'Company value ÷ annual recurring revenue. Moves with the market and with growth: about 5 for private and 6 to 7 ' +
      'for public software companies in 2025. Look up today’s.',
  },
  listPrecision: {
    value: 0.3,
    low: 0.15,
    high: 0.5,
    unit: 'share',
    source: PLACEHOLDER,
    note: 'Share of the contacted accounts that would leave: the churn rate of the riskiest accounts on a model’s card.',
  },
  saveRate: {
    value: 0.3,
    low: 0.1,
    high: 0.5,
    unit: 'share',
    source: PLACEHOLDER,
    note: 'Share of contacted leavers that stay because of the contact; only a held-back group measures it.',
  },
  savedValueShare: {
    value: 0.5,
    low: 0.25,
    high: 1,
    unit: 'share',
    source: PLACEHOLDER,
    note: 'Value of a saved account ÷ value of an average one: saved accounts leave sooner than others.',
  },
  contactCostCents: {
    value: 2_000,
    low: 500,
    high: 10_000,
    unit: 'cents',
    source: PLACEHOLDER,
    note: 'Cost of contacting one account, incentive included, in minor units of the currency.',
  },
  claimedChurnCut: {
    value: 0.05,
    low: 0.05,
    high: 0.05,
    unit: 'share',
    source: 'F. Reichheld and W. E. Sasser, Zero Defections, Harvard Business Review 68(5), 1990',
    note: 'The "5 %" of the profit claim. In the article’s example defection falls from 10 % to 5 %: points, not percent.',
  },
  claimedProfitGain: {
    value: 0.5,
    low: 0.25,
    high: 0.95,
    unit: 'gain',
    source:
      'F. Reichheld and P. Schefter, E-Loyalty, Harvard Business Review 78(4), 2000 (25 to 95 %); Reichheld and Sasser, 1990',
    note:
      'Claimed gain in profit from 5 % less churn. 85 % is one case of 1990, a bank’s branches, beside 50 % in insurance ' +
      'brokerage (taken as the value) and 30 % in car service. "Profit" there is the present value of a customer.',
  },
  claimedExistingShare: {
    value: 0.8,
    low: 0.8,
    high: 0.8,
    unit: 'share',
    source: 'attributed to Gartner in many places; no study found',
    note: 'Claimed share of future revenue that comes from customers of today.',
  },
};
