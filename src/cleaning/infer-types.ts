import type { Note, RawColumn, RawTable } from '../tables/raw-table.js';
import { coerceColumn, type NumericReading } from './coerce.js';
import {
  ambiguousDate,
  ambiguousDecimal,
  missingWords,
  mixedDates,
  unreadableCells,
} from './column-notes.js';
import { weighDateOrder } from './date-order.js';
import { areIdNumbers, areNearlyDistinct } from './id-like.js';
import { holdsCountryCodes, isMissingLevel, isMissingText, levelText } from './missing.js';
import { arePaddedCodes, type NumberEvidence, weighNumberFormat } from './number-format.js';
import { countLevels, keepTexts, type Tally, tallyTexts } from './tally.js';

/**
 * What a column is to a learner. `constant`: one value and nothing missing. `id-like`: nearly every cell
 * differs and the column names rows. `ambiguous-date`: dates whose day and month cannot be told apart.
 */
export type ColumnType =
  | 'number'
  | 'category'
  | 'instant'
  | 'constant'
  | 'all-missing'
  | 'id-like'
  | 'ambiguous-date';

/** How a column's cells are read. `keepsNA`: `NA` is a level (Namibia), not a missing cell. */
export type Reading = NumericReading | { readonly kind: 'category'; readonly keepsNA: boolean };

/** What the cells of the rows looked at say about a column. */
export interface ColumnGuess {
  readonly name: string;
  readonly type: ColumnType;
  readonly reading: Reading;
  readonly rows: number;
  /** Cells that are absent or say that they are. */
  readonly missing: number;
  /** Cells of a number or date column that are neither missing nor readable; their rows become rejects. */
  readonly unreadable: number;
  /** Distinct values among the readable cells (`1` and `1.0` are one). */
  readonly distinct: number;
  readonly notes: readonly Note[];
}

/** Share of the non-missing cells that must read as numbers (or dates) for the column to be one. */
const readableShare = 0.95;

/**
 * Guesses each column's type from the distinct texts of the given rows (default: all). A column is numeric
 * when at least 95 % of its non-missing cells are numbers; 0/1 columns stay numbers; digits padded with zeros
 * (`02134`) are codes, so categories. Dates come next, all else is a category.
 *
 * Where `1,234` or `1.234` could be thousands or decimals and the column itself cannot tell, the other
 * columns' decimal sign decides if they agree, the decimal point if not; a note `ambiguous-decimal` says so.
 * Where day and month cannot be told apart the type is `ambiguous-date` with a note, and no order is guessed.
 *
 * @example
 * inferColumns(raw).map((guess) => guess.type); // ['id-like', 'category', 'number']
 */
export function inferColumns(raw: RawTable, rows?: ArrayLike<number>): ColumnGuess[] {
  const ordered = rows && Float64Array.from(rows).sort();
  const evidence = raw.columns.map((column) => weighColumn(column, ordered));
  const signs = new Set(evidence.map((found) => found?.numbers.decimal));
  const tableUsesComma = signs.has('comma') && !signs.has('point');
  return evidence.map((found, i) => guess(raw.columns[i]!, found, tableUsesComma, ordered));
}

/** As `inferColumns` for one column on its own. */
export function guessColumn(column: RawColumn, rows?: ArrayLike<number>): ColumnGuess {
  const ordered = rows && Float64Array.from(rows).sort();
  return guess(column, weighColumn(column, ordered), false, ordered);
}

interface TextEvidence {
  readonly tally: Tally;
  /** Texts that do not mean missing in a number or date column. */
  readonly present: Tally & { rows: number };
  readonly numbers: NumberEvidence;
}

function weighColumn(column: RawColumn, rows?: ArrayLike<number>): TextEvidence | null {
  if (column.kind !== 'text') return null;
  const tally = tallyTexts(column, rows);
  const present = keepTexts(tally, (text) => !isMissingText(text));
  return { tally, present, numbers: weighNumberFormat(present.texts, present.counts) };
}

function guess(
  column: RawColumn,
  evidence: TextEvidence | null,
  tableUsesComma: boolean,
  rows?: ArrayLike<number>,
): ColumnGuess {
  if (evidence) return guessText(column, evidence, tableUsesComma, rows);
  const reading: NumericReading =
    column.kind === 'instant' ? { kind: 'instant', order: 'ymd' } : { kind: 'number', decimalComma: false };
  return guessNumeric(column, reading, rows, []);
}

function guessText(
  column: RawColumn,
  evidence: TextEvidence,
  tableUsesComma: boolean,
  rows?: ArrayLike<number>,
): ColumnGuess {
  const { tally, present, numbers } = evidence;
  const notes = missingWords(column.name, tally, isMissingText);
  const decimalComma = numbers.decimal === 'comma' || (numbers.decimal === 'either' && tableUsesComma);
  const sign = decimalComma ? 'comma' : 'point';
  const isNumber = numbers.finiteRows[sign] > 0 && numbers.readableRows[sign] >= readableShare * present.rows;
  if (isNumber && !arePaddedCodes(present.texts)) {
    if (numbers.decimal === 'either')
      notes.push(ambiguousDecimal(column.name, numbers.example, decimalComma));
    return guessNumeric(column, { kind: 'number', decimalComma }, rows, notes);
  }
  const dates = weighDateOrder(present.texts, present.counts);
  if (dates.readableRows === 0 || dates.readableRows < readableShare * present.rows) {
    return guessCategory(column.name, tally);
  }
  if (dates.order === 'ambiguous') {
    notes.push(ambiguousDate(column.name, dates.example));
    return { ...guessCategory(column.name, tally), type: 'ambiguous-date', notes };
  }
  if (dates.contraryRows > 0) notes.push(mixedDates(column.name, dates.order, dates.contraryRows));
  return guessNumeric(column, { kind: 'instant', order: dates.order }, rows, notes);
}

function guessNumeric(
  column: RawColumn,
  reading: NumericReading,
  rows: ArrayLike<number> | undefined,
  notes: Note[],
): ColumnGuess {
  const { values, faults } = coerceColumn(column, reading);
  const length = rows?.length ?? values.length;
  const taken = new Float64Array(length);
  let unreadable = 0;
  for (let i = 0; i < length; i++) {
    const row = rows ? rows[i]! : i;
    taken[i] = values[row]!;
    if (faults?.[row]) unreadable++;
  }
  const distinct = countDistinct(taken);
  const cells = taken.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const missing = length - cells - unreadable;
  const named = areNearlyDistinct(distinct, cells) && reading.kind === 'number';
  const type = numericType(reading.kind, cells, distinct, missing, named && areIdNumbers(column.name, taken));
  if (unreadable > 0) notes.push(unreadableCells(column.name, reading.kind, unreadable, length));
  return { name: column.name, type, reading, rows: length, missing, unreadable, distinct, notes };
}

function numericType(
  kind: 'number' | 'instant',
  cells: number,
  distinct: number,
  missing: number,
  namesRows: boolean,
): ColumnType {
  if (cells === 0) return 'all-missing';
  if (distinct === 1 && missing === 0) return 'constant';
  return namesRows ? 'id-like' : kind;
}

function countDistinct(values: Float64Array): number {
  const sorted = values.slice().sort();
  let distinct = 0;
  for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]!); i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  }
  return distinct;
}

function guessCategory(name: string, tally: Tally): ColumnGuess {
  const keepsNA = holdsCountryCodes(name, tally.texts);
  const isMissing = (text: string) => isMissingLevel(text, keepsNA);
  const present = keepTexts(tally, (text) => !isMissing(text));
  const distinct = countLevels(present, levelText).size;
  const rows = tally.absent + tally.counts.reduce((sum, count) => sum + count, 0);
  const missing = rows - present.rows;
  let type: ColumnType = 'category';
  // `None` alone is no answer, so the wider list of words decides.
  if (present.texts.every(isMissingText)) type = 'all-missing';
  else if (distinct === 1 && missing === 0) type = 'constant';
  else if (areNearlyDistinct(distinct, present.rows)) type = 'id-like';
  const notes = missingWords(name, tally, isMissing);
  return {
    name,
    type,
    reading: { kind: 'category', keepsNA },
    rows,
    missing,
    unreadable: 0,
    distinct,
    notes,
  };
}
