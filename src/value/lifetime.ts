/**
 * Expected number of monthly payments of an account that has just joined or is about to pay: 1 ÷ churn, the mean of
 * the geometric distribution. `Infinity` without churn.
 */
export function lifetimeMonths(monthlyChurn: number): number {
  return 1 / monthlyChurn;
}

/** The monthly rate that compounds to the yearly one. */
export function monthlyDiscount(yearlyDiscountRate: number): number {
  return (1 + yearlyDiscountRate) ** (1 / 12) - 1;
}

/**
 * Expected number of monthly payments with each weighed by its present value, the first one due now and whole:
 * Σ (1 − c)^k ÷ (1 + d)^k over k = 0, 1, 2, … = (1 + d) ÷ (c + d), with monthly churn c and monthly discount d > 0.
 *
 * This is formula (1), "first payment included, booked at the start of the period", of Fader and Hardie (2012).
 * Gupta and Lehmann's (2003) margin multiple, r ÷ (1 + i − r), leaves the first payment out: it is smaller by one.
 *
 * Churn is taken to be the same for every account and month. Where accounts differ, those that stay are the
 * loyal ones, and the true value of an existing account is higher.
 *
 * @see https://brucehardie.com/notes/024/ Reconciling and Clarifying CLV Formulas
 * @see https://doi.org/10.1002/dir.10045 Customers as Assets
 *
 * @example
 * discountedMonths(0.02, 0.01); // 33.67 payments worth of today's money, of the 50 that are expected
 */
export function discountedMonths(monthlyChurn: number, discountPerMonth: number): number {
  return (1 + discountPerMonth) / (monthlyChurn + discountPerMonth);
}
