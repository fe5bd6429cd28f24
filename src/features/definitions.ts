import type { FeatureDefinition } from '../contracts/aspect.js';
import { LOOKBACK_DAYS, rowsWhere, within } from './windows.js';

/** What a feature is, in the order in which it reads: name, unit, words, SQL. */
type Words = readonly [name: string, unit: string, description: string, sql: string];

/** A feature that is 0 for an account without rows. */
export function counted(...[name, unit, description, sql]: Words): FeatureDefinition {
  return { name, unit, description, sql, kind: 'number', empty: 0 };
}

/** A feature that is missing for an account without rows. */
export function measured(...[name, unit, description, sql]: Words): FeatureDefinition {
  return { name, unit, description, sql, kind: 'number', empty: null };
}

/** A feature whose values are words. */
export function category(name: string, description: string, sql: string): FeatureDefinition {
  return { name, unit: 'level', description, sql, kind: 'category', empty: null };
}

/** The number of rows in each lookback: `usage_events_7d`, … */
export function countsOver(
  noun: string,
  unit: string,
  words: string,
  instant: string,
  lookbacks: readonly number[] = LOOKBACK_DAYS,
): FeatureDefinition[] {
  return lookbacks.map((days) =>
    counted(
      `${noun}_${days}d`,
      unit,
      `${words} in the ${days} days before`,
      rowsWhere(within(instant, days)),
    ),
  );
}
