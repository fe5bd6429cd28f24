import type { DuckDBVector } from '@duckdb/node-api';
import type { TextColumnBuilder } from '../text-dictionary.js';

const INLINE_BYTES = 12;
const STRING_BYTES = 16;

/**
 * What DuckDB's vectors hold inside. `getItem` makes a new string of every cell and tests every null with
 * BigInts: measured 900 ns a text cell, against 60 ns from the bytes. A version that holds its data otherwise
 * still works, through `getItem`.
 */
interface VectorInside {
  readonly items?: unknown;
  readonly dataView?: unknown;
  readonly validity?: { readonly data?: unknown; readonly offset?: unknown };
}

/** Copies a DOUBLE vector to `target` at `offset`; null becomes NaN. */
export function copyNumbers(vector: DuckDBVector, target: Float64Array, offset: number): void {
  const { items, validity } = vector as unknown as VectorInside;
  if (items instanceof Float64Array && validity?.data === null) {
    target.set(items, offset);
    return;
  }
  for (let row = 0; row < vector.itemCount; row++) {
    const value = vector.getItem(row) as number | null;
    target[offset + row] = value ?? Number.NaN;
  }
}

/** Codes a VARCHAR vector into a column's rows from `offset` on; null becomes −1. */
export function codeTexts(vector: DuckDBVector, column: TextColumnBuilder, offset: number): void {
  const { dataView, validity } = vector as unknown as VectorInside;
  const view = dataView instanceof DataView ? dataView : null;
  const isValid = validityTest(vector, validity);
  const bytes = view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : null;
  for (let row = 0; row < vector.itemCount; row++) {
    let code = -1;
    if (isValid(row)) {
      const length = view ? view.getUint32(row * STRING_BYTES, true) : INLINE_BYTES + 1;
      if (bytes && length <= INLINE_BYTES) {
        const from = row * STRING_BYTES + 4;
        code = column.dictionary.code(bytes, from, from + length);
      } else {
        const text = Buffer.from(vector.getItem(row) as string);
        code = column.dictionary.code(text, 0, text.length);
      }
    }
    column.codes[offset + row] = code;
  }
}

function validityTest(vector: DuckDBVector, validity: VectorInside['validity']): (row: number) => boolean {
  if (validity?.data === null) return () => true;
  if (validity?.data instanceof BigUint64Array && validity.offset === 0) {
    const { buffer, byteOffset, length } = validity.data;
    const words = new Uint32Array(buffer, byteOffset, length * 2);
    return (row) => ((words[row >>> 5]! >>> (row & 31)) & 1) === 1;
  }
  return (row) => vector.getItem(row) !== null;
}
