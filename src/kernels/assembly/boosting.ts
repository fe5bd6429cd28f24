// The kernels of boosted trees: what the main thread calls, and what the helpers serve. Compiled to
// boosting.wasm; each kernel has a plain twin in `src/models/boosted-trees`, and tests compare them.
import { Answer, ColumnEntry, Control, Query, Size, Slot } from '../layout';
import { binsShare, thresholdsShare } from './binning';
import { categorySplit } from './category-split';
import { gradientsShare } from './gradients';
import { addBlock, clearBlock, countRows, subtractBlock } from './histogram';
import { leafStepsShare } from './leaf-steps';
import { whole } from './memory';
import { numberSplit } from './number-split';
import { dealRows, dealShare, gatherRows, gatherShare } from './partition';
import { categoryLevel, numberLevel } from './symmetric-split';
import { awaitCall, call, done, finish, join, takeUnit } from './team';
import { walkShare } from './walk';

enum Task {
  Thresholds,
  Bins,
  Gradients,
  Deal,
  Gather,
  Children,
  Count,
  Scan,
  Level,
  LeafSteps,
  Mark,
  Add,
  Walk,
}

/** A helper's life: serves one task after the other until its thread is stopped. */
export function serve(): void {
  let seen = atomic.load<i32>(Control.Signal);
  const index = atomic.add<i32>(Control.Ready, 1);
  while (true) {
    seen = awaitCall(seen);
    if (!join(index)) continue;
    share(load<i32>(Control.Task), index + 1);
    done();
  }
}

function share(task: i32, thread: i32): void {
  if (task == Task.Children) childrenShare(thread);
  else if (task == Task.Deal) dealShare();
  else if (task == Task.Gather) gatherShare();
  else if (task == Task.Gradients) gradientsShare();
  else if (task == Task.Count) countShare(thread);
  else if (task == Task.Scan) scanShare(thread);
  else if (task == Task.Level) levelShare(thread);
  else if (task == Task.LeafSteps) leafStepsShare();
  else if (task == Task.Mark) markShare();
  else if (task == Task.Add) addShare();
  else if (task == Task.Thresholds) thresholdsShare();
  else if (task == Task.Bins) binsShare();
  else walkShare(thread);
}

/** Does a task with all helpers that come in time; returns one bit for each of them. */
function run(task: i32): i32 {
  call(task);
  share(task, 0);
  return finish();
}

/** Learns the thresholds of a batch of columns. */
export function learnThresholds(): void {
  run(Task.Thresholds);
}

/** Bins a batch of columns. */
export function binColumns(): void {
  run(Task.Bins);
}

/** Statistics of all training rows from their scores. */
export function updateStatistics(): void {
  run(Task.Gradients);
}

/** Reorders the list from `Begin` to `End` by the side of each row's bin; returns where the right side begins. */
export function partition(): u32 {
  const begin = whole(Slot.Begin);
  const end = whole(Slot.End);
  if (end - begin <= <u32>Size.Chunk) {
    const left = dealRows(begin, end);
    gatherRows(begin, end, left, begin, begin + left);
    return begin + left;
  }
  run(Task.Deal);
  run(Task.Gather);
  let middle = begin;
  const chunks = whole(Slot.Chunks);
  for (let chunk: u32 = 0; chunk < chunks; chunk++) {
    middle += load<u32>(<usize>whole(Slot.ChunkCounts) + ((<usize>chunk) << 2));
  }
  return middle;
}

/**
 * Counts the small leaf's rows, takes them away from the parent's histogram, which becomes the large
 * leaf's, and finds the best split of every column in the leaves that ask for one.
 *
 * Threads share the rows of a leaf that has many, each with a histogram of its own, and add these up; else they
 * share the columns.
 */
export function countChildren(): void {
  const rows = whole(Slot.End) - whole(Slot.Begin);
  if (rows >= <u32>Size.SharedRows || atomic.load<i32>(Control.Ready) == 0) {
    store<i32>(Control.Counted, run(Task.Count));
    run(Task.Scan);
  } else {
    run(Task.Children);
  }
}

function childrenShare(thread: i32): void {
  const blocks = <i32>whole(Slot.Blocks);
  const small = <usize>whole(Slot.SmallHistogram);
  for (let block = takeUnit(); block < blocks; block = takeUnit()) {
    clearBlock(block, small);
    countRows(whole(Slot.Begin), whole(Slot.End), block, block + 1, small, thread);
    finishBlock(block, small, thread);
  }
}

function countShare(thread: i32): void {
  const blocks = whole(Slot.Blocks);
  const histogram = ownHistogram(thread);
  for (let block: u32 = 0; block < blocks; block++) clearBlock(block, histogram);
  const end = whole(Slot.End);
  for (let from = nextRows(); from < end; from = nextRows()) {
    countRows(from, min(from + Size.Count, end), 0, blocks, histogram, thread);
  }
}

@inline
function nextRows(): u32 {
  return whole(Slot.Begin) + <u32>takeUnit() * Size.Count;
}

/** Thread 0 counts into the leaf's histogram. */
function ownHistogram(thread: i32): usize {
  if (thread == 0) return <usize>whole(Slot.SmallHistogram);
  return <usize>whole(Slot.OwnHistograms) + <usize>(thread - 1) * whole(Slot.HistogramBytes);
}

function scanShare(thread: i32): void {
  const blocks = <i32>whole(Slot.Blocks);
  const counted = load<i32>(Control.Counted);
  const small = <usize>whole(Slot.SmallHistogram);
  for (let block = takeUnit(); block < blocks; block = takeUnit()) {
    for (let left = counted; left != 0; left &= left - 1) addBlock(block, small, ownHistogram(ctz<i32>(left) + 1));
    finishBlock(block, small, thread);
  }
}

/** Subtracts and scans a block that is counted. */
function finishBlock(block: u32, small: usize, thread: i32): void {
  const large = <usize>whole(Slot.LargeHistogram);
  const smallQuery = <usize>whole(Slot.SmallQuery);
  const largeQuery = <usize>whole(Slot.LargeQuery);
  if (large != 0) subtractBlock(block, large, small);
  if (smallQuery != 0) scanBlock(block, small, smallQuery, thread);
  if (largeQuery != 0) scanBlock(block, large, largeQuery, thread);
}

function scanBlock(block: u32, histogram: usize, query: usize, thread: i32): void {
  const order = orderRoom(thread);
  const last = min(<u32>(block + 1) * Size.Block, whole(Slot.Columns));
  for (let column = block * Size.Block; column < last; column++) {
    if (load<u8>(<usize>load<u32>(query, Query.Allowed) + column) == 0) continue;
    const entry = <usize>whole(Slot.ColumnTable) + <usize>column * ColumnEntry.Size;
    const bins = histogram + load<u32>(entry);
    const length = load<u32>(entry, ColumnEntry.Bytes);
    const answer = <usize>load<u32>(query, Query.Answers) + <usize>column * Answer.Size;
    if (load<u32>(entry, ColumnEntry.IsCategory) == 1) categorySplit(bins, length, query, answer, order);
    else numberSplit(bins, length, load<i32>(entry, ColumnEntry.Direction), query, answer);
  }
}

@inline
function orderRoom(thread: i32): usize {
  return <usize>whole(Slot.Order) + <usize>thread * (3 * Size.Order);
}

/** Finds the best question about every column to all leaves of a level. */
export function askLevel(): void {
  run(Task.Level);
}

function levelShare(thread: i32): void {
  const columns = <i32>whole(Slot.Columns);
  const query = <usize>whole(Slot.LevelQuery);
  const least = load<f64>(query, Query.Least);
  for (let column = takeUnit(); column < columns; column = takeUnit()) {
    if (load<u8>(<usize>load<u32>(query, Query.Allowed) + column) == 0) continue;
    const entry = <usize>whole(Slot.ColumnTable) + <usize>column * ColumnEntry.Size;
    const place = <usize>load<u32>(entry);
    const length = load<u32>(entry, ColumnEntry.Bytes);
    const answer = <usize>load<u32>(query, Query.Answers) + <usize>column * Answer.Size;
    if (load<u32>(entry, ColumnEntry.IsCategory) == 1) {
      categoryLevel(place, length, least, answer, orderRoom(thread));
    } else {
      numberLevel(place, length, load<i32>(entry, ColumnEntry.Direction), least, answer, orderRoom(thread));
    }
  }
}

/** Takes further Newton steps from the value of each leaf. */
export function refineLeaves(): void {
  run(Task.LeafSteps);
}

/** Adds each leaf's value to the scores of its rows, all rows being in some leaf. */
export function addLeafValues(): void {
  run(Task.Mark);
  run(Task.Add);
}

function markShare(): void {
  const leaves = <i32>whole(Slot.Leaves);
  const rows = <usize>whole(Slot.RowList);
  const leafOfRow = <usize>whole(Slot.LeafOfRow);
  for (let leaf = takeUnit(); leaf < leaves; leaf = takeUnit()) {
    const range = <usize>whole(Slot.LeafRanges) + (<usize>leaf << 3);
    const last = rows + (<usize>load<u32>(range, 4) << 2);
    for (let at = rows + (<usize>load<u32>(range) << 2); at < last; at += 4) {
      store<u16>(leafOfRow + (<usize>load<u32>(at) << 1), <u16>(leaf >> 1));
    }
  }
}

function addShare(): void {
  const rows = whole(Slot.Rows);
  for (let begin = <u32>takeUnit() * Size.Chunk; begin < rows; begin = <u32>takeUnit() * Size.Chunk) {
    const last = min(begin + Size.Chunk, rows);
    const values = <usize>whole(Slot.LeafValues);
    let leaf = <usize>whole(Slot.LeafOfRow) + (<usize>begin << 1);
    let score = <usize>whole(Slot.Scores) + (<usize>begin << 3);
    for (let row = begin; row < last; row++, leaf += 2, score += 8) {
      store<f64>(score, load<f64>(score) + load<f64>(values + (<usize>load<u16>(leaf) << 3)));
    }
  }
}

/** Adds the statistics of rows `Begin` … `End − 1` of the list; the sums go to where `Side` points. */
export function sumRows(): void {
  const rows = <usize>whole(Slot.RowList);
  const statistics = <usize>whole(Slot.Statistics);
  let sums = i64x2.splat(0);
  const last = rows + ((<usize>whole(Slot.End)) << 2);
  for (let at = rows + ((<usize>whole(Slot.Begin)) << 2); at < last; at += 4) {
    sums = i64x2.add(sums, v128.load(statistics + ((<usize>load<u32>(at)) << 4)));
  }
  v128.store(<usize>whole(Slot.Side), sums);
}

/** Scores of a batch of rows. */
export function walkTrees(): void {
  run(Task.Walk);
}
