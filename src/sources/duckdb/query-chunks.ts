import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { RawColumn, RawTable } from '../../tables/raw-table.js';
import { rowsPerChunk } from '../text-chunk.js';
import { TextColumnBuilder } from '../text-dictionary.js';
import { type ColumnPlan, type EngineColumn, needsRange, planColumn } from './column-plan.js';
import { quoteName } from './sql-text.js';
import { codeTexts, copyNumbers } from './vectors.js';

/** What a relation's columns become: name in the engine and the plan for each. */
export interface PlannedColumn {
  readonly name: string;
  readonly plan: ColumnPlan;
}

/**
 * Decides for every column of a relation whether it is read as numbers, instants or text.
 *
 * @param relation what may stand after FROM: a table, a reader's call, a query in parentheses
 */
export async function planColumns(connection: DuckDBConnection, relation: string): Promise<PlannedColumn[]> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${relation}`);
  const columns: EngineColumn[] = described
    .getRows()
    .map(([name, type]) => ({ name: String(name), type: String(type) }));
  const exact = await exactIntegers(connection, relation, columns.filter(needsRange));
  return columns.map((column) => ({ name: column.name, plan: planColumn(column, exact.has(column.name)) }));
}

/** Which of the columns hold only integers within ±2^53. */
async function exactIntegers(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly EngineColumn[],
): Promise<Set<string>> {
  if (columns.length === 0) return new Set();
  const limit = Number.MAX_SAFE_INTEGER;
  const tests = columns.map(({ name }) => {
    const quoted = quoteName(name);
    return `coalesce(min(${quoted}) >= -${limit} AND max(${quoted}) <= ${limit}, true)`;
  });
  const result = await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM ${relation}`);
  return new Set(columns.filter((_, index) => result.value(index, 0) === true).map(({ name }) => name));
}

/**
 * The relation's rows as chunks of a raw table, numbered from 1.
 *
 * @param names the columns' names in the chunks, which may be tidier than the engine's
 */
export async function* readChunks(
  connection: DuckDBConnection,
  relation: string,
  names: readonly string[],
  columns: readonly PlannedColumn[],
): AsyncGenerator<RawTable> {
  const plans = columns.map(({ plan }) => plan);
  const builder = new EngineChunk(names, plans);
  const selected = plans.map(({ sql }, index) => `${sql} AS c${index}`).join(', ');
  const result = await connection.stream(`SELECT ${selected} FROM ${relation}`);
  for await (const chunk of result) {
    if (!builder.fits(chunk.rowCount)) yield builder.take();
    builder.add(chunk);
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
