import { type Figure, NO_FIGURE } from './figure.js';
import { Z } from './proportion.js';

/**
 * The median of values that come in accounts, by Woodruff's (1952) method: the share of values at or below the median
 * has a standard error in which the account is the unit, and the quantiles at that share ± 1.96 of them are the ends.
 *
 * `Infinity` stands for what has not happened yet (a ticket without an answer); a median or an end among those is
 * `null`. The median is the smallest value with at least half of the values at or below it.
 *
 * @param accounts for each value a code of its account
 * @see https://doi.org/10.1080/01621459.1952.10483443 Confidence Intervals for Medians and Other Position Measures
 */
export function clusteredMedian(values: Float64Array, accounts: Int32Array): Figure {
  const n = values.length;
  if (n === 0) return NO_FIGURE;
  const sorted = Float64Array.from(values).sort();
  const median = quantile(sorted, 0.5);
  const error = shareError(values, accounts, median);
  return {
    value: finite(median),
    low: error === null ? null : finite(quantile(sorted, 0.5 - Z * error)),
    high: error === null ? null : finite(quantile(sorted, 0.5 + Z * error)),
    n,
  };
}

/** Standard error of the share of values at or below `at`; `null` with one account, which says nothing of others. */
function shareError(values: Float64Array, accounts: Int32Array, at: number): number | null {
  const perAccount = new Map<number, { below: number; all: number }>();
  let below = 0;
  for (const [row, value] of values.entries()) {
    const counted = perAccount.get(accounts[row]!) ?? { below: 0, all: 0 };
    const isBelow = value <= at ? 1 : 0;
    counted.below += isBelow;
    counted.all += 1;
    below += isBelow;
    perAccount.set(accounts[row]!, counted);
  }
  const clusters = perAccount.size;
  if (clusters < 2) return null;
  const share = below / values.length;
  // At the median itself half is below; a share of all would have no error, so ties do not narrow the interval.
  const centre = share === 1 ? 0.5 : share;
  let squares = 0;
  for (const { below: low, all } of perAccount.values()) squares += (low - centre * all) ** 2;
  return Math.sqrt((squares * clusters) / (clusters - 1)) / values.length;
}

/** The smallest value with at least this share of the sorted values at or below it; the first or last beyond the ends. */
function quantile(sorted: Float64Array, share: number): number {
  const rank = Math.ceil(share * sorted.length - 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1]!;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
