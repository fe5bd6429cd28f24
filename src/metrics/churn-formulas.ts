import { type Fraction, fraction } from './fraction.js';

/** What was counted of one month; amounts in cents, times in milliseconds. */
export interface ChurnCounts {
  readonly opening: number;
  readonly closing: number;
  /** Leavings of accounts of the opening base. */
  readonly lostOpening: number;
  /** Of these, for failed payment. */
  readonly lostOpeningInvoluntary: number;
  /** Accounts of the opening base that are gone at the end. */
  readonly goneAtEnd: number;
  /** Leavings of first stays that started in the month. */
  readonly lostJoined: number;
  /** Leavings of later stays that started in the month. */
  readonly lostReturned: number;
  readonly exposureMs: number;
  readonly monthMs: number;
  readonly openingCents: number;
  readonly churnedCents: number;
  readonly contractionCents: number;
  readonly expansionCents: number;
}

/** One way to compute a month's churn. */
export interface ChurnFormula {
  readonly name: ChurnFormulaName;
  readonly title: string;
  readonly formula: string;
  readonly needsRevenue: boolean;
  /** The rate, exactly; `null` where the denominator is 0. */
  readonly rate: (counts: ChurnCounts) => Fraction | null;
  /** The formula from which this one differs by one decision; `null` at the root. */
  readonly parent: ChurnFormulaName | null;
  /** That decision, in words that fit both ways. */
  readonly decision: string;
}

/** The ways to count churn that a reconciliation leads between: of customers first, of revenue last. */
export const CHURN_FORMULA_NAMES = [
  'opening-base',
  'voluntary',
  'with-joined-and-left',
  'all-leavings',
  'average-base',
  'exposure',
  'gone-at-end',
  'churned-revenue',
  'gross-revenue',
  'net-revenue',
] as const;
/** A way to count churn. */
export type ChurnFormulaName = (typeof CHURN_FORMULA_NAMES)[number];

const over = (above: number, below: number): Fraction | null => (below === 0 ? null : fraction(above, below));

/**
 * The ways to compute churn, as a tree: neighbours differ by one decision, so between any two formulas there is one
 * way, and its steps add up exactly.
 */
export const CHURN_FORMULAS: Readonly<Record<ChurnFormulaName, ChurnFormula>> = {
  'opening-base': {
    name: 'opening-base',
    title: 'Opening base',
    formula: 'accounts of the opening base that left ÷ opening base',
    needsRevenue: false,
    rate: ({ lostOpening, opening }) => over(lostOpening, opening),
    parent: null,
    decision: '',
  },
  voluntary: {
    name: 'voluntary',
    title: 'Opening base, voluntary',
    formula: 'accounts of the opening base that left, failed payment apart ÷ opening base',
    needsRevenue: false,
    rate: ({ lostOpening, lostOpeningInvoluntary, opening }) =>
      over(lostOpening - lostOpeningInvoluntary, opening),
    parent: 'opening-base',
    decision: 'involuntary: lost for failed payment',
  },
  'with-joined-and-left': {
    name: 'with-joined-and-left',
    title: 'Opening base, with those who joined and left',
    formula: '(leavings of the opening base and of accounts new in the month) ÷ opening base',
    needsRevenue: false,
    rate: ({ lostOpening, lostJoined, opening }) => over(lostOpening + lostJoined, opening),
    parent: 'opening-base',
    decision: 'joined and left within the month',
  },
  'all-leavings': {
    name: 'all-leavings',
    title: 'Opening base, all leavings',
    formula: 'all leavings ÷ opening base',
    needsRevenue: false,
    rate: ({ lostOpening, lostJoined, lostReturned, opening }) =>
      over(lostOpening + lostJoined + lostReturned, opening),
    parent: 'with-joined-and-left',
    decision: 'came back and left again within the month',
  },
  'average-base': {
    name: 'average-base',
    title: 'Average base',
    formula: 'all leavings ÷ ((opening + closing base) ÷ 2)',
    needsRevenue: false,
    rate: ({ lostOpening, lostJoined, lostReturned, opening, closing }) =>
      over(2 * (lostOpening + lostJoined + lostReturned), opening + closing),
    parent: 'all-leavings',
    decision: 'denominator: opening or average base',
  },
  exposure: {
    name: 'exposure',
    title: 'Exposure',
    formula: 'all leavings ÷ account-months',
    needsRevenue: false,
    rate: ({ lostOpening, lostJoined, lostReturned, exposureMs, monthMs }) =>
      exposureMs === 0
        ? null
        : fraction(BigInt(lostOpening + lostJoined + lostReturned) * BigInt(monthMs), exposureMs),
    parent: 'average-base',
    decision: 'denominator: average base or days paid',
  },
  'gone-at-end': {
    name: 'gone-at-end',
    title: 'Opening base, gone at the end',
    formula: 'accounts of the opening base that do not pay at the end ÷ opening base = 1 − retention',
    needsRevenue: false,
    rate: ({ goneAtEnd, opening }) => over(goneAtEnd, opening),
    parent: 'opening-base',
    decision: 'reactivation: left and back by the end',
  },
  'churned-revenue': {
    name: 'churned-revenue',
    title: 'Revenue of accounts gone at the end',
    formula: 'churned MRR ÷ opening MRR',
    needsRevenue: true,
    rate: ({ churnedCents, openingCents }) => over(churnedCents, openingCents),
    parent: 'gone-at-end',
    decision: 'weighting: by account or by revenue',
  },
  'gross-revenue': {
    name: 'gross-revenue',
    title: 'Gross revenue churn',
    formula: '(churned + contraction MRR) ÷ opening MRR',
    needsRevenue: true,
    rate: ({ churnedCents, contractionCents, openingCents }) =>
      over(churnedCents + contractionCents, openingCents),
    parent: 'churned-revenue',
    decision: 'contraction: stayed and pay less',
  },
  'net-revenue': {
    name: 'net-revenue',
    title: 'Net revenue churn',
    formula: '(churned + contraction − expansion MRR) ÷ opening MRR',
    needsRevenue: true,
    rate: ({ churnedCents, contractionCents, expansionCents, openingCents }) =>
      over(churnedCents + contractionCents - expansionCents, openingCents),
    parent: 'gross-revenue',
    decision: 'expansion: stayed and pay more',
  },
};

/** The formulas on the way from one to another, both included. */
export function formulaPath(from: ChurnFormulaName, to: ChurnFormulaName): ChurnFormula[] {
  const [up, down] = [ancestors(from), ancestors(to)];
  const meet = up.find((formula) => down.includes(formula))!;
  return [...up.slice(0, up.indexOf(meet)), meet, ...down.slice(0, down.indexOf(meet)).reverse()];
}

function ancestors(name: ChurnFormulaName): ChurnFormula[] {
  const formula = CHURN_FORMULAS[name];
  return formula.parent === null ? [formula] : [formula, ...ancestors(formula.parent)];
}
