import { cellText, type RawColumn } from '../tables/raw-table.js';
import { isMissingText } from './missing.js';
import { type DateOrder, parseDate } from './parse-date.js';
import { parseNumber } from './parse-number.js';

/** How the cells of a column are read. */
export type NumericReading =
  | { readonly kind: 'number'; readonly decimalComma: boolean }
  | { readonly kind: 'instant'; readonly order: DateOrder };

/** What is wrong with a cell. */
export const Fault = { none: 0, unreadable: 1, notFinite: 2 } as const;

/** One number per row, `NaN` where missing or at fault; `faults` is `null` when no cell is. */
export interface Coerced {
  readonly values: Float64Array;
  readonly faults: Uint8Array | null;
}

/**
 * Reads a column as numbers or as instants (milliseconds since 1970 UTC), each distinct text once. A column
 * that the file itself typed is taken as it is where the types agree; a typed number in a column of dates (or
 * the other way round) is unreadable.
 */
export function coerceColumn(column: RawColumn, reading: NumericReading): Coerced {
  if (column.kind === 'text') return coerceTexts(column.codes, column.levels, reading);
  if (column.kind !== reading.kind) return allUnreadable(column.values);
  return column.values.every((value) => Number.isFinite(value) || Number.isNaN(value))
    ? { values: column.values, faults: null }
    : withoutInfinities(column.values);
}

function coerceTexts(codes: Int32Array, levels: readonly string[], reading: NumericReading): Coerced {
  const read = levels.map((text) => readText(text, reading));
  const values = new Float64Array(codes.length).fill(Number.NaN);
  const faults = read.some((cell) => cell.fault !== Fault.none) ? new Uint8Array(codes.length) : null;
  const levelValues = Float64Array.from(read, (cell) => cell.value);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) values[row] = levelValues[code]!;
    if (faults && code >= 0) faults[row] = read[code]!.fault;
  }
  return { values, faults };
}

function readText(text: string, reading: NumericReading): { value: number; fault: number } {
  if (isMissingText(text)) return { value: Number.NaN, fault: Fault.none };
  const value = reading.kind === 'number' ? parseNumber(text, reading) : parseDate(text, reading.order);
  if (Number.isFinite(value)) return { value, fault: Fault.none };
  return { value: Number.NaN, fault: Number.isNaN(value) ? Fault.unreadable : Fault.notFinite };
}

function allUnreadable(values: Float64Array): Coerced {
  return {
    values: new Float64Array(values.length).fill(Number.NaN),
    faults: Uint8Array.from(values, (value) => (Number.isNaN(value) ? Fault.none : Fault.unreadable)),
  };
}

function withoutInfinities(values: Float64Array): Coerced {
  const infinite = (value: number) =>
    value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
  return {
    values: values.map((value) => (infinite(value) ? Number.NaN : value)),
    faults: Uint8Array.from(values, (value) => (infinite(value) ? Fault.notFinite : Fault.none)),
  };
}

/** The column's cells at some rows as text levels, for a category read from a column of any type. */
export function asTexts(column: RawColumn): { codes: Int32Array; levels: readonly string[] } {
  if (column.kind === 'text') return column;
  const codeOf = new Map<number, number>();
  const levels: string[] = [];
  const codes = new Int32Array(column.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row]!;
    let code = Number.isNaN(value) ? -1 : codeOf.get(value);
    if (code === undefined) {
      code = levels.length;
      codeOf.set(value, code);
      levels.push(cellText(column, row)!);
    }
    codes[row] = code;
  }
  return { codes, levels };
}
