import { ConditionEntry, Count, Thread } from '../conjunction-layout';
import { countBoth, joinBits } from './bit-count';
import { isAbove, quality } from './conjunction-quality';
import { keep, weakestKept } from './kept-heap';
import { real, whole } from './memory';
import { takeUnit } from './team';

export const NONE: u32 = 0xffff;

/** Takes units until all are done. */
export function searchShare(thread: i32): void {
  const state = <usize>whole(Count.Threads) + <usize>thread * <usize>whole(Count.ThreadBytes);
  const begin = whole(Count.Begin);
  const end = whole(Count.End);
  for (let unit = begin + <u32>takeUnit(); unit < end; unit = begin + <u32>takeUnit()) {
    const entry = <usize>whole(Count.Units) + ((<usize>unit) << 2);
    const second = load<u16>(entry, 2);
    if (second != NONE) searchPair(state, load<u16>(entry), second);
  }
}

@inline
export function bitsOf(condition: u32): usize {
  return <usize>whole(Count.Bits) + <usize>condition * <usize>whole(Count.RowBytes);
}

@inline
export function entryOf(condition: u32): usize {
  return <usize>whole(Count.ConditionTable) + <usize>condition * ConditionEntry.Size;
}

function searchPair(state: usize, first: u32, second: u32): void {
  const above = <usize>load<u32>(state, Thread.Above);
  const leaverBytes = <usize>whole(Count.LeaverBytes);
  const stayerBytes = <usize>whole(Count.RowBytes) - leaverBytes;
  const a = bitsOf(first);
  const b = bitsOf(second);
  const leavers = joinBits(a, b, above, leaverBytes);
  const rows = leavers + joinBits(a + leaverBytes, b + leaverBytes, above + leaverBytes, stayerBytes);
  const firstRows = load<u32>(entryOf(first), ConditionEntry.Rows);
  const secondRows = load<u32>(entryOf(second), ConditionEntry.Rows);
  if (rows < whole(Count.Least) || rows == firstRows || rows == secondRows) return;
  consider(state, rows, leavers, first, second, NONE, NONE);
  if (whole(Count.Depth) > 2 && mayHold(leavers)) extend(state, above, rows, first, second, NONE, 3);
}

/** Adds each later feature's conditions to a conjunction of two or three. */
function extend(
  state: usize,
  above: usize,
  aboveRows: u32,
  first: u32,
  second: u32,
  third: u32,
  depth: u32,
): void {
  const conditions = whole(Count.Conditions);
  const least = whole(Count.Least);
  const leaverBytes = <usize>whole(Count.LeaverBytes);
  const rowBytes = <usize>whole(Count.RowBytes);
  const last = third == NONE ? second : third;
  const feature = load<u16>(entryOf(last), ConditionEntry.Feature);
  const goesOn = depth < whole(Count.Depth);
  const below = above + rowBytes;
  for (let next = last + 1; next < conditions; next++) {
    if (load<u16>(entryOf(next), ConditionEntry.Feature) == feature) continue;
    const bits = bitsOf(next);
    const leavers = countBoth(above, bits, leaverBytes);
    const rows = leavers + countBoth(above + leaverBytes, bits + leaverBytes, rowBytes - leaverBytes);
    if (rows < least || rows == aboveRows || rows == load<u32>(entryOf(next), ConditionEntry.Rows)) continue;
    if (depth == 3) consider(state, rows, leavers, first, second, next, NONE);
    else consider(state, rows, leavers, first, second, third, next);
    if (goesOn && mayHold(leavers)) {
      joinBits(above, bits, below, rowBytes);
      extend(state, below, rows, first, second, next, depth + 1);
    }
  }
}

/** Strength that a conjunction has to reach to be kept. */
@inline
function leastStrength(state: usize): f64 {
  return max(real(Count.LeastStrength), weakestKept(state));
}

/**
 * Whether any part of these rows could be strong enough: at best all their leavers and as few others as may be. Asked
 * for the least strength alone and not for the heap's, so that every thread looks at the same conjunctions.
 */
@inline
function mayHold(leavers: u32): bool {
  const rows = max(leavers, whole(Count.Least));
  return quality(whole(Count.Rows), whole(Count.Leavers), rows, leavers) >= real(Count.LeastStrength);
}

/** Keeps a conjunction whose rate is above that of all, and above that of each of its parts' other rows. */
function consider(
  state: usize,
  rows: u32,
  leavers: u32,
  first: u32,
  second: u32,
  third: u32,
  fourth: u32,
): void {
  store<u64>(state, load<u64>(state, Thread.Looked) + 1, Thread.Looked);
  const all = whole(Count.Rows);
  const allLeavers = whole(Count.Leavers);
  if (!isAbove(all, allLeavers, rows, leavers)) return;
  const least = leastStrength(state);
  let strength = quality(all, allLeavers, rows, leavers);
  if (strength < least) return;
  strength = min(strength, partStrength(second, third, fourth, rows, leavers));
  if (strength < least) return;
  strength = min(strength, partStrength(first, third, fourth, rows, leavers));
  if (strength < least) return;
  if (third != NONE) {
    strength = min(strength, partStrength(first, second, fourth, rows, leavers));
    if (strength < least) return;
  }
  if (fourth != NONE) {
    strength = min(strength, partStrength(first, second, third, rows, leavers));
    if (strength < least) return;
  }
  keep(state, strength, rows, leavers, first, second, third, fourth);
}

/** How far the conjunction is from a part that holds it, of one to three conditions; below 0 when not above it. */
function partStrength(a: u32, b: u32, c: u32, rows: u32, leavers: u32): f64 {
  const leaverBytes = <usize>whole(Count.LeaverBytes);
  let partRows: u32;
  let partLeavers: u32;
  if (b == NONE) {
    partRows = load<u32>(entryOf(a), ConditionEntry.Rows);
    partLeavers = load<u32>(entryOf(a), ConditionEntry.Leavers);
  } else if (c == NONE) {
    const bytes = <usize>whole(Count.RowBytes) - leaverBytes;
    partLeavers = countBoth(bitsOf(a), bitsOf(b), leaverBytes);
    partRows = partLeavers + countBoth(bitsOf(a) + leaverBytes, bitsOf(b) + leaverBytes, bytes);
  } else {
    partLeavers = countAll(bitsOf(a), bitsOf(b), bitsOf(c), 0, leaverBytes);
    partRows = partLeavers + countAll(bitsOf(a), bitsOf(b), bitsOf(c), leaverBytes, <usize>whole(Count.RowBytes));
  }
  if (!isAbove(partRows, partLeavers, rows, leavers)) return -1;
  return quality(partRows, partLeavers, rows, leavers);
}

function countAll(a: usize, b: usize, c: usize, from: usize, to: usize): u32 {
  let ones: u32 = 0;
  for (let offset = from; offset < to; offset += 8) {
    ones += <u32>popcnt<u64>(load<u64>(a + offset) & load<u64>(b + offset) & load<u64>(c + offset));
  }
  return ones;
}
