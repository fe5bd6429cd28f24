/** x ln x for x from 0 to `rows`: what {@link quality} is looked up in. */
export function logTable(rows: number): Float64Array {
  return Float64Array.from({ length: rows + 1 }, (_, x) => (x === 0 ? 0 : x * Math.log(x)));
}

/**
 * Half the deviance of "in the conjunction" against "left", in nats: how much likelier the outcomes are under two churn
 * rates, one inside and one outside, than under one. Its exponential bounds the chance of such a count from above and
 * comes close to it, which makes conjunctions of few and of many rows comparable; the square root of twice it is near a
 * standard normal number.
 *
 * @param table of {@link logTable}, for at least `allRows`
 */
export function quality(
  table: Float64Array,
  allRows: number,
  allLeavers: number,
  rows: number,
  leavers: number,
): number {
  const inside = table[leavers]! + table[rows - leavers]! - table[rows]!;
  const others = allLeavers - leavers;
  const outside = table[others]! + table[allRows - rows - others]! - table[allRows - rows]!;
  const all = table[allLeavers]! + table[allRows - allLeavers]! - table[allRows]!;
  return inside + outside - all;
}

/** Whether the rate of some rows is above the rate of all. */
export function isAbove(allRows: number, allLeavers: number, rows: number, leavers: number): boolean {
  return leavers * allRows > allLeavers * rows;
}
