import { Count, Kept, Thread } from '../conjunction-layout';
import { whole } from './memory';

/** Strength of the weakest conjunction in a full heap; below every strength while there is room. */
@inline
export function weakestKept(state: usize): f64 {
  if (load<u32>(state, Thread.Kept) < whole(Count.MostKept)) return -Infinity;
  return load<f64>(<usize>load<u32>(state, Thread.Heap), Kept.Strength);
}

/** Keeps a conjunction, in place of the weakest where the heap is full. */
export function keep(
  state: usize,
  strength: f64,
  rows: u32,
  leavers: u32,
  first: u32,
  second: u32,
  third: u32,
  fourth: u32,
): void {
  const heap = <usize>load<u32>(state, Thread.Heap);
  const kept = load<u32>(state, Thread.Kept);
  const most = whole(Count.MostKept);
  const spare = heap + <usize>most * Kept.Size;
  store<f64>(spare, strength, Kept.Strength);
  store<u32>(spare, rows, Kept.Rows);
  store<u32>(spare, leavers, Kept.Leavers);
  store<u16>(spare, first, Kept.Conditions);
  store<u16>(spare, second, Kept.Conditions + 2);
  store<u16>(spare, third, Kept.Conditions + 4);
  store<u16>(spare, fourth, Kept.Conditions + 6);
  if (kept < most) {
    store<u32>(state, kept + 1, Thread.Kept);
    rise(heap, kept, spare);
  } else if (isWeaker(heap, spare)) {
    sink(heap, most, spare);
  }
}

/** Weaker strength first; of equal ones, later conditions. */
function isWeaker(a: usize, b: usize): bool {
  const one = load<f64>(a, Kept.Strength);
  const other = load<f64>(b, Kept.Strength);
  if (one != other) return one < other;
  for (let i: usize = 0; i < 8; i += 2) {
    const left = load<u16>(a + i, Kept.Conditions);
    const right = load<u16>(b + i, Kept.Conditions);
    if (left != right) return left > right;
  }
  return false;
}

function rise(heap: usize, from: u32, entry: usize): void {
  let place = from;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = heap + <usize>parent * Kept.Size;
    if (!isWeaker(entry, above)) break;
    memory.copy(heap + <usize>place * Kept.Size, above, Kept.Size);
    place = parent;
  }
  memory.copy(heap + <usize>place * Kept.Size, entry, Kept.Size);
}

function sink(heap: usize, count: u32, entry: usize): void {
  let place: u32 = 0;
  while (true) {
    let child: u32 = 2 * place + 1;
    if (child >= count) break;
    if (child + 1 < count && isWeaker(heap + <usize>(child + 1) * Kept.Size, heap + <usize>child * Kept.Size)) child++;
    const below = heap + <usize>child * Kept.Size;
    if (!isWeaker(below, entry)) break;
    memory.copy(heap + <usize>place * Kept.Size, below, Kept.Size);
    place = child;
  }
  memory.copy(heap + <usize>place * Kept.Size, entry, Kept.Size);
}
