/**
 * Pieces of SQL from which features are put together. `{snapshot}` stands for the snapshot's TIMESTAMP, and every
 * window is half-open, `[snapshot − days, snapshot)`: its open end is that of the `known_…` views. Whatever is summed
 * is whole or decimal, never floating point, so that no feature depends on the order in which rows are read.
 */

/** The lookbacks that counts come in, in days. */
export const LOOKBACK_DAYS = [7, 14, 28, 90, 180] as const;

/** Weeks that a trend is fitted to. */
const TREND_WEEKS = 12;

const DAY_MICROSECONDS = 86_400_000_000;

/** Whether an instant lies in the days before the snapshot. */
export function within(instant: string, days: number): string {
  return `${instant} >= {snapshot} - INTERVAL ${days} DAY`;
}

/** Whether an instant lies in the window of that length before the last one: `[snapshot − 2 days, snapshot − days)`. */
export function withinBefore(instant: string, days: number): string {
  return `${within(instant, 2 * days)} AND ${instant} < {snapshot} - INTERVAL ${days} DAY`;
}

/** Rows for which all conditions hold. */
export function rowsWhere(...conditions: string[]): string {
  return `count(*) FILTER (WHERE ${conditions.join(' AND ')})`;
}

/** Whole days from one instant to another, rounded down. */
export function daysBetween(from: string, to: string): string {
  return `floor((epoch_us(${to}) - epoch_us(${from})) / ${DAY_MICROSECONDS})`;
}

/** Whole days from an instant to the snapshot, rounded down. */
export function daysSince(instant: string): string {
  return daysBetween(instant, '{snapshot}');
}

/** Part ÷ whole, missing when the whole is 0. */
export function ratio(part: string, whole: string): string {
  return `CAST(${part} AS DOUBLE) / nullif(CAST(${whole} AS DOUBLE), 0)`;
}

/** (now − before) ÷ before, missing when it was 0 before. */
export function change(now: string, before: string): string {
  return ratio(`(${now}) - (${before})`, `(${before})`);
}

/** Change of the number of rows against the window before: what two windows hold less what the last one does. */
export function rowsChange(instant: string, days: number): string {
  const now = rowsWhere(within(instant, days));
  return change(now, `${rowsWhere(within(instant, 2 * days))} - ${now}`);
}

/** A number with six decimals, for sums that are the same in any order; 10²² and more is missing. */
export function exact(number: string): string {
  return `TRY_CAST(${number} AS DECIMAL(28, 6))`;
}

/** The mean of a number over the rows for which all conditions hold, missing when there is none. */
export function meanWhere(number: string, ...conditions: string[]): string {
  const filter = `FILTER (WHERE ${conditions.join(' AND ')})`;
  return ratio(`sum(${exact(number)}) ${filter}`, `count(${number}) ${filter}`);
}

/** The number of the latest row, the higher one of two at the same instant. */
export function latestWhere(number: string, instant: string, ...conditions: string[]): string {
  const filter = [...conditions, `${number} IS NOT NULL`].join(' AND ');
  return `(max({'at': ${instant}, 'number': ${number}}) FILTER (WHERE ${filter})).number`;
}

/** The mean hours from one instant to another, summed in microseconds so that nothing is rounded on the way. */
export function meanHours(from: string, to: string, ...conditions: string[]): string {
  const filter = `FILTER (WHERE ${conditions.join(' AND ')})`;
  return `avg(epoch_us(${to}) - epoch_us(${from})) ${filter} / 3600000000`;
}

/** How many whole days, or other spans, before the snapshot an instant lies: 0 for the last one. */
function spansAgo(instant: string, days: number): string {
  return `(epoch_us({snapshot}) - 1 - epoch_us(${instant})) // ${days * DAY_MICROSECONDS}`;
}

/**
 * The slope of a straight line through the rows of each of the last 12 weeks, in rows a week; weeks count back from
 * the snapshot. With equally spaced weeks, least squares is one weighted sum.
 */
export function weeklySlope(instant: string): string {
  // Weeks 0 to 11 lie 5.5 around their mean; twice that keeps the sum whole. Squares of the distances add up to 143.
  const weights = `sum(${TREND_WEEKS - 1} - 2 * (${spansAgo(instant, 7)}))`;
  return `coalesce(${weights} FILTER (WHERE ${within(instant, TREND_WEEKS * 7)}), 0) / 286`;
}

/** One bit for each span in which something happened, the last one lowest: much cheaper than distinct days. */
function spanBits(instant: string, days: number, spans: number): string {
  const bit = `1::HUGEINT << CAST(${spansAgo(instant, days)} AS INTEGER)`;
  // No FILTER: the engine would shift the rows outside of the window too, and too far.
  return `coalesce(bit_or(CASE WHEN ${within(instant, days * spans)} THEN ${bit} END), 0)`;
}

/** Days that are kept as bits, whatever the window, so that the engine collects them once for all features. */
const BIT_DAYS = 120;

function dayBits(instant: string, days: number): string {
  return `(${spanBits(instant, 1, BIT_DAYS)} & ((1::HUGEINT << ${days}) - 1))`;
}

/** Days with at least one row, among at most 120; days count back from the snapshot. */
export function activeDays(instant: string, days: number): string {
  return `bit_count(${dayBits(instant, days)})`;
}

/** Weeks in a row, up to the snapshot, each with at least one row; at most `weeks`. */
export function weekStreak(instant: string, weeks: number): string {
  // Adding 1 carries through the lowest ones; the bits that changed are these and one more.
  const bits = spanBits(instant, 7, weeks);
  return `bit_count(xor(${bits}, ${bits} + 1)) - 1`;
}

/** The longest run of days without a row, among at most 120. */
export function longestGap(instant: string, days: number): string {
  const text = `lpad(bin(${dayBits(instant, days)}), ${days}, '0')`;
  return `list_max(list_transform(string_split(${text}, '1'), lambda gap: length(gap)))`;
}
