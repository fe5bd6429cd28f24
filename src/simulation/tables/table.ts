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
  const growing = names.map((column) => growingColumn(column, shape[column]!));
  let rows = 0;
  return {
    add(row) {
      for (let i = 0; i < names.length; i++) growing[i]!.push(row[names[i]!]!);
      rows++;
    },
    finish: () => ({ name, rows, columns: growing.map((column) => column.finish()) }),
  };
}

/** A column that grows cell by cell; `null` is an empty cell. */
export interface GrowingColumn {
  push(cell: string | number | null): void;
  finish(): TableColumn;
}

export function growingColumn(name: string, kind: CellKind): GrowingColumn {
  if (kind === 'text') {
    const cells: (string | null)[] = [];
    return { push: (cell) => cells.push(cell as string | null), finish: () => ({ name, kind, cells }) };
  }
  let cells = new Float64Array(64);
  let length = 0;
  return {
    push(cell) {
      if (length === cells.length) {
        const wider = new Float64Array(2 * length);
        wider.set(cells);
        cells = wider;
      }
      cells[length++] = cell === null ? Number.NaN : (cell as number);
    },
    finish: () => ({ name, kind, cells: cells.slice(0, length) }),
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
  yield `${columns.map(({ name }) => name).join(',')}\n`;
  for (let first = 0; first < rows; first += PIECE_ROWS) {
    let piece = '';
    for (let row = first; row < Math.min(first + PIECE_ROWS, rows); row++) {
      for (let i = 0; i < columns.length; i++) piece += (i > 0 ? ',' : '') + fileCell(columns[i]!, row);
      piece += '\n';
    }
    yield piece;
  }
}

/** Quoted where the text needs it, nothing for an empty cell. */
function fileCell(column: TableColumn, row: number): string {
  const cell = cellText(column, row);
  if (cell === null) return '';
  return column.kind === 'text' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
