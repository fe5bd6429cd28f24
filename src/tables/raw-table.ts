/**
 * Text as it stood in the file, dictionary-coded: `codes[row]` indexes `levels`; `-1` where the cell was
 * absent (SQL NULL, JSON null). Words that mean "missing" (`NA`, `-`, `' '`) are still levels here;
 * cleaning decides about them.
 */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** Numbers that the file itself typed as numbers (Parquet, JSON, Excel); `NaN` is missing. */
export interface RawNumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

/** Instants that the file itself typed, in milliseconds since 1970 UTC; `NaN` is missing. */
export interface InstantColumn {
  readonly kind: 'instant';
  readonly name: string;
  readonly values: Float64Array;
}

export type RawColumn = TextColumn | RawNumberColumn | InstantColumn;

/** A table as read from a file, before cleaning. `rowNumbers` count the file's records from 1, header apart. */
export interface RawTable {
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  readonly rowNumbers: Float64Array;
}

/** A row, or a cell of it, that could not be read. */
export interface Reject {
  /** The record's number in the file, counted from 1 after the header. */
  readonly rowNumber: number;
  /** The column at fault, or `null` when the whole row is. */
  readonly column: string | null;
  /** The offending text, cut to 200 characters. */
  readonly value: string | null;
  readonly reason: string;
}

/** A doubt or remark that travels with a result. */
export interface Note {
  /** kebab-case, stable: programs branch on it. */
  readonly kind: string;
  /** The column it is about, where there is one. */
  readonly column?: string;
  /** One sentence for people. */
  readonly message: string;
}

/** A cell as text, `null` when absent; instants as ISO dates. */
export function cellText(column: RawColumn, row: number): string | null {
  if (column.kind === 'text') return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  if (Number.isNaN(value)) return null;
  return column.kind === 'number' ? String(value) : new Date(value).toISOString();
}

/** A new raw table of the given rows, in the given order. */
export function takeRawRows(raw: RawTable, rows: ArrayLike<number>): RawTable {
  const pick = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
    for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
    return to;
  };
  return {
    rows: rows.length,
    rowNumbers: pick(raw.rowNumbers, new Float64Array(rows.length)),
    columns: raw.columns.map((column) =>
      column.kind === 'text'
        ? { ...column, codes: pick(column.codes, new Int32Array(rows.length)) }
        : { ...column, values: pick(column.values, new Float64Array(rows.length)) },
    ),
  };
}
