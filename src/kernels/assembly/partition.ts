import { Size, Slot } from '../layout';
import { whole } from './memory';
import { takeUnit } from './team';

/**
 * Deals each chunk's rows: those whose bin goes left from the chunk's beginning in `Scratch`, the others
 * backwards from its end. Counts of the left ones in `ChunkCounts`.
 */
export function dealShare(): void {
  const chunks = <i32>whole(Slot.Chunks);
  const begin = whole(Slot.Begin);
  const end = whole(Slot.End);
  for (let chunk = takeUnit(); chunk < chunks; chunk = takeUnit()) {
    const from = begin + <u32>chunk * Size.Chunk;
    const left = dealRows(from, min(from + Size.Chunk, end));
    store<u32>(<usize>whole(Slot.ChunkCounts) + ((<usize>chunk) << 2), left);
  }
}

/** Deals the rows at `begin` … `end − 1` of the list into the scratch; returns how many go left. */
export function dealRows(begin: u32, end: u32): u32 {
  const rows = <usize>whole(Slot.RowList);
  const scratch = <usize>whole(Slot.Scratch);
  const bytes = <usize>whole(Slot.Bytes) + <usize>whole(Slot.Column) * whole(Slot.ByteStride);
  const side = <usize>whole(Slot.Side);
  let left = scratch + ((<usize>begin) << 2);
  let right = scratch + ((<usize>(end - 1)) << 2);
  const first = left;
  const last = rows + ((<usize>end) << 2);
  for (let at = rows + ((<usize>begin) << 2); at < last; at += 4) {
    const row = load<u32>(at);
    const goes = (<usize>load<u8>(side + load<u8>(bytes + row))) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes;
    right -= 4 - goes;
  }
  return <u32>((left - first) >> 2);
}

/** Copies each chunk's dealt rows to where they belong: `Side` then `Begin` … in the old order. */
export function gatherShare(): void {
  const chunks = <i32>whole(Slot.Chunks);
  const begin = whole(Slot.Begin);
  const end = whole(Slot.End);
  const counts = <usize>whole(Slot.ChunkCounts);
  let allLeft: u32 = 0;
  for (let chunk = 0; chunk < chunks; chunk++) allLeft += load<u32>(counts + ((<usize>chunk) << 2));
  for (let chunk = takeUnit(); chunk < chunks; chunk = takeUnit()) {
    let leftBefore: u32 = 0;
    for (let before = 0; before < chunk; before++) leftBefore += load<u32>(counts + ((<usize>before) << 2));
    const from = begin + <u32>chunk * Size.Chunk;
    const left = load<u32>(counts + ((<usize>chunk) << 2));
    const rightBefore = <u32>chunk * Size.Chunk - leftBefore;
    gatherRows(from, min(from + Size.Chunk, end), left, begin + leftBefore, begin + allLeft + rightBefore);
  }
}

/** Copies dealt rows to the list: `left` of them to `leftTo`, the others, turned round, to `rightTo`. */
export function gatherRows(begin: u32, end: u32, left: u32, leftTo: u32, rightTo: u32): void {
  const rows = <usize>whole(Slot.RowList);
  const scratch = <usize>whole(Slot.Scratch);
  memory.copy(rows + ((<usize>leftTo) << 2), scratch + ((<usize>begin) << 2), (<usize>left) << 2);
  let from = scratch + ((<usize>(end - 1)) << 2);
  const behind = scratch + ((<usize>(begin + left)) << 2);
  for (let to = rows + ((<usize>rightTo) << 2); from >= behind; from -= 4, to += 4) {
    store<u32>(to, load<u32>(from));
  }
}
