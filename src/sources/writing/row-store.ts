import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { ChurnError } from '../../errors.js';
import { type Engine, openEngine } from '../duckdb/engine.js';
import { quoteName } from '../duckdb/sql-text.js';
import type { FinishOptions, SinkColumn } from './sink.js';

const BATCH_ROWS = 2048;

/** Rows to be written, in a DuckDB table on the disk: numbers as DOUBLE, texts as VARCHAR, columns `c0`, `c1` … */
export class RowStore {
  rows = 0;

  private constructor(
    private readonly columns: readonly SinkColumn[],
    private readonly engine: Engine,
    private readonly appender: DuckDBAppender,
    private readonly batch: DuckDBDataChunk,
  ) {}

  static async open(columns: readonly SinkColumn[]): Promise<RowStore> {
    const { DuckDBDataChunk, DOUBLE, VARCHAR } = await import('@duckdb/node-api');
    const engine = await openEngine({ onDisk: true });
    try {
      const types = columns.map(({ kind }) => (kind === 'text' ? VARCHAR : DOUBLE));
      const definitions = types.map((type, index) => `c${index} ${type}`);
      await engine.connection.run(`CREATE TABLE stored (${definitions.join(', ')})`);
      const appender = await engine.connection.createAppender('stored');
      return new RowStore(columns, engine, appender, DuckDBDataChunk.create(types));
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  get connection(): DuckDBConnection {
    return this.engine.connection;
  }

  append(columns: readonly (readonly (string | null)[] | Float64Array)[]): void {
    const rows = this.checkLengths(columns);
    for (let from = 0; from < rows; from += BATCH_ROWS) {
      const to = Math.min(rows, from + BATCH_ROWS);
      // One chunk for all batches: its memory is DuckDB's, which the garbage collector does not see.
      this.batch.reset();
      this.batch.rowCount = to - from;
      for (const [index, values] of columns.entries()) {
        const vector = this.batch.getColumnVector(index);
        for (let row = from; row < to; row++) {
          const value = values[row]!;
          vector.setItem(row - from, Number.isNaN(value) ? null : value);
        }
        vector.flush();
      }
      this.appender.appendDataChunk(this.batch);
    }
    this.rows += rows;
  }

  /**
   * The query for all rows, ordered and ranked, their columns under the names that `rename` gives them.
   *
   * @throws ChurnError `bad-option` when the column to order by is not among the columns or the rank has a taken name.
   */
  query(
    { orderBy, descending = false, rankColumn }: FinishOptions,
    rename: (name: string) => string,
  ): string {
    this.appender.closeSync();
    const ranked: SinkColumn[] = [...this.columns];
    if (rankColumn !== undefined && !ranked.some(({ name }) => name === rankColumn)) {
      ranked.push({ name: rankColumn, kind: 'integer' });
    }
    checkNames(ranked);
    const selected = ranked.map(({ name, kind }, index) => {
      const value = name === rankColumn ? 'row_number() OVER ()' : storedValue(kind, index);
      return `${value} AS ${quoteName(rename(name))}`;
    });
    const key =
      orderBy === undefined ? '' : `${this.orderKey(orderBy)} ${descending ? 'DESC' : 'ASC'} NULLS LAST, `;
    return `SELECT ${selected.join(', ')} FROM (FROM stored ORDER BY ${key}rowid)`;
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  private orderKey(name: string): string {
    const index = this.columns.findIndex((column) => column.name === name);
    if (index >= 0) return `c${index}`;
    const names = this.columns.map((column) => `"${column.name}"`).join(', ');
    throw new ChurnError('bad-option', `cannot order by "${name}": the columns are ${names}`);
  }

  private checkLengths(columns: readonly ArrayLike<unknown>[]): number {
    const rows = columns[0]?.length ?? 0;
    if (columns.length !== this.columns.length || columns.some(({ length }) => length !== rows)) {
      const found = columns.map(({ length }) => length).join(', ');
      throw new ChurnError(
        'internal',
        `append: ${this.columns.length} columns of one length are needed, found lengths ${found}`,
      );
    }
    return rows;
  }
}

/**
 * DuckDB and most readers of Parquet take `A` and `a` for one name.
 *
 * @throws ChurnError `bad-option` when two columns have one name so.
 */
export function checkNames(columns: readonly SinkColumn[]): void {
  const seen = new Map<string, string>();
  for (const { name } of columns) {
    const before = seen.get(name.toLowerCase());
    if (before !== undefined) {
      throw new ChurnError(
        'bad-option',
        `openSink: columns "${before}" and "${name}" have one name but for case`,
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

/** No format that we write has a common spelling for infinity, and JSON has none. */
function storedValue(kind: SinkColumn['kind'], index: number): string {
  if (kind === 'text') return `c${index}`;
  return `CASE WHEN isfinite(c${index}) THEN ${kind === 'integer' ? `CAST(c${index} AS BIGINT)` : `c${index}`} END`;
}
