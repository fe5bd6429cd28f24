/**
 * Reorders `rows[begin]` … `rows[end − 1]` so that those whose bin goes left come first, each side in its
 * old order (ascending rows read the columns in the order of memory).
 *
 * @returns where the right side begins
 */
export function partitionRows(
  rows: Int32Array,
  begin: number,
  end: number,
  bytes: Uint8Array,
  goesLeft: Uint8Array,
  scratch: Int32Array,
): number {
  let left = begin;
  let right = 0;
  for (let i = begin; i < end; i++) {
    const row = rows[i]!;
    const side = goesLeft[bytes[row]!]!;
    rows[left] = row;
    scratch[right] = row;
    left += side;
    right += 1 - side;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}
