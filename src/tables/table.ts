import { ChurnError } from '../errors.js';

/** Numbers of one column, one per row; `NaN` is missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

/** Categories of one column: `codes[row]` indexes `levels`; `-1` is missing. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** A named column of numbers or of categories. */
export type Column = NumberColumn | CategoryColumn;

/** A columnar table for learning: every column has `rows` entries and a name of its own. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** How many rows a column holds. */
export function columnLength(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}

/**
 * Joins columns to a table.
 *
 * @throws ChurnError `bad-table` when lengths differ or a name appears twice.
 * @example
 * const plans = {
 *   kind: 'category',
 *   name: 'plan',
 *   codes: Int32Array.of(0, 1, -1),
 *   levels: ['basic', 'team'],
 * } as const;
 * const seats = { kind: 'number', name: 'seats', values: Float64Array.of(3, 40, NaN) } as const;
 * makeTable([plans, seats]).rows; // 3
 */
export function makeTable(
  columns: readonly Column[],
  rows = columns[0] ? columnLength(columns[0]) : 0,
): Table {
  const names = new Set<string>();
  for (const column of columns) {
    if (columnLength(column) !== rows) {
      throw new ChurnError(
        'bad-table',
        `makeTable: column "${column.name}" has ${columnLength(column)} rows where ${rows} are needed`,
      );
    }
    if (names.has(column.name)) {
      throw new ChurnError('bad-table', `makeTable: column name "${column.name}" appears twice`);
    }
    names.add(column.name);
  }
  return { rows, columns };
}

/**
 * The column of that name.
 *
 * @throws ChurnError `missing-column` naming what the table has.
 */
export function columnNamed(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) {
    throw new ChurnError(
      'missing-column',
      `column "${name}" is missing; the table has ${table.columns.map((c) => `"${c.name}"`).join(', ')}`,
      { column: name },
    );
  }
  return column;
}

/**
 * A new table of the given rows, in the given order (an index may repeat).
 *
 * @example
 * takeRows(table, [2, 0, 0]).rows; // 3
 */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  return { rows: rows.length, columns: table.columns.map((column) => takeColumn(column, rows)) };
}

function takeColumn(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === 'number') return { ...column, values: takeNumbers(column.values, rows) };
  return { ...column, codes: takeCodes(column.codes, rows) };
}

/** `codes[rows[0]], codes[rows[1]], …` as a new array. */
export function takeCodes(codes: Int32Array, rows: ArrayLike<number>): Int32Array {
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = codes[rows[i]!]!;
  return taken;
}

/** `values[rows[0]], values[rows[1]], …` as a new array. */
export function takeNumbers(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

/** `bytes[rows[0]], bytes[rows[1]], …` as a new array. */
export function takeBytes(bytes: Uint8Array, rows: ArrayLike<number>): Uint8Array {
  const taken = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = bytes[rows[i]!]!;
  return taken;
}

/** The table without the named columns. */
export function withoutColumns(table: Table, names: ReadonlySet<string>): Table {
  return { rows: table.rows, columns: table.columns.filter((column) => !names.has(column.name)) };
}
