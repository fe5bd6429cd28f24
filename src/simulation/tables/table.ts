import { dayText, instantText } from './calendar.js';

/** How the numbers of a column are meant: days and seconds count from 1970-01-01 UTC. */
export type CellKind = 'text' | 'number' | 'day' | 'instant';

/** A column of a simulated table. Text shares its strings; numbers hold NaN where the cell is empty. */
export type TableColumn =
  | { readonly name: string; readonly kind: 'text'; readonly cells: readonly (string | null)[] }
  | { readonly name: string; readonly kind: Exclude<CellKind, 'text'>; readonly cells: Float64Array };

/** One simulated table, column by column; every column has `rows` cells. */
export interface SimulatedTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

/** Column names of a table with the kind of their cells, in the order of the file. */
export type TableShape = Readonly<Record<string, CellKind>>;

/** A row for a table of that shape; `null` is an empty cell. */
export type TableRow<S extends TableShape> = {
  readonly [K in keyof S]: (S[K] extends 'text' ? string : number) | null;
};

/** A table that grows row by row. */
export interface TableBuilder<S extends TableShape> {
  add(row: TableRow<S>): void;
  finish(): SimulatedTable;
}

export function tableBuilder<S extends TableShape>(name: string, shape: S): TableBuilder<S> {
  const names = Object.keys(shape);
  const grown = names.map(() => [] as (string | number | null)[]);
  return {
    add(row) {
      for (let i = 0; i < names.length; i++) grown[i]!.push(row[names[i]!]!);
    },
    finish: () => ({
      name,
      rows: grown[0]!.length,
      columns: names.map((column, i) => tableColumn(column, shape[column]!, grown[i]!)),
    }),
  };
}

/** A whole table from its rows. */
export function tableOf<S extends TableShape>(
  name: string,
  shape: S,
  rows: Iterable<TableRow<S>>,
): SimulatedTable {
  const builder = tableBuilder(name, shape);
  for (const row of rows) builder.add(row);
  return builder.finish();
}

export function tableColumn(
  name: string,
  kind: CellKind,
  cells: readonly (string | number | null)[],
): TableColumn {
  return kind === 'text'
    ? { name, kind, cells: cells as (string | null)[] }
    : { name, kind, cells: Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))) };
}

/**
 * A cell as it stands in the file, `null` when it is empty: days as `2023-01-31`, instants as
 * `2023-01-31T08:15:00Z`.
 */
export function cellText(column: TableColumn, row: number): string | null {
  if (column.kind === 'text') return column.cells[row]!;
  const value = column.cells[row]!;
  if (Number.isNaN(value)) return null;
  if (column.kind === 'number') return String(value);
  return column.kind === 'day' ? dayText(value) : instantText(value);
}

/** @throws Error when the table has no such column: only for names that the simulator itself wrote */
export function columnOf(table: SimulatedTable, name: string): TableColumn {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`simulated table ${table.name} has no column ${name}`);
  return column;
}

const PIECE_ROWS = 2000;

/** The table as CSV (UTF-8, comma, `\n`, header first) in pieces of some thousand lines. */
export function* tableCsv({ columns, rows }: SimulatedTable): Generator<string> {
  let piece = `${columns.map(({ name }) => name).join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns.length; i++) piece += (i > 0 ? ',' : '') + quoted(cellText(columns[i]!, row));
    piece += '\n';
    if (row % PIECE_ROWS === PIECE_ROWS - 1) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

function quoted(cell: string | null): string {
  if (cell === null) return '';
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
