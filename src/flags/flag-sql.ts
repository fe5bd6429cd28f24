import { type Condition, THRESHOLD_SIGNS } from '../models/condition.js';
import { quoteName, quoteText } from '../sources/duckdb/sql-text.js';
import type { Flag } from './flag.js';

/**
 * The flag as the condition of a WHERE clause, for a table of the features in which numbers are DOUBLE, categories are
 * VARCHAR, and what is missing is NULL: of a flag that `checkFlag` lets through, exactly those rows are selected that
 * raise it. Where a feature is missing the condition may be NULL, which WHERE takes as false; `NOT` in front of it
 * does not select all other rows.
 *
 * @example
 * flagSql(parseFlag('cases_28d > 10 and csat < 5')); // '"cases_28d" > 10 AND "csat" < 5'
 */
export function flagSql({ conditions }: Flag): string {
  return conditions.map(conditionSql).join(' AND ');
}

/** A level stays a text, which the engine takes as a number where the column is one. */
function conditionSql(condition: Condition): string {
  const name = quoteName(condition.feature);
  switch (condition.test) {
    case 'equals':
      return `${name} = ${levelSql(condition.level)}`;
    case 'missing':
      return `${name} IS NULL`;
    default:
      return `${name} ${THRESHOLD_SIGNS[condition.test]} ${numberSql(condition.threshold)}`;
  }
}

/** DuckDB ends a statement at a NUL character, quoted or not. */
function levelSql(level: string): string {
  const parts = level.split('\0').map(quoteText);
  return parts.length === 1 ? parts[0]! : `(${parts.join(' || chr(0) || ')})`;
}

/** Without an exponent, DuckDB takes a literal as a decimal, which is no longer exact as a double above 15 digits. */
function numberSql(threshold: number): string {
  const text = String(threshold);
  return text.includes('e') || text.replace(/\D/g, '').length <= 15 ? text : `${text}e0`;
}
