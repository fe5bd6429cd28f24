/** Ones among the bits of `a and b`, a multiple of sixteen bytes. */
export function countBoth(a: usize, b: usize, bytes: usize): u32 {
  let total = i64x2.splat(0);
  let offset: usize = 0;
  while (offset < bytes) {
    // A byte holds up to 255: 31 counts of at most 8.
    const end = min(bytes, offset + 31 * 16);
    let ones = i8x16.splat(0);
    for (; offset < end; offset += 16) {
      ones = i8x16.add(ones, i8x16.popcnt(v128.and(v128.load(a + offset), v128.load(b + offset))));
    }
    total = i64x2.add(total, widened(ones));
  }
  return <u32>(i64x2.extract_lane(total, 0) + i64x2.extract_lane(total, 1));
}

/** As `countBoth`, and stores the bits of `a and b`. */
export function joinBits(a: usize, b: usize, to: usize, bytes: usize): u32 {
  let total = i64x2.splat(0);
  let offset: usize = 0;
  while (offset < bytes) {
    const end = min(bytes, offset + 31 * 16);
    let ones = i8x16.splat(0);
    for (; offset < end; offset += 16) {
      const both = v128.and(v128.load(a + offset), v128.load(b + offset));
      v128.store(to + offset, both);
      ones = i8x16.add(ones, i8x16.popcnt(both));
    }
    total = i64x2.add(total, widened(ones));
  }
  return <u32>(i64x2.extract_lane(total, 0) + i64x2.extract_lane(total, 1));
}

@inline
function widened(bytes: v128): v128 {
  const words = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  return i64x2.add(i64x2.extend_low_i32x4_u(words), i64x2.extend_high_i32x4_u(words));
}
