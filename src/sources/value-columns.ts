import type { RawColumn, RawTable } from '../tables/raw-table.js';
import { rowsPerChunk } from './text-chunk.js';

/** A cell of a JSON or Excel file; `undefined` where a row has none. */
export type CellValue = string | number | boolean | Date | object | null | undefined;

export type ColumnKind = RawColumn['kind'];

/**
 * What a column has become after one more cell: `number` while all are numbers, `instant` while all are dates,
 * `text` otherwise; `null` while every cell was missing.
 */
export function widenKind(kind: ColumnKind | null, value: CellValue): ColumnKind | null {
  if (value === null || value === undefined) return kind;
  const own = typeof value === 'number' ? 'number' : value instanceof Date ? 'instant' : 'text';
  return kind === null || kind === own ? own : 'text';
}

/** A cell as text: dates as ISO days where they are whole days, nested values as JSON. */
export function valueText(value: Exclude<CellValue, null | undefined>): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Typed columns filled cell by cell, handed out as one chunk when full. */
export class ValueChunk {
  rows = 0;
  private readonly capacity: number;
  private readonly rowNumbers: Float64Array;
  private readonly columns: ValueColumn[];

  constructor(names: readonly string[], kinds: readonly ColumnKind[]) {
    this.capacity = rowsPerChunk(names.length);
    this.rowNumbers = new Float64Array(this.capacity);
    this.columns = names.map((name, index) => {
      const kind = kinds[index]!;
      return kind === 'text'
        ? new ValueTexts(name, this.capacity)
        : new ValueNumbers(name, kind, this.capacity);
    });
  }

  get isFull(): boolean {
    return this.rows === this.capacity;
  }

  /** Sets a cell of the row that is being filled; cells not set are missing. */
  set(column: number, value: CellValue): void {
    if (value !== null && value !== undefined) this.columns[column]!.set(this.rows, value);
  }

  endRow(rowNumber: number): void {
    this.rowNumbers[this.rows++] = rowNumber;
  }

  /** The rows so far as a table; the chunk starts anew. */
  take(): RawTable {
    const rows = this.rows;
    this.rows = 0;
    return {
      rows,
      columns: this.columns.map((column) => column.take(rows)),
      rowNumbers: this.rowNumbers.slice(0, rows),
    };
  }
}

interface ValueColumn {
  set(row: number, value: Exclude<CellValue, null | undefined>): void;
  take(rows: number): RawColumn;
}

class ValueNumbers implements ValueColumn {
  private readonly values: Float64Array;

  constructor(
    private readonly name: string,
    private readonly kind: 'number' | 'instant',
    capacity: number,
  ) {
    this.values = new Float64Array(capacity).fill(Number.NaN);
  }

  set(row: number, value: Exclude<CellValue, null | undefined>): void {
    this.values[row] = value instanceof Date ? value.getTime() : Number(value);
  }

  take(rows: number): RawColumn {
    const values = this.values.slice(0, rows);
    this.values.fill(Number.NaN);
    return { kind: this.kind, name: this.name, values };
  }
}

class ValueTexts implements ValueColumn {
  private readonly codes: Int32Array;
  private readonly codeOf = new Map<string, number>();

  constructor(
    private readonly name: string,
    capacity: number,
  ) {
    this.codes = new Int32Array(capacity).fill(-1);
  }

  set(row: number, value: Exclude<CellValue, null | undefined>): void {
    const text = valueText(value);
    let code = this.codeOf.get(text);
    if (code === undefined) {
      code = this.codeOf.size;
      this.codeOf.set(text, code);
    }
    this.codes[row] = code;
  }

  take(rows: number): RawColumn {
    const column: RawColumn = {
      kind: 'text',
      name: this.name,
      codes: this.codes.slice(0, rows),
      levels: [...this.codeOf.keys()],
    };
    this.codes.fill(-1);
    this.codeOf.clear();
    return column;
  }
}
