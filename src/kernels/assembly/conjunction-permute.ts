import { ConditionEntry, Count, FeatureEntry, Plane, Thread } from '../conjunction-layout';
import { countBoth, joinBits } from './bit-count';
import { quality } from './conjunction-quality';
import { bitsOf, entryOf, NONE } from './conjunction-search';
import { addCounts, atLeast, clearCounts, countDealt, countOf, subtractCounts } from './dealt-count';
import { whole } from './memory';
import { takeUnit } from './team';

/** Nodes above a conjunction whose counts are kept: a pair, or one condition, and a conjunction of three. */
const NODES: usize = 2;

/** Takes units until all are done. */
export function permuteShare(thread: i32): void {
  const state = <usize>whole(Count.Threads) + <usize>thread * <usize>whole(Count.ThreadBytes);
  const begin = whole(Count.Begin);
  const end = whole(Count.End);
  for (let unit = begin + <u32>takeUnit(); unit < end; unit = begin + <u32>takeUnit()) {
    const entry = <usize>whole(Count.Units) + ((<usize>unit) << 2);
    permuteUnit(state, load<u16>(entry), load<u16>(entry, 2));
  }
}

/** All conjunctions of one condition and another, or of a pair and one or two more. */
function permuteUnit(state: usize, first: u32, second: u32): void {
  let bits = bitsOf(first);
  let rows = load<u32>(entryOf(first), ConditionEntry.Rows);
  if (second != NONE) {
    const above = <usize>load<u32>(state, Thread.Above);
    const joined = joinBits(bits, bitsOf(second), above, <usize>whole(Count.RowBytes));
    if (joined == rows || joined == load<u32>(entryOf(second), ConditionEntry.Rows)) return;
    rows = joined;
    bits = above;
  }
  if (rows < whole(Count.Least)) return;
  const last = second == NONE ? first : second;
  const more: u32 = second == NONE ? 1 : whole(Count.Depth) - 2;
  if (more > 0) countNode(state, 0, bits, rows, load<u16>(entryOf(last), ConditionEntry.Feature), more);
}

/** Writes the numbers of the rows whose bits are set in both; returns how many. */
function listRows(a: usize, b: usize, list: usize): u32 {
  const leaverBytes = <usize>whole(Count.LeaverBytes);
  const end = listPart(a, b, 0, leaverBytes, 0, list);
  const stayers = <usize>whole(Count.RowBytes);
  return <u32>((listPart(a, b, leaverBytes, stayers, whole(Count.Leavers), end) - list) >> 2);
}

function listPart(a: usize, b: usize, from: usize, to: usize, first: u32, list: usize): usize {
  let place = list;
  let row = first;
  for (let offset = from; offset < to; offset += 8, row += 64) {
    let word = load<u64>(a + offset) & load<u64>(b + offset);
    while (word) {
      store<u32>(place, row + <u32>ctz<u64>(word));
      place += 4;
      word &= word - 1;
    }
  }
  return place;
}

/** Adds each later feature's conditions to a conjunction whose bits are given, and goes on with `more` − 1. */
function countNode(state: usize, level: usize, node: usize, rows: u32, lastFeature: u32, more: u32): void {
  const features = whole(Count.Features);
  if (lastFeature + 1 >= features) return;
  const blocks = <usize>whole(Count.Blocks);
  const bits = bitsFor(rows);
  const list = <usize>load<u32>(state, Thread.Lists);
  const nodeCounts = <usize>load<u32>(state, Thread.Planes) + level * blocks * Plane.Size;
  listRows(node, node, list);
  for (let block: usize = 0; block < blocks; block++) {
    countDealt(dealtOf(block), list, rows, nodeCounts + block * Plane.Size);
  }
  const binLists = list + ((<usize>whole(Count.Rows)) << 2);
  const starts = <usize>load<u32>(state, Thread.BinStarts) + level * ((Plane.Bins + 1) << 2);
  for (let feature = lastFeature + 1; feature < features; feature++) {
    const entry = <usize>whole(Count.FeatureTable) + <usize>feature * FeatureEntry.Size;
    const from = load<u16>(entry, FeatureEntry.From);
    const to = load<u16>(entry, FeatureEntry.To);
    const bins = <usize>load<u16>(entry, FeatureEntry.BinCount);
    findStarts(node, <usize>load<u32>(entry, FeatureEntry.Bins), bins, starts);
    if (!anyLooked(starts, from, to, rows)) continue;
    const fullest = fullestBin(starts, bins);
    listBins(node, <usize>load<u32>(entry, FeatureEntry.Bins), bins, fullest, starts, binLists);
    for (let block: usize = 0; block < blocks; block++) {
      countBins(state, block, nodeCounts + block * Plane.Size, starts, fullest, binLists, bins, bits);
      for (let condition: u32 = from; condition < to; condition++) {
        const inside = rowsOf(starts, condition);
        if (isLooked(condition, inside, rows)) judge(state, block, condition, inside, bits);
      }
    }
    if (more == 1) continue;
    const below = <usize>load<u32>(state, Thread.Above) + (level + 1) * <usize>whole(Count.RowBytes);
    for (let condition: u32 = from; condition < to; condition++) {
      const inside = rowsOf(starts, condition);
      if (!isLooked(condition, inside, rows)) continue;
      joinBits(node, bitsOf(condition), below, <usize>whole(Count.RowBytes));
      countNode(state, level + 1, below, inside, feature, more - 1);
    }
  }
}

/** Where each bin begins when a node's rows are put in order of their bins. */
function findStarts(node: usize, binBits: usize, bins: usize, starts: usize): void {
  const bytes = <usize>whole(Count.RowBytes);
  let sum: u32 = 0;
  for (let bin: usize = 0; bin < bins; bin++) {
    store<u32>(starts + (bin << 2), sum);
    sum += countBoth(node, binBits + bin * bytes, bytes);
  }
  store<u32>(starts + (bins << 2), sum);
}

/** Lists the rows of every bin but one. */
function listBins(node: usize, binBits: usize, bins: usize, but: usize, starts: usize, lists: usize): void {
  const bytes = <usize>whole(Count.RowBytes);
  for (let bin: usize = 0; bin < bins; bin++) {
    const begin = load<u32>(starts + (bin << 2));
    if (bin == but || load<u32>(starts + (bin << 2), 4) == begin) continue;
    listRows(node, binBits + bin * bytes, lists + ((<usize>begin) << 2));
  }
}

@inline
function bitsFor(rows: u32): u32 {
  return 32 - clz<u32>(rows);
}

@inline
function dealtOf(block: usize): usize {
  return <usize>whole(Count.Dealt) + ((block * <usize>whole(Count.Rows)) << 4);
}

@inline
function rowsOf(starts: usize, condition: u32): u32 {
  const entry = entryOf(condition);
  const from = <usize>load<u16>(entry, ConditionEntry.From);
  const to = <usize>load<u16>(entry, ConditionEntry.To);
  return load<u32>(starts + (to << 2)) - load<u32>(starts + (from << 2));
}

/** Whether a conjunction is on enough rows, and on others than its last condition or all the rest by itself. */
@inline
function isLooked(condition: u32, inside: u32, rows: u32): bool {
  return (
    inside >= whole(Count.Least) && inside != rows && inside != load<u32>(entryOf(condition), ConditionEntry.Rows)
  );
}

function anyLooked(starts: usize, from: u32, to: u32, rows: u32): bool {
  for (let condition = from; condition < to; condition++) {
    if (isLooked(condition, rowsOf(starts, condition), rows)) return true;
  }
  return false;
}

@inline
function binCounts(state: usize): usize {
  return <usize>load<u32>(state, Thread.Planes) + NODES * <usize>whole(Count.Blocks) * Plane.Size;
}

/** Counts every bin of a feature, and all bins up to each; the fullest bin is what the others leave of the node. */
function countBins(
  state: usize,
  block: usize,
  node: usize,
  starts: usize,
  fullest: usize,
  lists: usize,
  bins: usize,
  bits: u32,
): void {
  const counts = binCounts(state);
  const upTo = counts + <usize>Plane.Bins * Plane.Size;
  const rest = counts + fullest * Plane.Size;
  memory.copy(rest, node, Plane.Size);
  for (let bin: usize = 0; bin < bins; bin++) {
    if (bin == fullest) continue;
    const begin = load<u32>(starts + (bin << 2));
    const rows = load<u32>(starts + (bin << 2), 4) - begin;
    const to = counts + bin * Plane.Size;
    if (rows == 0) {
      clearCounts(to);
      continue;
    }
    countDealt(dealtOf(block), lists + ((<usize>begin) << 2), rows, to);
    subtractCounts(rest, to, rest, bits);
  }
  // Missing values, in bin 0, are in no range of several bins.
  memory.copy(upTo + Plane.Size, counts + Plane.Size, Plane.Size);
  for (let bin: usize = 2; bin < bins; bin++) {
    const to = upTo + bin * Plane.Size;
    memory.copy(to, to - Plane.Size, Plane.Size);
    addCounts(to, counts + bin * Plane.Size, bits);
  }
}

function fullestBin(starts: usize, bins: usize): usize {
  let fullest: usize = 0;
  let most: u32 = 0;
  for (let bin: usize = 0; bin < bins; bin++) {
    const rows = load<u32>(starts + (bin << 2), 4) - load<u32>(starts + (bin << 2));
    if (rows > most) {
      most = rows;
      fullest = bin;
    }
  }
  return fullest;
}

/** Raises the largest quality of every permutation that a conjunction exceeds. */
function judge(state: usize, block: usize, condition: u32, rows: u32, bits: u32): void {
  const least = exceeding(state, rows);
  if (least > rows) return;
  const counts = countsOf(state, condition, bits);
  const found = atLeast(counts, least, bits);
  if (!v128.any_true(found)) return;
  raise(state, block, counts, i64x2.extract_lane(found, 0), 0, rows, bits);
  raise(state, block, counts, i64x2.extract_lane(found, 1), 64, rows, bits);
}

/** Where the counts of a condition's range of bins are. */
function countsOf(state: usize, condition: u32, bits: u32): usize {
  const entry = entryOf(condition);
  const from = <usize>load<u16>(entry, ConditionEntry.From);
  const last = <usize>load<u16>(entry, ConditionEntry.To) - 1;
  const counts = binCounts(state);
  if (from == last) return counts + from * Plane.Size;
  const upTo = counts + <usize>Plane.Bins * Plane.Size;
  if (from == 1) return upTo + last * Plane.Size;
  const difference = upTo + <usize>Plane.Bins * Plane.Size;
  subtractCounts(upTo + last * Plane.Size, upTo + (from - 1) * Plane.Size, difference, bits);
  return difference;
}

/** From how many leavers on a conjunction of so many rows is new for some permutation; more than all when for none. */
function exceeding(state: usize, rows: u32): u32 {
  const known = <usize>load<u32>(state, Thread.Exceeding) + ((<usize>rows) << 3);
  const version = load<u32>(state, Thread.Version);
  if (load<u32>(known, 4) == version) return load<u32>(known);
  const all = whole(Count.Rows);
  const allLeavers = whole(Count.Leavers);
  const smallest = load<f64>(state, Thread.Smallest);
  let low = <u32>((<u64>rows * <u64>allLeavers) / <u64>all) + 1;
  const most = min(rows, allLeavers);
  let high = most + 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (quality(all, allLeavers, rows, middle) > smallest) high = middle;
    else low = middle + 1;
  }
  const least = low > most ? rows + 1 : low;
  store<u32>(known, least);
  store<u32>(known, version, 4);
  return least;
}

function raise(state: usize, block: usize, counts: usize, found: u64, first: u32, rows: u32, bits: u32): void {
  const largest = <usize>load<u32>(state, Thread.Largest) + (((block << 7) + <usize>first) << 3);
  const before = load<f64>(state, Thread.Smallest);
  let mayRise = false;
  let rest = found;
  while (rest) {
    const permutation = <u32>ctz<u64>(rest);
    rest &= rest - 1;
    const leavers = countOf(counts, first + permutation, bits);
    const reached = quality(whole(Count.Rows), whole(Count.Leavers), rows, leavers);
    const place = largest + ((<usize>permutation) << 3);
    const old = load<f64>(place);
    if (reached <= old) continue;
    store<f64>(place, reached);
    if (old == before) mayRise = true;
  }
  if (mayRise) lookForSmallest(state);
}

function lookForSmallest(state: usize): void {
  const count = <usize>whole(Count.Permutations);
  const largest = <usize>load<u32>(state, Thread.Largest);
  let smallest = Infinity;
  for (let i: usize = 0; i < count; i++) smallest = min(smallest, load<f64>(largest + (i << 3)));
  if (smallest == load<f64>(state, Thread.Smallest)) return;
  store<f64>(state, smallest, Thread.Smallest);
  store<u32>(state, load<u32>(state, Thread.Version) + 1, Thread.Version);
}
