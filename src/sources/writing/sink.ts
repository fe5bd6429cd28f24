import { extname } from 'node:path';
import { ChurnError } from '../../errors.js';
import { removeTemporary } from '../temporary-files.js';
import { putInPlace, startFile } from './atomic-writes.js';
import { exportRows, MOST_XLSX_ROWS, type SinkFormat } from './export-rows.js';
import { neutraliseText } from './neutralise.js';
import { checkNames, RowStore } from './row-store.js';
import { writeFailed } from './write-failed.js';

/** A column to be written; `integer` values are whole numbers within ±2^53. */
export interface SinkColumn {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'integer';
}

export interface FinishOptions {
  /** The column that rows are ordered by; missing values come last, ties stay in the order of `append`. */
  readonly orderBy?: string;
  readonly descending?: boolean;
  /** Numbers the rows 1 … n in their final order: fills the column of that name, or adds it as the last one. */
  readonly rankColumn?: string;
}

/** A table file in the making. Nothing is at its place before `finish`, and nothing is left after `abort`. */
export interface Sink {
  /** Adds rows: one array per column, `null` and `NaN` for missing cells; infinite numbers are written as missing. */
  append(columns: readonly (readonly (string | null)[] | Float64Array)[]): Promise<void>;
  /** Writes the file beside its place and renames it; returns the number of rows. */
  finish(options?: FinishOptions): Promise<number>;
  /** Leaves everything as it was; does nothing after `finish` or a failure. */
  abort(): Promise<void>;
}

const FORMATS: Readonly<Record<string, SinkFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.parquet': 'parquet',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'json',
  '.xlsx': 'xlsx',
};
const SPREADSHEET_FORMATS: readonly SinkFormat[] = ['csv', 'tsv', 'xlsx'];

/**
 * Opens a table file for writing; its extension says the format: csv, tsv, parquet, jsonl, json or xlsx.
 *
 * Rows wait in a temporary table on the disk, so memory stays flat (but for xlsx, which is built in memory).
 * In csv, tsv and xlsx, texts that a spreadsheet would run as formulas get a leading `'`.
 *
 * @throws ChurnError `bad-option` for another extension or unfit columns, `write-failed` when the place cannot be
 * written to.
 * @example
 * const sink = await openSink('scores.csv', [{ name: 'id', kind: 'text' }, { name: 'p', kind: 'number' }]);
 * await sink.append([['a', 'b'], Float64Array.of(0.2, 0.7)]);
 * await sink.finish({ orderBy: 'p', descending: true, rankColumn: 'rank' });
 */
export async function openSink(path: string, columns: readonly SinkColumn[]): Promise<Sink> {
  const format = FORMATS[extname(path).toLowerCase()];
  if (!format) {
    const known = Object.keys(FORMATS).join(', ');
    throw new ChurnError('bad-option', `cannot write ${path}: its extension must be one of ${known}`, {
      path,
    });
  }
  checkNames(columns);
  const temporary = await startFile(path);
  try {
    return new FileSink(path, temporary, format, await RowStore.open(columns));
  } catch (error) {
    await removeTemporary(temporary);
    throw writeFailed(path, error);
  }
}

class FileSink implements Sink {
  constructor(
    private readonly path: string,
    private readonly temporary: string,
    private readonly format: SinkFormat,
    private readonly store: RowStore,
  ) {}

  private get isSpreadsheet(): boolean {
    return SPREADSHEET_FORMATS.includes(this.format);
  }

  async append(columns: readonly (readonly (string | null)[] | Float64Array)[]): Promise<void> {
    await this.orAbort(async () => {
      this.store.append(this.isSpreadsheet ? columns.map(neutralise) : columns);
      if (this.format === 'xlsx' && this.store.rows > MOST_XLSX_ROWS) {
        throw new ChurnError(
          'write-failed',
          `cannot write ${this.path}: a sheet holds ${MOST_XLSX_ROWS} rows and there are more; write .csv or .parquet`,
          { path: this.path },
        );
      }
    });
  }

  async finish(options: FinishOptions = {}): Promise<number> {
    await this.orAbort(async () => {
      const query = this.store.query(options, this.isSpreadsheet ? neutraliseText : (name) => name);
      await exportRows(this.store.connection, query, this.format, this.temporary);
      await putInPlace(this.temporary, this.path);
    });
    await this.store.close();
    return this.store.rows;
  }

  async abort(): Promise<void> {
    await this.store.close();
    await removeTemporary(this.temporary);
  }

  private async orAbort(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.abort();
      throw writeFailed(this.path, error);
    }
  }
}

function neutralise(
  values: readonly (string | null)[] | Float64Array,
): readonly (string | null)[] | Float64Array {
  return values instanceof Float64Array
    ? values
    : values.map((text) => (text === null ? null : neutraliseText(text)));
}
