import { ColumnEntry, Size, Slot } from '../layout';
import { whole } from './memory';

/**
 * Counts the columns of blocks `first` … `last − 1` over rows `begin` … `end − 1` of the list.
 *
 * Rows go by a few thousand at a time. What is known of them is gathered first, from all over the memory, in a loop so
 * short that many fetches are under way at once; then each block is counted, its histograms in the first cache.
 */
export function countRows(begin: u32, end: u32, first: u32, last: u32, histogram: usize, thread: i32): void {
  const room = <usize>Size.Count * (16 + <usize>whole(Slot.Blocks) * Size.Block);
  const gathered = <usize>whole(Slot.Gathered) + <usize>thread * room;
  const cells = gathered + <usize>Size.Count * 16;
  for (let from = begin; from < end; from += Size.Count) {
    const rows = min(<u32>Size.Count, end - from);
    const list = <usize>whole(Slot.RowList) + (<usize>from << 2);
    gatherRows(list, rows, first, last, gathered, cells);
    for (let block = first; block < last; block++) {
      countBlock(block, rows, gathered, cells + <usize>(block - first) * Size.Count * Size.Block, histogram);
    }
  }
}

function gatherRows(list: usize, rows: u32, first: u32, last: u32, gathered: usize, cells: usize): void {
  const statistics = <usize>whole(Slot.Statistics);
  const stride = <usize>whole(Slot.Blocks) * Size.Block;
  const bins = <usize>whole(Slot.Bins) + <usize>first * Size.Block;
  const blocks = last - first;
  for (let i: u32 = 0; i < rows; i++) {
    const row = <usize>load<u32>(list + (<usize>i << 2));
    v128.store(gathered + (<usize>i << 4), v128.load(statistics + (row << 4)));
    let from = bins + row * stride;
    let to = cells + (<usize>i << 3);
    for (let block: u32 = 0; block < blocks; block++) {
      store<u64>(to, load<u64>(from));
      from += Size.Block;
      to += Size.Count * Size.Block;
    }
  }
}

/**
 * A bin's sums lie side by side, the gradient in one 64-bit number, Hessian and weight in the next, so one
 * addition serves all three.
 */
function countBlock(block: u32, rows: u32, gathered: usize, cells: usize, histogram: usize): void {
  const places = placesOf(block);
  const a = histogram + load<u32>(places);
  const b = histogram + load<u32>(places, ColumnEntry.Size);
  const c = histogram + load<u32>(places, 2 * ColumnEntry.Size);
  const d = histogram + load<u32>(places, 3 * ColumnEntry.Size);
  const e = histogram + load<u32>(places, 4 * ColumnEntry.Size);
  const f = histogram + load<u32>(places, 5 * ColumnEntry.Size);
  const g = histogram + load<u32>(places, 6 * ColumnEntry.Size);
  const h = histogram + load<u32>(places, 7 * ColumnEntry.Size);
  const last = cells + (<usize>rows << 3);
  for (let cell = cells, from = gathered; cell < last; cell += 8, from += 16) {
    const sums = v128.load(from);
    const bins = load<u64>(cell);
    const low = <u32>bins;
    const high = <u32>(bins >> 32);
    add(a + ((low << 4) & 0xff0), sums);
    add(b + ((low >> 4) & 0xff0), sums);
    add(c + ((low >> 12) & 0xff0), sums);
    add(d + ((low >> 20) & 0xff0), sums);
    add(e + ((high << 4) & 0xff0), sums);
    add(f + ((high >> 4) & 0xff0), sums);
    add(g + ((high >> 12) & 0xff0), sums);
    add(h + ((high >> 20) & 0xff0), sums);
  }
}

@inline
function add(place: usize, sums: v128): void {
  v128.store(place, i64x2.add(v128.load(place), sums));
}

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
