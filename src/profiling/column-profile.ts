import { z } from 'zod';
import { asTexts, coerceColumn, type NumericReading } from '../cleaning/coerce.js';
import type { ColumnGuess } from '../cleaning/infer-types.js';
import { isMissingLevel, levelText } from '../cleaning/missing.js';
import { countLevels, keepTexts, tallyTexts } from '../cleaning/tally.js';
import type { RawColumn } from '../tables/raw-table.js';
import { describeNumbers, numbersProfileSchema } from './describe-numbers.js';

export const columnProfileSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['number', 'category', 'instant', 'constant', 'all-missing', 'id-like', 'ambiguous-date']),
  missing: z.int(),
  missingShare: z.number(),
  distinct: z.int(),
  /** Cells of a number or date column that cannot be read; training rejects their rows. */
  unreadable: z.int(),
  /** Where the readable cells are numbers. */
  numbers: numbersProfileSchema.nullable(),
  /** Where they are texts: the most frequent ten, ties in text order. */
  levels: z.array(z.strictObject({ level: z.string(), count: z.int(), share: z.number() })).nullable(),
  /** Where they are dates: first and last, ISO in UTC. */
  dates: z.strictObject({ first: z.string(), last: z.string() }).nullable(),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

const shownLevels = 10;
const longestLevel = 200;

/** What a column holds, read as `guess` says. Shares are of all rows. */
export function profileColumn(column: RawColumn, guess: ColumnGuess): ColumnProfile {
  const { name, type, reading, rows, missing, distinct, unreadable } = guess;
  const texts = reading.kind === 'category' && type !== 'all-missing';
  return {
    name,
    type,
    missing,
    missingShare: rows === 0 ? 0 : missing / rows,
    distinct,
    unreadable,
    numbers: reading.kind === 'number' ? describeNumbers(readableCells(column, reading)) : null,
    levels: texts ? topLevels(column, reading.keepsNA) : null,
    dates: reading.kind === 'instant' ? dateRange(readableCells(column, reading)) : null,
  };
}

/** Sorted. */
function readableCells(column: RawColumn, reading: NumericReading): Float64Array {
  return coerceColumn(column, reading)
    .values.filter((value) => !Number.isNaN(value))
    .sort();
}

function topLevels(column: RawColumn, keepsNA: boolean): ColumnProfile['levels'] {
  const { codes, levels } = asTexts(column);
  const tally = tallyTexts({ kind: 'text', name: column.name, codes, levels });
  const present = keepTexts(tally, (text) => !isMissingLevel(text, keepsNA));
  return [...countLevels(present, levelText)]
    .sort(([a, rowsOfA], [b, rowsOfB]) => rowsOfB - rowsOfA || (a < b ? -1 : 1))
    .slice(0, shownLevels)
    .map(([level, count]) => ({
      level: level.slice(0, longestLevel),
      count,
      share: count / codes.length,
    }));
}

function dateRange(sorted: Float64Array): ColumnProfile['dates'] {
  if (sorted.length === 0) return null;
  return { first: new Date(sorted[0]!).toISOString(), last: new Date(sorted.at(-1)!).toISOString() };
}
