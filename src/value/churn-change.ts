import { ChurnError } from '../errors.js';

/** A change of monthly churn that is to be valued. */
export type ChurnChange =
  /** By a share of itself: −0.05 turns 2 % a month into 1.9 %. */
  | { readonly kind: 'relative'; readonly amount: number }
  /** By points of the monthly rate: −0.01 turns 2 % a month into 1 %. */
  | { readonly kind: 'points'; readonly amount: number }
  /** By points of the yearly retention: +0.05 turns 80 % kept after a year into 85 %. */
  | { readonly kind: 'yearly-retention-points'; readonly amount: number };

/** What is valued unless the caller says otherwise; the first is the headline. */
export const DEFAULT_CHANGES: readonly ChurnChange[] = [
  { kind: 'relative', amount: -0.05 },
  { kind: 'relative', amount: -0.1 },
  { kind: 'relative', amount: -0.25 },
  { kind: 'points', amount: -0.01 },
];

/** Monthly churn after the change; it stops at 0 and at 1. An amount of 0 gives back the very same number. */
export function changedChurn(monthlyChurn: number, change: ChurnChange): number {
  return Math.min(1, Math.max(0, unboundedChurn(monthlyChurn, change)));
}

/** Whether the change asks for more than there is: a churn below 0 or above 1. */
export function isBounded(monthlyChurn: number, change: ChurnChange): boolean {
  return unboundedChurn(monthlyChurn, change) !== changedChurn(monthlyChurn, change);
}

/** @throws ChurnError `bad-option` without changes, or when one is not a number from −1 to 1 */
export function checkChanges(changes: readonly ChurnChange[]): void {
  if (changes.length === 0) {
    throw new ChurnError('bad-option', 'value: needs at least one change of churn, found none');
  }
  for (const { kind, amount } of changes) {
    if (!(amount >= -1 && amount <= 1)) {
      throw new ChurnError(
        'bad-option',
        `value: a ${kind} change of churn must be a share from -1 to 1 (-0.05 is five percent less), found ${amount}`,
      );
    }
  }
}

function unboundedChurn(monthlyChurn: number, { kind, amount }: ChurnChange): number {
  // A root of a power need not give back the number.
  if (amount === 0) return monthlyChurn;
  switch (kind) {
    case 'relative':
      return monthlyChurn * (1 + amount);
    case 'points':
      return monthlyChurn + amount;
    case 'yearly-retention-points':
      return 1 - Math.max(0, (1 - monthlyChurn) ** 12 + amount) ** (1 / 12);
  }
}
