import { Count } from '../conjunction-layout';
import { whole } from './memory';

@inline
function term(table: usize, x: u32): f64 {
  return load<f64>(table + ((<usize>x) << 3));
}

/**
 * Half the deviance of "in the conjunction" against "left": how far `leavers` of `rows` are from what `allLeavers` of
 * `allRows` would give, in nats. Order of the terms as in the plain twin.
 */
export function quality(allRows: u32, allLeavers: u32, rows: u32, leavers: u32): f64 {
  const table = <usize>whole(Count.LogTable);
  const inside = term(table, leavers) + term(table, rows - leavers) - term(table, rows);
  const outside =
    term(table, allLeavers - leavers) +
    term(table, allRows - rows - (allLeavers - leavers)) -
    term(table, allRows - rows);
  const all = term(table, allLeavers) + term(table, allRows - allLeavers) - term(table, allRows);
  return inside + outside - all;
}

/** Whether the rate inside is above the rate of all. */
@inline
export function isAbove(allRows: u32, allLeavers: u32, rows: u32, leavers: u32): bool {
  return <u64>leavers * <u64>allRows > <u64>allLeavers * <u64>rows;
}
