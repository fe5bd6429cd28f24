import { permutation, type Random } from '../../math/random.js';

/** The rows that a tree sees, and those that only follow it, in one list. */
export interface RowSample {
  /** Sampled rows first, each part ascending. */
  readonly rows: Int32Array;
  readonly sampled: number;
}

/**
 * Each of the first `training` rows with chance `share`; all of them when chance picks none.
 *
 * @param all training rows and those behind them, which always follow
 */
export function sampleRows(training: number, all: number, share: number, random: Random): RowSample {
  const rows = new Int32Array(all);
  const left = new Int32Array(training);
  let sampled = 0;
  let outside = 0;
  for (let row = 0; row < training; row++) {
    if (random.uniform() < share) rows[sampled++] = row;
    else left[outside++] = row;
  }
  if (sampled === 0) return { rows: rows.map((_, row) => row), sampled: training };
  rows.set(left.subarray(0, outside), sampled);
  for (let row = training; row < all; row++) rows[row] = row;
  return { rows, sampled };
}

/** One byte per column: 1 for `share` of the given ones, at least one. */
export function sampleColumns(
  useful: Int32Array,
  columns: number,
  share: number,
  random: Random,
): Uint8Array {
  const sampled = new Uint8Array(columns);
  if (share === 1 || useful.length === 0) {
    for (const column of useful) sampled[column] = 1;
    return sampled;
  }
  const count = Math.max(1, Math.round(useful.length * share));
  for (const place of permutation(useful.length, random).subarray(0, count)) sampled[useful[place]!] = 1;
  return sampled;
}
