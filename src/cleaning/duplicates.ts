import type { RawColumn, RawTable } from '../tables/raw-table.js';
import { rawColumns } from './nearest-name.js';

/**
 * Groups rows that are equal, cell by cell as they stand in the file, in the named columns.
 *
 * @returns per row the index of the first row that equals it: same number, same row
 * @throws ChurnError `missing-column` when a named column is not in the table
 *
 * @example
 * duplicateGroups(raw, ['plan', 'seats']); // Int32Array [0, 1, 0]
 */
export function duplicateGroups(raw: RawTable, columns: readonly string[]): Int32Array {
  const compared = rawColumns('duplicateGroups', raw, columns);
  const hashes = hashRows(compared, raw.rows);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * raw.rows + 1))).fill(-1);
  const groups = new Int32Array(raw.rows);
  for (let row = 0; row < raw.rows; row++) {
    let slot = hashes[row]! & (slots.length - 1);
    // Open addressing: a slot holds the first row of its group.
    while (slots[slot]! >= 0) {
      const first = slots[slot]!;
      if (hashes[first] === hashes[row] && areEqual(compared, first, row)) break;
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot]! < 0) slots[slot] = row;
    groups[row] = slots[slot]!;
  }
  return groups;
}

/** How many rows repeat an earlier row. */
export function countRepeats(groups: Int32Array): number {
  let repeats = 0;
  for (let row = 0; row < groups.length; row++) if (groups[row] !== row) repeats++;
  return repeats;
}

function hashRows(columns: readonly RawColumn[], rows: number): Int32Array {
  const hashes = new Int32Array(rows);
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  for (const column of columns) {
    for (let row = 0; row < rows; row++) {
      if (column.kind === 'text') {
        hashes[row] = mix(hashes[row]!, column.codes[row]!);
      } else {
        // Adding 0 makes −0 and 0 one; the constant makes all NaN one.
        bits[0] = column.values[row]! + 0;
        hashes[row] = Number.isNaN(bits[0])
          ? mix(hashes[row]!, -1)
          : mix(mix(hashes[row]!, words[0]!), words[1]!);
      }
    }
  }
  return hashes;
}

/** Murmur3's step and finaliser. */
function mix(hash: number, word: number): number {
  let mixed = Math.imul(hash ^ Math.imul(word, 0xcc9e2d51), 0x85ebca6b) + 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function areEqual(columns: readonly RawColumn[], a: number, b: number): boolean {
  return columns.every((column) => {
    if (column.kind === 'text') return column.codes[a] === column.codes[b];
    const first = column.values[a]!;
    const second = column.values[b]!;
    return first === second || (Number.isNaN(first) && Number.isNaN(second));
  });
}
