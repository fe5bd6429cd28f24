import { ColumnEntry, Size, Slot } from '../layout';
import { whole } from './memory';

/**
 * Counts the columns of blocks `first` … `last − 1` over rows `begin` … `end − 1` of the list.
 *
 * Rows go by a few thousand at a time: their statistics are gathered once, and their bins come into the cache once,
 * for all blocks. A block's histograms stay in the first cache meanwhile.
 */
export function countRows(begin: u32, end: u32, first: u32, last: u32, histogram: usize, thread: i32): void {
  const gathered = <usize>whole(Slot.Gathered) + <usize>thread * <usize>Size.Count * 16;
  for (let from = begin; from < end; from += Size.Count) {
    const to = min(from + Size.Count, end);
    gatherStatistics(from, to, gathered);
    for (let block = first; block < last; block++) countBlock(block, from, to, gathered, histogram);
  }
}

function gatherStatistics(begin: u32, end: u32, gathered: usize): void {
  const statistics = <usize>whole(Slot.Statistics);
  const rows = <usize>whole(Slot.RowList);
  const last = rows + (<usize>end << 2);
  for (let at = rows + (<usize>begin << 2), to = gathered; at < last; at += 4, to += 16) {
    v128.store(to, v128.load(statistics + (<usize>load<u32>(at) << 4)));
  }
}

/**
 * A bin's sums lie side by side, the gradient in one 64-bit number, Hessian and weight in the next, so one
 * addition serves all three.
 */
function countBlock(block: u32, begin: u32, end: u32, gathered: usize, histogram: usize): void {
  const stride = <usize>whole(Slot.Blocks) * Size.Block;
  const bins = <usize>whole(Slot.Bins) + <usize>block * Size.Block;
  const places = placesOf(block);
  const a = histogram + load<u32>(places);
  const b = histogram + load<u32>(places, ColumnEntry.Size);
  const c = histogram + load<u32>(places, 2 * ColumnEntry.Size);
  const d = histogram + load<u32>(places, 3 * ColumnEntry.Size);
  const e = histogram + load<u32>(places, 4 * ColumnEntry.Size);
  const f = histogram + load<u32>(places, 5 * ColumnEntry.Size);
  const g = histogram + load<u32>(places, 6 * ColumnEntry.Size);
  const h = histogram + load<u32>(places, 7 * ColumnEntry.Size);
  const rows = <usize>whole(Slot.RowList);
  const last = rows + (<usize>end << 2);
  for (let at = rows + (<usize>begin << 2), from = gathered; at < last; at += 4, from += 16) {
    const sums = v128.load(from);
    const cells = load<u64>(bins + <usize>load<u32>(at) * stride);
    const low = <u32>cells;
    const high = <u32>(cells >> 32);
    add(a + ((low & 255) << 4), sums);
    add(b + (((low >> 8) & 255) << 4), sums);
    add(c + (((low >> 16) & 255) << 4), sums);
    add(d + ((low >> 24) << 4), sums);
    add(e + ((high & 255) << 4), sums);
    add(f + (((high >> 8) & 255) << 4), sums);
    add(g + (((high >> 16) & 255) << 4), sums);
    add(h + ((high >> 24) << 4), sums);
  }
}

// @ts-ignore: decorator
@inline
function add(place: usize, sums: v128): void {
  v128.store(place, i64x2.add(v128.load(place), sums));
}

// @ts-ignore: decorator
@inline
function placesOf(block: u32): usize {
  return <usize>whole(Slot.ColumnTable) + <usize>block * Size.Block * ColumnEntry.Size;
}

/** Where the block's part of a histogram begins. */
function beginOf(block: u32): usize {
  return load<u32>(placesOf(block));
}

function endOf(block: u32): usize {
  const places = placesOf(block);
  return load<u32>(places, 7 * ColumnEntry.Size) + load<u32>(places, 7 * ColumnEntry.Size + ColumnEntry.Bytes);
}

export function clearBlock(block: u32, histogram: usize): void {
  memory.fill(histogram + beginOf(block), 0, endOf(block) - beginOf(block));
}

/** Adds the block's histogram in `other` to the one in `histogram`. */
export function addBlock(block: u32, histogram: usize, other: usize): void {
  const last = endOf(block);
  for (let at = beginOf(block); at < last; at += 16) {
    v128.store(histogram + at, i64x2.add(v128.load(histogram + at), v128.load(other + at)));
  }
}

/** Takes the block's histogram in `other` away from the one in `histogram`. */
export function subtractBlock(block: u32, histogram: usize, other: usize): void {
  const last = endOf(block);
  for (let at = beginOf(block); at < last; at += 16) {
    v128.store(histogram + at, i64x2.sub(v128.load(histogram + at), v128.load(other + at)));
  }
}
