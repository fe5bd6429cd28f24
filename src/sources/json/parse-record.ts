import type { CellValue } from '../value-columns.js';

/** Marks, within a parsed record, an integer that a double cannot hold; no text cell begins so. */
const MARK = '\u0000integer:';
const LONG_DIGITS = /\d{16}/u;
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gsu;
const INTEGER = /^-?\d{16,}$/u;
const MARKED_TEXT = /"\\u0000integer:(-?\d+)"/gu;

/** One record: its cells by key in the order of the text, or why it is none. */
export type ParsedRecord = { readonly cells: JsonCells } | { readonly fault: string };
export type JsonCells = Readonly<Record<string, CellValue>>;

/**
 * Parses one JSON object. Integers beyond ±2^53 become their digits as text, so that no two ids become one;
 * objects and arrays stay, to become JSON text.
 */
export function parseRecord(text: string): ParsedRecord {
  const isMarked = LONG_DIGITS.test(text);
  let value: unknown;
  try {
    value = JSON.parse(isMarked ? markLargeIntegers(text) : text);
  } catch {
    return { fault: 'is not valid JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fault: 'is not a JSON object' };
  }
  const cells = value as Record<string, CellValue>;
  if (isMarked) for (const key of Object.keys(cells)) cells[key] = unmark(cells[key]);
  return { cells };
}

function markLargeIntegers(text: string): string {
  return text.replace(TOKENS, (token) =>
    INTEGER.test(token) && !Number.isSafeInteger(Number(token)) ? `"\\u0000integer:${token}"` : token,
  );
}

function unmark(cell: CellValue): CellValue {
  if (typeof cell === 'string') return cell.startsWith(MARK) ? cell.slice(MARK.length) : cell;
  if (typeof cell !== 'object' || cell === null) return cell;
  return JSON.stringify(cell).replace(MARKED_TEXT, '$1');
}
