/** How revenue runs on, month by month. */
export interface RevenueCourse {
  /** Revenue of month 1, the present one; it is billed at the start of the month, so churn does not touch it. */
  readonly monthlyRevenueCents: number;
  /** Revenue that accounts won in one month bring from the next month on. */
  readonly newRevenueCents: number;
  /** Share of recurring revenue lost from one month to the next. */
  readonly monthlyChurn: number;
}

/**
 * Revenue of the month that follows `months` months: R·s^n + N·(1 + s + … + s^(n−1)), with s = 1 − churn, R the
 * revenue of the first month and N what each month's new accounts bring.
 */
export function revenueAfter(
  { monthlyRevenueCents, newRevenueCents, monthlyChurn }: RevenueCourse,
  months: number,
): number {
  return (
    monthlyRevenueCents * (1 - monthlyChurn) ** months + newRevenueCents * stayedMonths(monthlyChurn, months)
  );
}

/** Revenue of the first `months` months together: the sum of `revenueAfter` 0, 1, … months − 1. */
export function revenueOver(
  { monthlyRevenueCents, newRevenueCents, monthlyChurn }: RevenueCourse,
  months: number,
): number {
  let fromNew = 0;
  for (let month = 0; month < months; month++) fromNew += stayedMonths(monthlyChurn, month);
  return monthlyRevenueCents * stayedMonths(monthlyChurn, months) + newRevenueCents * fromNew;
}

/** Accounts, or money, of which one unit is left after each month `1 − churn`: 1 + s + … + s^(n−1). */
export function stayedMonths(monthlyChurn: number, months: number): number {
  let sum = 0;
  let stayed = 1;
  for (let month = 0; month < months; month++) {
    sum += stayed;
    stayed *= 1 - monthlyChurn;
  }
  return sum;
}
