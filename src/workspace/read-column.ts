import { z } from 'zod';
import type { ContractColumn } from '../contracts/contract.js';
import { cellText, type RawColumn } from '../tables/raw-table.js';
import { type CellManner, type CellReading, readCell, Unreadable } from './read-cell.js';

/** A cell that cannot be taken. */
export interface CellFault {
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
}

/** Cells of one canonical column: text, or numbers with `NaN` for missing (flags 1 and 0, instants in milliseconds). */
export type Cells = (string | null)[] | Float64Array;

/** What the cells of a canonical column are made of. */
export interface ColumnReader {
  readonly column: ContractColumn;
  readonly manner: CellManner;
  readonly values: ReadonlyMap<string, string | number | boolean | null>;
  /** Cells are checked here; money and durations are checked once they are what they stand for. */
  readonly checks: boolean;
}

/** True for kinds whose cells are text. */
export function isTextual({ kind }: ContractColumn): boolean {
  return kind === 'text' || kind === 'choice';
}

/** Reads a raw column, each distinct text once. `report` hears of every cell that cannot be taken. */
export function readColumn(
  raw: RawColumn,
  reader: ColumnReader,
  report: (row: number, fault: CellFault) => void,
): Cells {
  const readingAt = raw.kind === 'text' ? readTexts(raw.codes, raw.levels, reader) : readTyped(raw, reader);
  const rows = raw.kind === 'text' ? raw.codes.length : raw.values.length;
  const name = reader.column.name;
  const take = (row: number): string | number | null => {
    const reading = readingAt(row);
    if (!(reading instanceof Unreadable)) return reading;
    report(row, { column: name, value: cellText(raw, row), reason: reading.reason });
    return null;
  };
  if (isTextual(reader.column)) return Array.from({ length: rows }, (_, row) => take(row) as string | null);
  const cells = new Float64Array(rows);
  for (let row = 0; row < rows; row++) cells[row] = (take(row) as number | null) ?? Number.NaN;
  return cells;
}

/** Why a value breaks the column's contract; `null` when it does not. */
export function contractFault(column: ContractColumn, value: string | number): string | null {
  const parsed = column.cell.safeParse(column.kind === 'flag' ? value === 1 : value);
  if (parsed.success) return null;
  if (column.cell instanceof z.ZodEnum) return `is none of ${column.cell.options.join(', ')}`;
  return parsed.error.issues[0]!.message;
}

function readTexts(
  codes: Int32Array,
  levels: readonly string[],
  reader: ColumnReader,
): (row: number) => CellReading {
  const readings = levels.map((text) => {
    const listed = mapped(text, reader);
    return checked(listed === undefined ? readCell(text, reader.manner) : listed, reader);
  });
  return (row) => (codes[row]! < 0 ? null : readings[codes[row]!]!);
}

function readTyped(
  raw: Exclude<RawColumn, { kind: 'text' }>,
  reader: ColumnReader,
): (row: number) => CellReading {
  const { kind } = reader.manner;
  const isNumeric = kind === 'number' || kind === 'cents' || kind === 'count';
  return (row) => {
    const value = raw.values[row]!;
    if (Number.isNaN(value)) return null;
    const text = cellText(raw, row)!;
    const listed = mapped(text, reader);
    if (listed !== undefined) return checked(listed, reader);
    if (raw.kind === 'instant' && kind === 'instant') return checked(reader.manner.toUtc(value), reader);
    if (raw.kind === 'instant' && isNumeric) return new Unreadable('is a date where a number is needed');
    if (raw.kind === 'number' && kind === 'instant')
      return new Unreadable('is a number where a date is needed');
    if (isNumeric) return Number.isFinite(value) ? checked(value, reader) : new Unreadable('is not finite');
    return checked(readCell(text, reader.manner), reader);
  };
}

/** What the mapping's list says that a text stands for; `undefined` when it is not listed. */
function mapped(text: string, { values, manner }: ColumnReader): CellReading | undefined {
  const value = values.get(values.has(text) ? text : text.trim());
  if (value === undefined) return undefined;
  if (value === null) return null;
  const isNumeric = manner.kind === 'number' || manner.kind === 'cents' || manner.kind === 'count';
  return typeof value === 'number' && isNumeric ? value : readCell(String(value), manner);
}

function checked(reading: CellReading, { column, checks }: ColumnReader): CellReading {
  if (!checks || reading === null || reading instanceof Unreadable) return reading;
  const reason = contractFault(column, reading);
  return reason === null ? reading : new Unreadable(reason);
}
