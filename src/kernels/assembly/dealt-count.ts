import { Plane } from '../conjunction-layout';

/** The carry of three bits, of 128 counts side by side. */
@inline
function carry(a: v128, b: v128, c: v128): v128 {
  return v128.bitselect(c, a, v128.xor(a, b));
}

@inline
function sum(a: v128, b: v128, c: v128): v128 {
  return v128.xor(v128.xor(a, b), c);
}

@inline
function dealtTo(dealt: usize, list: usize, place: usize): v128 {
  return v128.load(dealt + ((<usize>load<u32>(list + (place << 2))) << 4));
}

@inline
function plane(counts: usize, bit: u32): usize {
  return counts + ((<usize>bit) << 4);
}

export function clearCounts(counts: usize): void {
  memory.fill(counts, 0, Plane.Size);
}

/**
 * Counts the leavings dealt to the listed rows, for 128 permutations at a time: sixteen rows pass a tree of carry-save
 * adders, so that a row costs about five operations and not a walk through all bits of the counts.
 *
 * @see Muła, Kurz and Lemire (2018), Faster population counts using AVX2 instructions: the Harley–Seal tree
 */
export function countDealt(dealt: usize, list: usize, rows: usize, counts: usize): void {
  clearCounts(counts);
  let ones = i64x2.splat(0);
  let twos = i64x2.splat(0);
  let fours = i64x2.splat(0);
  let eights = i64x2.splat(0);
  let row: usize = 0;
  for (; row + 16 <= rows; row += 16) {
    let a = dealtTo(dealt, list, row);
    let b = dealtTo(dealt, list, row + 1);
    const twosA = carry(ones, a, b);
    ones = sum(ones, a, b);
    a = dealtTo(dealt, list, row + 2);
    b = dealtTo(dealt, list, row + 3);
    const twosB = carry(ones, a, b);
    ones = sum(ones, a, b);
    const foursA = carry(twos, twosA, twosB);
    twos = sum(twos, twosA, twosB);
    a = dealtTo(dealt, list, row + 4);
    b = dealtTo(dealt, list, row + 5);
    const twosC = carry(ones, a, b);
    ones = sum(ones, a, b);
    a = dealtTo(dealt, list, row + 6);
    b = dealtTo(dealt, list, row + 7);
    const twosD = carry(ones, a, b);
    ones = sum(ones, a, b);
    const foursB = carry(twos, twosC, twosD);
    twos = sum(twos, twosC, twosD);
    const eightsA = carry(fours, foursA, foursB);
    fours = sum(fours, foursA, foursB);
    a = dealtTo(dealt, list, row + 8);
    b = dealtTo(dealt, list, row + 9);
    const twosE = carry(ones, a, b);
    ones = sum(ones, a, b);
    a = dealtTo(dealt, list, row + 10);
    b = dealtTo(dealt, list, row + 11);
    const twosF = carry(ones, a, b);
    ones = sum(ones, a, b);
    const foursC = carry(twos, twosE, twosF);
    twos = sum(twos, twosE, twosF);
    a = dealtTo(dealt, list, row + 12);
    b = dealtTo(dealt, list, row + 13);
    const twosG = carry(ones, a, b);
    ones = sum(ones, a, b);
    a = dealtTo(dealt, list, row + 14);
    b = dealtTo(dealt, list, row + 15);
    const twosH = carry(ones, a, b);
    ones = sum(ones, a, b);
    const foursD = carry(twos, twosG, twosH);
    twos = sum(twos, twosG, twosH);
    const eightsB = carry(fours, foursC, foursD);
    fours = sum(fours, foursC, foursD);
    addCarry(counts, 4, carry(eights, eightsA, eightsB));
    eights = sum(eights, eightsA, eightsB);
  }
  v128.store(plane(counts, 0), ones);
  v128.store(plane(counts, 1), twos);
  v128.store(plane(counts, 2), fours);
  v128.store(plane(counts, 3), eights);
  for (; row < rows; row++) addCarry(counts, 0, dealtTo(dealt, list, row));
}

@inline
function addCarry(counts: usize, bit: u32, first: v128): void {
  let place = plane(counts, bit);
  let rest = first;
  while (v128.any_true(rest)) {
    const before = v128.load(place);
    v128.store(place, v128.xor(before, rest));
    rest = v128.and(before, rest);
    place += 16;
  }
}

/** `to += counts`, of the lowest `bits`. */
export function addCounts(to: usize, counts: usize, bits: u32): void {
  let rest = i64x2.splat(0);
  for (let bit: u32 = 0; bit < bits; bit++) {
    const a = v128.load(plane(to, bit));
    const b = v128.load(plane(counts, bit));
    v128.store(plane(to, bit), sum(a, b, rest));
    rest = carry(a, b, rest);
  }
}

/** `to = larger − smaller`, of the lowest `bits`. */
export function subtractCounts(larger: usize, smaller: usize, to: usize, bits: u32): void {
  let borrow = i64x2.splat(0);
  for (let bit: u32 = 0; bit < bits; bit++) {
    const a = v128.load(plane(larger, bit));
    const b = v128.load(plane(smaller, bit));
    v128.store(plane(to, bit), sum(a, b, borrow));
    borrow = carry(v128.not(a), b, borrow);
  }
}

/** Which of the 128 counts are at least `least`: one bit each. */
export function atLeast(counts: usize, least: u32, bits: u32): v128 {
  let above = i64x2.splat(0);
  let equal = i64x2.splat(-1);
  if (least >> bits) return above;
  for (let bit = bits; bit > 0; bit--) {
    const plain = v128.load(plane(counts, bit - 1));
    if ((least >> (bit - 1)) & 1) {
      equal = v128.and(equal, plain);
    } else {
      above = v128.or(above, v128.and(equal, plain));
      equal = v128.andnot(equal, plain);
    }
  }
  return v128.or(above, equal);
}

/** One of the 128 counts. */
export function countOf(counts: usize, permutation: u32, bits: u32): u32 {
  const byte = <usize>(permutation >> 3);
  const shift = permutation & 7;
  let count: u32 = 0;
  for (let bit: u32 = 0; bit < bits; bit++) {
    count |= ((<u32>load<u8>(plane(counts, bit) + byte) >> shift) & 1) << bit;
  }
  return count;
}
