import type { RawTable } from '../tables/raw-table.js';
import { TextColumnBuilder } from './text-dictionary.js';

const CELLS = 2_000_000;
/** So few that the dictionaries of twenty columns stay in the processor's cache: 32,768 rows took 1.7 times as long. */
const MOST_ROWS = 4096;
const MOST_BYTES = 16 << 20;

/** How many rows a chunk of so many columns holds: memory per chunk stays flat, also for 2,000 columns. */
export function rowsPerChunk(columns: number): number {
  return Math.max(64, Math.min(MOST_ROWS, Math.floor(CELLS / Math.max(1, columns))));
}

/** Text columns filled row by row, handed out as one chunk when full. */
export class TextChunk {
  readonly columns: TextColumnBuilder[];
  rows = 0;
  private readonly capacity: number;
  private readonly rowNumbers: Float64Array;
  private bytes = 0;

  constructor(columnNames: readonly string[]) {
    this.capacity = rowsPerChunk(columnNames.length);
    this.columns = columnNames.map((name) => new TextColumnBuilder(name, this.capacity));
    this.rowNumbers = new Float64Array(this.capacity);
  }

  get isFull(): boolean {
    return this.rows === this.capacity || this.bytes >= MOST_BYTES;
  }

  /** Adds the row whose cells lie at `bytes[starts[c] … ends[c])`. */
  add(rowNumber: number, bytes: Uint8Array, starts: Int32Array, ends: Int32Array, byteCount: number): void {
    const { columns, rows } = this;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index]!;
      column.codes[rows] = column.dictionary.code(bytes, starts[index]!, ends[index]!);
    }
    this.rowNumbers[rows] = rowNumber;
    this.rows++;
    this.bytes += byteCount;
  }

  /** The rows so far as a table; the chunk starts anew. */
  take(): RawTable {
    const rows = this.rows;
    this.rows = 0;
    this.bytes = 0;
    return {
      rows,
      columns: this.columns.map((column) => column.take(rows)),
      rowNumbers: this.rowNumbers.slice(0, rows),
    };
  }
}
