import { Size } from '../layout';

const DIGITS: i32 = 6;
const DIGIT_BITS: u64 = 11;
const BUCKETS: i32 = 2048;

/**
 * Sorts the numbers among `values` (missing ones left out) into `keys` by their digits.
 *
 * @param keys room for as many numbers, and again as many in `spare`
 * @returns how many there are; they stand in `keys`
 */
export function sortNumbers(values: usize, rows: u32, keys: usize, spare: usize, counters: usize): u32 {
  memory.fill(counters, 0, Size.Counters);
  let count: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    const value = load<f64>(values + (<usize>row << 3));
    if (value != value) continue;
    const key = keyOf(value);
    store<u64>(keys + (<usize>count << 3), key);
    count++;
    for (let digit = 0; digit < DIGITS; digit++) {
      const place = counterOf(counters, digit, key);
      store<u32>(place, load<u32>(place) + 1);
    }
  }
  let from = keys;
  let to = spare;
  for (let digit = 0; digit < DIGITS && count > 0; digit++) {
    if (load<u32>(counterOf(counters, digit, load<u64>(from))) == count) continue;
    let before: u32 = 0;
    const first = counters + (<usize>(digit * BUCKETS) << 2);
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const place = first + (<usize>bucket << 2);
      const own = load<u32>(place);
      store<u32>(place, before);
      before += own;
    }
    for (let i: u32 = 0; i < count; i++) {
      const key = load<u64>(from + (<usize>i << 3));
      const place = counterOf(counters, digit, key);
      const at = load<u32>(place);
      store<u32>(place, at + 1);
      store<u64>(to + (<usize>at << 3), key);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  for (let i: u32 = 0; i < count; i++) {
    store<f64>(keys + (<usize>i << 3), valueOfKey(load<u64>(from + (<usize>i << 3))));
  }
  return count;
}

@inline
function counterOf(counters: usize, digit: i32, key: u64): usize {
  const bucket = <u32>(key >> (<u64>digit * DIGIT_BITS)) & (BUCKETS - 1);
  return counters + ((<usize>(digit * BUCKETS) + bucket) << 2);
}

/** A whole number that sorts as the value does, −0 right before 0. */
@inline
function keyOf(value: f64): u64 {
  const bits = reinterpret<u64>(value);
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

@inline
function valueOfKey(key: u64): f64 {
  return reinterpret<f64>(key ^ (<u64>(~<i64>key >> 63) | 0x8000000000000000));
}

/**
 * Joins equal neighbours of a sorted column: the distinct numbers stay in `sorted`, the rows of each go to
 * `weight`.
 *
 * @returns how many are distinct
 */
export function joinEqual(sorted: usize, count: u32, weight: usize): u32 {
  let distinct: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = load<f64>(sorted + (<usize>i << 3));
    if (distinct == 0 || value != load<f64>(sorted + (<usize>(distinct - 1) << 3))) {
      store<f64>(sorted + (<usize>distinct << 3), value);
      store<f64>(weight + (<usize>distinct << 3), 0);
      distinct++;
    }
    const place = weight + (<usize>(distinct - 1) << 3);
    store<f64>(place, load<f64>(place) + 1);
  }
  return distinct;
}

/** Puts the rows' own weights in place of their counts. */
export function weighDistinct(
  values: usize,
  rows: u32,
  weights: usize,
  sorted: usize,
  distinct: u32,
  weight: usize,
): void {
  memory.fill(weight, 0, <usize>distinct << 3);
  for (let row: u32 = 0; row < rows; row++) {
    const value = load<f64>(values + (<usize>row << 3));
    if (value != value) continue;
    const place = weight + (<usize>binOf(sorted, distinct, value) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(weights + (<usize>row << 3)));
  }
}

/** How many of the ascending numbers are below the value. */
@inline
export function binOf(numbers: usize, count: u32, value: f64): u32 {
  if (count == 0) return 0;
  let base = numbers;
  let left = count;
  while (left > 1) {
    const half = left >> 1;
    const next = base + (<usize>half << 3);
    base = load<f64>(next - 8) < value ? next : base;
    left -= half;
  }
  return <u32>((base - numbers) >> 3) + (load<f64>(base) < value ? 1 : 0);
}

/**
 * As `numberThresholds` of `src/models/boosted-trees/thresholds.ts`.
 *
 * @param heavy one byte per distinct number, for scratch
 * @returns how many thresholds went to `thresholds`
 */
export function cutNumbers(
  sorted: usize,
  distinct: u32,
  weight: usize,
  heavy: usize,
  maxBins: u32,
  thresholds: usize,
): u32 {
  let count: u32 = 0;
  if (distinct <= maxBins) {
    for (let end: u32 = 0; end + 1 < distinct; end++) addThreshold(sorted, end, thresholds, count++);
    return count;
  }
  markHeavy(weight, distinct, maxBins, heavy);
  let binsLeft = <i32>maxBins;
  let weightLeft: f64 = 0;
  for (let i: u32 = 0; i < distinct; i++) {
    if (load<u8>(heavy + i)) binsLeft--;
    else weightLeft += load<f64>(weight + (<usize>i << 3));
  }
  let filled: f64 = 0;
  for (let i: u32 = 0; i < distinct; i++) {
    const isHeavy = load<u8>(heavy + i) == 1;
    if (isHeavy) {
      filled = 0;
    } else {
      const own = load<f64>(weight + (<usize>i << 3));
      filled += own;
      weightLeft -= own;
      const isFull = filled * <f64>binsLeft >= filled + weightLeft;
      const nextIsHeavy = i + 1 < distinct && load<u8>(heavy + i + 1) == 1 && binsLeft > 1;
      if (!isFull && !nextIsHeavy) continue;
      filled = 0;
      binsLeft--;
    }
    if (i + 1 < distinct) addThreshold(sorted, i, thresholds, count++);
  }
  return count;
}

function markHeavy(weight: usize, distinct: u32, maxBins: u32, heavy: usize): void {
  memory.fill(heavy, 0, distinct);
  let lightWeight: f64 = 0;
  for (let i: u32 = 0; i < distinct; i++) lightWeight += load<f64>(weight + (<usize>i << 3));
  let binsLeft = <i32>maxBins;
  for (let found = true; found; ) {
    found = false;
    for (let i: u32 = 0; i < distinct && binsLeft > 1; i++) {
      const own = load<f64>(weight + (<usize>i << 3));
      if (load<u8>(heavy + i) || own * <f64>binsLeft < lightWeight) continue;
      store<u8>(heavy + i, 1);
      lightWeight -= own;
      binsLeft--;
      found = true;
    }
  }
}

function addThreshold(sorted: usize, end: u32, thresholds: usize, at: u32): void {
  const below = load<f64>(sorted + (<usize>end << 3));
  const above = load<f64>(sorted + (<usize>end << 3), 8);
  store<f64>(thresholds + (<usize>at << 3), thresholdBetween(below, above));
}

/** As `thresholdBetween` of the twin. */
function thresholdBetween(a: f64, b: f64): f64 {
  const middle = a / 2 + b / 2;
  const single = <f64>(<f32>middle);
  const parts = single >= max(a, <f64>(<f32>a)) && single < min(b, <f64>(<f32>b));
  return max(parts ? single : middle >= a && middle < b ? middle : a, -f64.MAX_VALUE);
}
