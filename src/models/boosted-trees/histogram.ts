import type { BinnedTable } from './bins.js';
import { STATISTICS } from './gradients.js';

/** Gradient, Hessian and weight of a set of rows. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly weight: number;
}

/** An empty histogram: three sums for each slot of the table, slot by slot. */
export function emptyHistogram({ firstSlot, columns }: BinnedTable): Float64Array {
  return new Float64Array(firstSlot[columns.length]! * STATISTICS);
}

/**
 * Fills the histogram from `rows[begin]` … `rows[end − 1]`, every column in one pass over the rows.
 *
 * Two columns a step take half the time of one: V8 then overlaps the additions.
 */
export function fillHistogram(
  histogram: Float64Array,
  table: BinnedTable,
  statistics: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
): void {
  histogram.fill(0);
  const { slots } = table;
  const width = table.columns.length;
  for (let i = begin; i < end; i++) {
    const row = rows[i]!;
    const gradient = statistics[row * STATISTICS]!;
    const hessian = statistics[row * STATISTICS + 1]!;
    const weight = statistics[row * STATISTICS + 2]!;
    const behind = (row + 1) * width;
    let cell = row * width;
    for (; cell < behind - 1; cell += 2) {
      const one = slots[cell]! * STATISTICS;
      const two = slots[cell + 1]! * STATISTICS;
      histogram[one]! += gradient;
      histogram[one + 1]! += hessian;
      histogram[one + 2]! += weight;
      histogram[two]! += gradient;
      histogram[two + 1]! += hessian;
      histogram[two + 2]! += weight;
    }
    if (cell < behind) {
      const last = slots[cell]! * STATISTICS;
      histogram[last]! += gradient;
      histogram[last + 1]! += hessian;
      histogram[last + 2]! += weight;
    }
  }
}

/** Turns the histogram of a leaf into that of one child by taking away the other; exact, as all sums are. */
export function subtractHistogram(histogram: Float64Array, other: Float64Array): void {
  for (let i = 0; i < histogram.length; i++) histogram[i]! -= other[i]!;
}

/** Sums over `rows[begin]` … `rows[end − 1]`. */
export function sumRows(statistics: Float64Array, rows: Int32Array, begin: number, end: number): Sums {
  let gradient = 0;
  let hessian = 0;
  let weight = 0;
  for (let i = begin; i < end; i++) {
    const at = rows[i]! * STATISTICS;
    gradient += statistics[at]!;
    hessian += statistics[at + 1]!;
    weight += statistics[at + 2]!;
  }
  return { gradient, hessian, weight };
}
