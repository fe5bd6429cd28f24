import { isUtf8 } from 'node:buffer';
import { type RecordCells, undoubleQuotes } from './split-record.js';

/** A cell's text; bytes that are not UTF-8 become U+FFFD. */
export function decodeCell(bytes: Buffer, cells: RecordCells, index: number): string {
  const text = bytes.toString('utf8', cells.starts[index], cells.ends[index]);
  return cells.doubled[index] ? text.replaceAll('""', '"') : text;
}

/** Takes the doubled quotes out of a record's cells, in place, for good. */
export function undoubleCells(bytes: Uint8Array, cells: RecordCells): void {
  for (let index = 0; index < cells.count; index++) {
    if (cells.doubled[index]) {
      cells.ends[index] = undoubleQuotes(bytes, cells.starts[index]!, cells.ends[index]!);
    }
  }
}

/** The first cell that is not valid UTF-8. */
export function invalidCell(bytes: Buffer, cells: RecordCells): number {
  for (let index = 0; index < cells.count; index++) {
    if (!isUtf8(bytes.subarray(cells.starts[index], cells.ends[index]))) return index;
  }
  return -1;
}

/** A line with nothing on it is no record (`""` is one, of one empty cell). */
export function isBlankLine(cells: RecordCells, start: number): boolean {
  return cells.count === 1 && cells.starts[0] === start && cells.ends[0] === start;
}

/** Where the line after the one that holds `at` begins; −1 when its end is not before `end`. */
export function nextLine(bytes: Buffer, at: number, end: number, newline: number): number {
  const found = bytes.subarray(at, end).indexOf(newline);
  return found < 0 ? -1 : at + found + 1;
}

/** The beginning of the raw text between two positions, long enough to be cut to what a reject shows. */
export function rawText(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, Math.min(to, from + 1000)).replace(/[\r\n]+$/u, '');
}
