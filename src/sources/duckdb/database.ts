import type { DuckDBConnection, DuckDBDataChunk, DuckDBType } from '@duckdb/node-api';
import type { RawTable } from '../../tables/raw-table.js';
import { LevelJoin } from '../level-join.js';
import { openEngine } from './engine.js';
import { fillNumbers } from './fill-vector.js';
import { planColumns, readChunks } from './query-chunks.js';

/** A cell of a small result: integers and decimals as numbers, instants as milliseconds since 1970 UTC. */
export type Cell = string | number | boolean | null;

/** A column to append: `NaN` and `null` are missing, instants are milliseconds since 1970 UTC, flags may be 1 and 0. */
export type AppendColumn = Float64Array | readonly Cell[];

/** The types that tables of a {@link Database} have. */
export type SqlType = 'VARCHAR' | 'DOUBLE' | 'BIGINT' | 'BOOLEAN' | 'TIMESTAMP';

/** Tables and queries on an embedded DuckDB that nobody else uses. */
export interface Database {
  /** Runs statements and forgets their result. */
  run(sql: string): Promise<void>;
  /** A small result, row by row. */
  rows<Row extends Record<string, Cell> = Record<string, Cell>>(sql: string): Promise<Row[]>;
  /** The one cell of a result of one row and column. */
  value(sql: string): Promise<Cell>;
  /** A result of any length in columns: numbers, instants, or dictionary-coded text (booleans are `true`, `false`). */
  table(sql: string): Promise<RawTable>;
  /** Adds rows at the end of a table; `columns` in the table's order, all of one length. */
  append(table: string, types: readonly SqlType[], columns: readonly AppendColumn[]): Promise<void>;
  close(): Promise<void>;
}

const BATCH_ROWS = 2048;

/** Opens an empty database in a temporary file; it spills to the disk above two gigabytes of memory. */
export async function openDatabase(): Promise<Database> {
  const engine = await openEngine({ onDisk: true, memoryLimit: '2GB' });
  const { connection } = engine;
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: (sql) => smallRows(connection, sql),
    value: async (sql) => Object.values((await smallRows(connection, sql))[0] ?? {})[0] ?? null,
    table: (sql) => wholeTable(connection, sql),
    append: (table, types, columns) => appendRows(connection, table, types, columns),
    close: engine.close,
  };
}

async function smallRows<Row extends Record<string, Cell>>(
  connection: DuckDBConnection,
  sql: string,
): Promise<Row[]> {
  const { DuckDBTimestampValue, DuckDBDateValue, DuckDBDecimalValue } = await import('@duckdb/node-api');
  const toCell = (value: unknown): Cell => {
    if (typeof value === 'bigint') return Number(value);
    if (value instanceof DuckDBTimestampValue) return Number(value.micros / 1000n);
    if (value instanceof DuckDBDateValue) return value.days * 86_400_000;
    if (value instanceof DuckDBDecimalValue) return value.toDouble();
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Cell;
    return String(value);
  };
  const result = await connection.runAndReadAll(sql);
  const names = result.columnNames();
  return result
    .getRows()
    .map((row) => Object.fromEntries(names.map((name, i) => [name, toCell(row[i])])) as Row);
}

async function wholeTable(connection: DuckDBConnection, sql: string): Promise<RawTable> {
  // Kept once, as its types are asked for before its rows.
  await connection.run(`CREATE OR REPLACE TEMP TABLE whole_result AS ${sql}`);
  try {
    const columns = await planColumns(connection, 'whole_result');
    const names = columns.map(({ name }) => name);
    const chunks: RawTable[] = [];
    const joined = new LevelJoin(names.length);
    for await (const chunk of readChunks(connection, 'whole_result', names, columns)) {
      chunks.push(joined.recode(chunk));
    }
    const kinds = columns.map(({ plan }) => plan.kind);
    return joined.join(chunks, names, kinds);
  } finally {
    await connection.run('DROP TABLE IF EXISTS whole_result');
  }
}

async function appendRows(
  connection: DuckDBConnection,
  table: string,
  types: readonly SqlType[],
  columns: readonly AppendColumn[],
): Promise<void> {
  const { BIGINT, BOOLEAN, DOUBLE, DuckDBDataChunk, DuckDBTimestampValue, TIMESTAMP, VARCHAR } = await import(
    '@duckdb/node-api'
  );
  const engineTypes: Record<SqlType, DuckDBType> = { BIGINT, BOOLEAN, DOUBLE, TIMESTAMP, VARCHAR };
  const encode: Record<SqlType, (cell: Cell) => unknown> = {
    BIGINT: (cell) => BigInt(cell as number),
    BOOLEAN: (cell) => Boolean(cell),
    DOUBLE: (cell) => cell,
    TIMESTAMP: (cell) => new DuckDBTimestampValue(BigInt(cell as number) * 1000n),
    VARCHAR: (cell) => cell,
  };
  const appender = await connection.createAppender(table);
  const batch: DuckDBDataChunk = DuckDBDataChunk.create(types.map((type) => engineTypes[type]));
  const rows = columns[0]?.length ?? 0;
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const to = Math.min(rows, from + BATCH_ROWS);
    // One chunk for all batches: its memory is DuckDB's, which the garbage collector does not see.
    batch.reset();
    batch.rowCount = to - from;
    for (const [index, cells] of columns.entries()) {
      const vector = batch.getColumnVector(index);
      const type = types[index]!;
      const scale = type === 'TIMESTAMP' ? 1000 : 1;
      if (!(cells instanceof Float64Array) || !fillNumbers(vector, cells, from, to, scale)) {
        for (let row = from; row < to; row++) {
          const cell = cells[row]!;
          const missing = cell === null || Number.isNaN(cell);
          vector.setItem(row - from, (missing ? null : encode[type](cell)) as never);
        }
      }
      vector.flush();
    }
    appender.appendDataChunk(batch);
  }
  appender.closeSync();
}
