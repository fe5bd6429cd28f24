import { Batch, Size, Slot } from '../layout';
import { whole } from './memory';
import { takeUnit } from './team';
import { binOf, cutNumbers, joinEqual, sortNumbers, weighDistinct } from './thresholds';

/** Learns the thresholds of each number column of the batch from its training rows. */
export function thresholdsShare(): void {
  const columns = <i32>whole(Slot.BatchColumns);
  for (let unit = takeUnit(); unit < columns; unit = takeUnit()) {
    const batch = <usize>whole(Slot.BatchTable) + <usize>unit * Batch.Size;
    const values = <usize>load<u32>(batch, Batch.Values);
    const keys = <usize>load<u32>(batch, Batch.Keys);
    const spare = <usize>load<u32>(batch, Batch.Spare);
    const rows = whole(Slot.TrainingRows);
    const weights = <usize>whole(Slot.Weights);
    const count = sortNumbers(values, rows, keys, spare, <usize>load<u32>(batch, Batch.Counters));
    const distinct = joinEqual(keys, count, spare);
    if (weights != 0) weighDistinct(values, rows, weights, keys, distinct, spare);
    const heavy = <usize>load<u32>(batch, Batch.Heavy);
    const thresholds = <usize>load<u32>(batch, Batch.Thresholds);
    store<u32>(batch, cutNumbers(keys, distinct, spare, heavy, whole(Slot.MaxBins), thresholds), Batch.Count);
  }
}

/** Writes the bins of every row, column by column and block by block. */
export function binsShare(): void {
  const columns = <i32>whole(Slot.BatchColumns);
  for (let unit = takeUnit(); unit < columns; unit = takeUnit()) {
    const batch = <usize>whole(Slot.BatchTable) + <usize>unit * Batch.Size;
    binColumn(
      load<u32>(batch, Batch.Column),
      <usize>load<u32>(batch, Batch.Values),
      <usize>load<u32>(batch, Batch.Thresholds),
      load<u32>(batch, Batch.Count),
    );
  }
}

function binColumn(column: u32, values: usize, thresholds: usize, count: u32): void {
  const rows = whole(Slot.Rows);
  const bytes = <usize>whole(Slot.Bytes) + <usize>column * whole(Slot.ByteStride);
  const stride = <usize>whole(Slot.Blocks) * Size.Block;
  let cell = <usize>whole(Slot.Bins) + column;
  for (let row: u32 = 0; row < rows; row++, cell += stride) {
    const value = load<f64>(values + ((<usize>row) << 3));
    const bin = value != value ? count + 1 : binOf(thresholds, count, value);
    store<u8>(bytes + row, <u8>bin);
    store<u8>(cell, <u8>bin);
  }
}
