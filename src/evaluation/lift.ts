import { needBothOutcomes, type Tally, tallyOutcomes } from './tally.js';

/** What contacting the riskiest accounts would have caught. */
export interface TopAccounts {
  /** How many accounts: the share of all, rounded, at least one. */
  readonly accounts: number;
  /** Churn rate among them. */
  readonly rate: number;
  /** That rate ÷ base rate; guessing gives 1. */
  readonly lift: number;
  /** Share of all churners that are among them; guessing gives the share contacted. */
  readonly captured: number;
}

/**
 * Rate, lift and captured churners of the riskiest `share` of accounts. Where equal probabilities straddle
 * the border the expected value over their possible orders counts, so a constant gives a lift of exactly 1.
 *
 * @throws ChurnError `bad-target` when only one outcome is present.
 *
 * @example
 * liftAt(0.5, Float64Array.of(0.9, 0.7, 0.2, 0.1), Uint8Array.of(1, 0, 0, 0)).lift; // (1/2) ÷ (1/4) = 2
 */
export function liftAt(
  share: number,
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): TopAccounts {
  const tally = tallyOutcomes(probabilities, churned, weights);
  const accounts = accountsOfShare(share, tally.totalWeight);
  return topAccounts(tally, accounts, churnersAmongTop(tally, [accounts])[0]!);
}

/** How many accounts a share of `rows` is: rounded, at least one. */
export function accountsOfShare(share: number, rows: number): number {
  return Math.max(1, Math.round(share * rows));
}

/** Rate, lift and captured of `accounts` accounts of which `leaving` churned. */
export function topAccounts(tally: Tally, accounts: number, leaving: number): TopAccounts {
  needBothOutcomes('liftAt', tally);
  const { totalWeight, totalChurned } = tally;
  return {
    accounts,
    rate: leaving / accounts,
    lift: (leaving * totalWeight) / (accounts * totalChurned),
    captured: leaving / totalChurned,
  };
}

/**
 * Expected churners among the riskiest `accounts[0]`, `accounts[1]`, … accounts, whose numbers must rise.
 * Of tied accounts a part is taken with the rate of all of them.
 */
export function churnersAmongTop({ weights, churned }: Tally, accounts: readonly number[]): number[] {
  const found: number[] = [];
  let level = 0;
  let above = 0;
  let leaving = 0;
  for (const wanted of accounts) {
    while (level < weights.length && above + weights[level]! <= wanted) {
      above += weights[level]!;
      leaving += churned[level++]!;
    }
    const missing = wanted - above;
    const taken = level < weights.length && missing > 0 ? (missing / weights[level]!) * churned[level]! : 0;
    found.push(leaving + taken);
  }
  return found;
}
