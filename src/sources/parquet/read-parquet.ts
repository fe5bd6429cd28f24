import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { RawColumn, RawTable } from '../../tables/raw-table.js';
import { badFile, readFailure } from '../bad-file.js';
import { tidyColumnNames } from '../column-names.js';
import { openEngine } from '../duckdb/engine.js';
import { quoteInputPath, quoteName } from '../duckdb/sql-text.js';
import { codeTexts, copyNumbers } from '../duckdb/vectors.js';
import type { Source } from '../source.js';
import { rowsPerChunk } from '../text-chunk.js';
import { TextColumnBuilder } from '../text-dictionary.js';
import { type ColumnPlan, type EngineColumn, needsRange, planColumn } from './column-plan.js';

/**
 * Opens a Parquet file through DuckDB. Numbers, dates and times keep their types; large integers do when all
 * of them lie within ±2^53 and are text otherwise; nested values are JSON text. No row is ever rejected.
 */
export async function openParquet(path: string): Promise<Source> {
  const engine = await openEngine({ onDisk: false });
  try {
    const rows = await countRows(engine.connection, path);
    if (rows === 0) throw badFile(path, 'has columns and no rows');
    const { names, notes } = tidyColumnNames(await namesInFile(engine.connection, path));
    const plans = await planColumns(engine.connection, path);
    let read = 0;
    return {
      path,
      format: 'parquet',
      columnNames: names,
      notes,
      async *chunks() {
        read = 0;
        for await (const chunk of readChunks(engine.connection, path, names, plans)) {
          read += chunk.rows;
          yield chunk;
        }
      },
      rejects: () => [],
      rejectCount: 0,
      get readCount() {
        return read;
      },
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw readFailure(path, error);
  }
}

function scan(path: string): string {
  return `read_parquet(${quoteInputPath(path)}, hive_partitioning = false)`;
}

async function countRows(connection: DuckDBConnection, path: string): Promise<number> {
  try {
    const result = await connection.runAndReadAll(`SELECT count(*) FROM ${scan(path)}`);
    return Number(result.value(0, 0));
  } catch (error) {
    throw damaged(path, error);
  }
}

/** The names as the file has them; DuckDB's own scan renames those that differ by case alone. */
async function namesInFile(connection: DuckDBConnection, path: string): Promise<string[]> {
  const sql = `SELECT name, coalesce(num_children, 0) FROM parquet_schema(${quoteInputPath(path)})`;
  const elements = (await connection.runAndReadAll(sql)).getRows();
  const names: string[] = [];
  for (let at = 1; at < elements.length; at = afterElement(elements, at))
    names.push(String(elements[at]![0]));
  return names;
}

/** The schema is a tree written depth first: the position after an element and all that is below it. */
function afterElement(elements: readonly (readonly unknown[])[], at: number): number {
  let next = at + 1;
  for (let child = 0; child < Number(elements[at]![1]); child++) next = afterElement(elements, next);
  return next;
}

async function planColumns(connection: DuckDBConnection, path: string): Promise<ColumnPlan[]> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${scan(path)}`);
  const columns: EngineColumn[] = described
    .getRows()
    .map(([name, type]) => ({ name: String(name), type: String(type) }));
  const exact = await exactIntegers(connection, path, columns.filter(needsRange));
  return columns.map((column) => planColumn(column, exact.has(column.name)));
}

/** Which of the columns hold only integers within ±2^53. */
async function exactIntegers(
  connection: DuckDBConnection,
  path: string,
  columns: readonly EngineColumn[],
): Promise<Set<string>> {
  if (columns.length === 0) return new Set();
  const limit = Number.MAX_SAFE_INTEGER;
  const tests = columns.map(({ name }) => {
    const quoted = quoteName(name);
    return `coalesce(min(${quoted}) >= -${limit} AND max(${quoted}) <= ${limit}, true)`;
  });
  const result = await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM ${scan(path)}`);
  return new Set(columns.filter((_, index) => result.value(index, 0) === true).map(({ name }) => name));
}

async function* readChunks(
  connection: DuckDBConnection,
  path: string,
  names: readonly string[],
  plans: readonly ColumnPlan[],
): AsyncGenerator<RawTable> {
  const builder = new EngineChunk(names, plans);
  try {
    const columns = plans.map(({ sql }, index) => `${sql} AS c${index}`).join(', ');
    const result = await connection.stream(`SELECT ${columns} FROM ${scan(path)}`);
    for await (const chunk of result) {
      if (!builder.fits(chunk.rowCount)) yield builder.take();
      builder.add(chunk);
    }
  } catch (error) {
    throw damaged(path, error);
  }
  if (builder.rows > 0) yield builder.take();
}

/** Columns filled from DuckDB's chunks of 2,048 rows, handed out as larger ones. */
class EngineChunk {
  rows = 0;
  private taken = 0;
  private readonly capacity: number;
  private readonly numbers: (Float64Array | null)[];
  private readonly texts: (TextColumnBuilder | null)[];

  constructor(
    private readonly names: readonly string[],
    private readonly plans: readonly ColumnPlan[],
  ) {
    this.capacity = Math.max(2048, rowsPerChunk(names.length));
    this.numbers = plans.map(({ kind }) => (kind === 'text' ? null : new Float64Array(this.capacity)));
    this.texts = plans.map(({ kind }, index) =>
      kind === 'text' ? new TextColumnBuilder(names[index]!, this.capacity) : null,
    );
  }

  fits(rows: number): boolean {
    return this.rows + rows <= this.capacity;
  }

  add(chunk: DuckDBDataChunk): void {
    for (let index = 0; index < this.plans.length; index++) {
      const vector = chunk.getColumnVector(index);
      const text = this.texts[index];
      if (text) codeTexts(vector, text, this.rows);
      else copyNumbers(vector, this.numbers[index]!, this.rows);
    }
    this.rows += chunk.rowCount;
  }

  take(): RawTable {
    const rows = this.rows;
    const columns = this.plans.map(({ kind }, index): RawColumn => {
      if (kind === 'text') return this.texts[index]!.take(rows);
      return { kind, name: this.names[index]!, values: this.numbers[index]!.slice(0, rows) };
    });
    const first = this.taken + 1;
    this.taken += rows;
    this.rows = 0;
    return { rows, columns, rowNumbers: Float64Array.from({ length: rows }, (_, row) => first + row) };
  }
}

function damaged(path: string, error: unknown): Error {
  const isAboutFile = error instanceof Error && !error.message.startsWith('Out of Memory');
  if (!isAboutFile) return readFailure(path, error);
  return badFile(path, 'is not a readable Parquet file: it is damaged or cut short', error);
}
