import { permutation, type Random } from '../../math/random.js';
import type { BinnedTable } from './bins.js';

/**
 * The columns with anything to ask about, in the order of their names: neither the order of a file's
 * columns nor a column of one value can change a tree, not even where two columns tie.
 */
export function usefulColumns({ bytes }: BinnedTable, names: readonly string[]): Int32Array {
  const useful = [...names.keys()].filter((column) =>
    bytes[column]!.some((bin) => bin !== bytes[column]![0]),
  );
  return Int32Array.from(useful.sort((a, b) => (names[a]! < names[b]! ? -1 : 1)));
}

/** Each row with chance `share`, ascending; all of them when chance picks none. */
export function sampleRows(rows: number, share: number, random: Random): Int32Array {
  const picked = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (share === 1 || random.uniform() < share) picked[count++] = row;
  }
  return count > 0 ? picked.subarray(0, count) : picked.map((_, row) => row);
}

/** `share` of the columns, at least one, in their old order. */
export function sampleColumns(columns: Int32Array, share: number, random: Random): Int32Array {
  if (share === 1 || columns.length === 0) return columns;
  const count = Math.max(1, Math.round(columns.length * share));
  const places = permutation(columns.length, random).subarray(0, count).sort();
  return places.map((place) => columns[place]!);
}
