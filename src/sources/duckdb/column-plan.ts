import { quoteName } from './sql-text.js';

/** A column's way from the engine into a raw table: the SQL that makes it a DOUBLE or a VARCHAR, and what that is. */
export interface ColumnPlan {
  readonly kind: 'number' | 'instant' | 'text';
  readonly sql: string;
}

/** What the engine says of a column. */
export interface EngineColumn {
  readonly name: string;
  /** DuckDB's type name. */
  readonly type: string;
}

const SMALL_NUMBER = /^(?:U?(?:TINY|SMALL)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/u;
const LARGE_INTEGER = /^U?(?:BIG|HUGE)INT$/u;
const INSTANT = /^(?:DATE|TIMESTAMP(?:_S|_MS|_NS| WITH TIME ZONE)?)$/u;
const PLAIN_TEXT = /^(?:VARCHAR|BOOLEAN|UUID|TIME.*|INTERVAL|ENUM\(.*\))$/su;

/** True for integers that a double may not hold: their range decides. */
export function needsRange({ type }: EngineColumn): boolean {
  return LARGE_INTEGER.test(type);
}

/**
 * Plans a column. `isExact` says whether the column's values all lie within ±2^53, and counts for the large
 * integer types alone: a number that a double cannot hold stays text, so that no two ids become one.
 */
export function planColumn(column: EngineColumn, isExact: boolean): ColumnPlan {
  const name = quoteName(column.name);
  const text = `CAST(${name} AS VARCHAR)`;
  if (SMALL_NUMBER.test(column.type) || (LARGE_INTEGER.test(column.type) && isExact)) {
    return { kind: 'number', sql: orNaN(`CAST(${name} AS DOUBLE)`) };
  }
  if (INSTANT.test(column.type)) return { kind: 'instant', sql: orNaN(`CAST(epoch_ms(${name}) AS DOUBLE)`) };
  if (PLAIN_TEXT.test(column.type) || LARGE_INTEGER.test(column.type)) return { kind: 'text', sql: text };
  // Older writers leave texts unmarked, as byte arrays.
  if (column.type === 'BLOB') return { kind: 'text', sql: `coalesce(TRY(decode(${name})), ${text})` };
  return { kind: 'text', sql: `CAST(to_json(${name}) AS VARCHAR)` };
}

function orNaN(sql: string): string {
  return `coalesce(${sql}, CAST('NaN' AS DOUBLE))`;
}
