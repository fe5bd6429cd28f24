import type { BinnedTable } from './bins.js';
import { STATISTICS } from './gradients.js';
import type { Sums } from './leaf.js';

/** An empty histogram: three sums for each bin of each column. */
export function emptyHistogram({ firstPlace, columns }: BinnedTable): Float64Array {
  return new Float64Array(firstPlace[columns.length]!);
}

/**
 * Fills the histogram from `rows[begin]` … `rows[end − 1]`, every column in one pass over the rows.
 *
 * Four columns a step, written out and with their places read before the first addition, take about half
 * the time of one: the additions then overlap. A function for the three additions lost a third of that.
 */
export function fillHistogram(
  histogram: Float64Array,
  { places, columns }: BinnedTable,
  statistics: Float64Array,
  rows: Int32Array,
  begin: number,
  end: number,
): void {
  histogram.fill(0);
  const width = columns.length;
  for (let i = begin; i < end; i++) {
    const row = rows[i]!;
    const gradient = statistics[row * STATISTICS]!;
    const hessian = statistics[row * STATISTICS + 1]!;
    const weight = statistics[row * STATISTICS + 2]!;
    const behind = (row + 1) * width;
    let cell = row * width;
    for (; cell < behind - 3; cell += 4) {
      const a = places[cell]!;
      const b = places[cell + 1]!;
      const c = places[cell + 2]!;
      const d = places[cell + 3]!;
      histogram[a]! += gradient;
      histogram[a + 1]! += hessian;
      histogram[a + 2]! += weight;
      histogram[b]! += gradient;
      histogram[b + 1]! += hessian;
      histogram[b + 2]! += weight;
      histogram[c]! += gradient;
      histogram[c + 1]! += hessian;
      histogram[c + 2]! += weight;
      histogram[d]! += gradient;
      histogram[d + 1]! += hessian;
      histogram[d + 2]! += weight;
    }
    for (; cell < behind; cell++) {
      const place = places[cell]!;
      histogram[place]! += gradient;
      histogram[place + 1]! += hessian;
      histogram[place + 2]! += weight;
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

/** The sums that begin at a place of a histogram. */
export function sumsAt(histogram: Float64Array, place: number): Sums {
  return {
    gradient: histogram[place]!,
    hessian: histogram[place + 1]!,
    weight: histogram[place + 2]!,
  };
}
