import type { DuckDBConnection } from '@duckdb/node-api';
import type { RawTable } from '../../tables/raw-table.js';
import { badFile, readFailure } from '../bad-file.js';
import { tidyColumnNames } from '../column-names.js';
import { openEngine } from '../duckdb/engine.js';
import { type PlannedColumn, planColumns, readChunks } from '../duckdb/query-chunks.js';
import { quoteInputPath } from '../duckdb/sql-text.js';
import type { Source } from '../source.js';

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
    const columns = await planColumns(engine.connection, scan(path));
    let read = 0;
    return {
      path,
      format: 'parquet',
      columnNames: names,
      notes,
      async *chunks() {
        read = 0;
        for await (const chunk of parquetChunks(engine.connection, path, names, columns)) {
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

async function* parquetChunks(
  connection: DuckDBConnection,
  path: string,
  names: readonly string[],
  columns: readonly PlannedColumn[],
): AsyncGenerator<RawTable> {
  try {
    yield* readChunks(connection, scan(path), names, columns);
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, error: unknown): Error {
  const isAboutFile = error instanceof Error && !error.message.startsWith('Out of Memory');
  if (!isAboutFile) return readFailure(path, error);
  return badFile(path, 'is not a readable Parquet file: it is damaged or cut short', error);
}
