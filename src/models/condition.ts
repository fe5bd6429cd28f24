import { z } from 'zod';
import {
  type CategoryColumn,
  type Column,
  columnNamed,
  type NumberColumn,
  type Table,
} from '../tables/table.js';

/** One test on one feature. A missing value meets `missing` only. */
export const conditionSchema = z.discriminatedUnion('test', [
  z.strictObject({ test: z.literal('below'), feature: z.string(), threshold: z.number() }),
  z.strictObject({ test: z.literal('at-least'), feature: z.string(), threshold: z.number() }),
  z.strictObject({ test: z.literal('above'), feature: z.string(), threshold: z.number() }),
  z.strictObject({ test: z.literal('at-most'), feature: z.string(), threshold: z.number() }),
  z.strictObject({ test: z.literal('equals'), feature: z.string(), level: z.string() }),
  z.strictObject({ test: z.literal('missing'), feature: z.string() }),
]);

export type Condition = z.infer<typeof conditionSchema>;

/** How the tests of a number are written. */
export const THRESHOLD_SIGNS = { below: '<', 'at-least': '>=', above: '>', 'at-most': '<=' } as const;

/** The condition in words: `Contract is Month-to-month`, `tenure < 6`, `TotalCharges is missing`. */
export function describeCondition(condition: Condition): string {
  switch (condition.test) {
    case 'equals':
      return `${condition.feature} is ${condition.level}`;
    case 'missing':
      return `${condition.feature} is missing`;
    default:
      return `${condition.feature} ${THRESHOLD_SIGNS[condition.test]} ${condition.threshold}`;
  }
}

/**
 * Whether the condition holds for a row of its column. Tests of a number hold for no row of a category column;
 * `equals` compares a number column with the number that the level says, and holds for no row when it says none.
 */
export function conditionTest(condition: Condition, column: Column): (row: number) => boolean {
  return column.kind === 'category' ? categoryTest(condition, column) : numberTest(condition, column);
}

function categoryTest(condition: Condition, { codes, levels }: CategoryColumn): (row: number) => boolean {
  if (condition.test === 'missing') return (row) => codes[row]! < 0;
  const wanted = condition.test === 'equals' ? levels.indexOf(condition.level) : -1;
  return (row) => wanted >= 0 && codes[row] === wanted;
}

function numberTest(condition: Condition, { values }: NumberColumn): (row: number) => boolean {
  if (condition.test === 'missing') return (row) => Number.isNaN(values[row]!);
  if (condition.test === 'equals') {
    const wanted = saidNumber(condition.level);
    return (row) => values[row]! === wanted;
  }
  const { threshold } = condition;
  switch (condition.test) {
    case 'below':
      return (row) => values[row]! < threshold;
    case 'at-least':
      return (row) => values[row]! >= threshold;
    case 'above':
      return (row) => values[row]! > threshold;
    case 'at-most':
      return (row) => values[row]! <= threshold;
  }
}

/** The finite number that a text says in decimal digits, as `5`, `-0.5` or `1e3`; `NaN` when it says none. */
export function saidNumber(text: string): number {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

/**
 * Which rows all conditions hold for: 1 for each that they do.
 *
 * @throws ChurnError `missing-column` when the table lacks a feature
 */
export function rowsMeeting(conditions: readonly Condition[], table: Table): Uint8Array {
  const tests = conditions.map((condition) =>
    conditionTest(condition, columnNamed(table, condition.feature)),
  );
  return Uint8Array.from({ length: table.rows }, (_, row) => (tests.every((holds) => holds(row)) ? 1 : 0));
}
