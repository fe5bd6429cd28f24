import { ChurnError } from '../errors.js';
import type { RawColumn } from '../tables/raw-table.js';
import { coerceColumn, type NumericReading } from './coerce.js';
import { guessColumn } from './infer-types.js';

/** Reads a column as dates in the one order that its texts prove. */
export type InstantReading = Extract<NumericReading, { kind: 'instant' }>;

/**
 * How a column that must hold dates writes them.
 *
 * @param role what the column is for, for the message: `time`
 * @throws ChurnError `bad-table` when the column holds no dates, or dates whose day and month cannot be told
 * apart
 */
export function instantReading(column: RawColumn, role: string, rows?: ArrayLike<number>): InstantReading {
  const guess = guessColumn(column, rows);
  if (guess.reading.kind === 'instant') return guess.reading;
  const ambiguous = guess.notes.find((note) => note.kind === 'ambiguous-date');
  throw new ChurnError(
    'bad-table',
    ambiguous
      ? `${role} column: ${ambiguous.message}`
      : `${role} column "${column.name}" must hold dates, found ${guess.type}; write them as YYYY-MM-DD or name another column`,
    { column: column.name },
  );
}

/**
 * A column's dates in milliseconds since 1970 UTC, one per row; `NaN` where missing or unreadable. For a
 * split by time.
 *
 * @throws ChurnError `bad-table`, as `instantReading`
 */
export function readInstants(column: RawColumn, role: string): Float64Array {
  return coerceColumn(column, instantReading(column, role)).values;
}
