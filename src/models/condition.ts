import { z } from 'zod';
import type { Column } from '../tables/table.js';

/** One test on one feature. A missing value meets `missing` only. */
export const conditionSchema = z.discriminatedUnion('test', [
  z.strictObject({ test: z.literal('below'), feature: z.string(), threshold: z.number() }),
  z.strictObject({ test: z.literal('at-least'), feature: z.string(), threshold: z.number() }),
  z.strictObject({ test: z.literal('equals'), feature: z.string(), level: z.string() }),
  z.strictObject({ test: z.literal('missing'), feature: z.string() }),
]);

export type Condition = z.infer<typeof conditionSchema>;

/** The condition in words: `Contract is Month-to-month`, `tenure < 6`, `TotalCharges is missing`. */
export function describeCondition(condition: Condition): string {
  switch (condition.test) {
    case 'below':
      return `${condition.feature} < ${condition.threshold}`;
    case 'at-least':
      return `${condition.feature} >= ${condition.threshold}`;
    case 'equals':
      return `${condition.feature} is ${condition.level}`;
    case 'missing':
      return `${condition.feature} is missing`;
  }
}

/** Whether the condition holds for a row of its column. */
export function conditionTest(condition: Condition, column: Column): (row: number) => boolean {
  if (column.kind === 'category') {
    const wanted = condition.test === 'equals' ? column.levels.indexOf(condition.level) : -1;
    return (row) => column.codes[row] === wanted;
  }
  const { values } = column;
  if (condition.test === 'below') return (row) => values[row]! < condition.threshold;
  if (condition.test === 'at-least') return (row) => values[row]! >= condition.threshold;
  return (row) => Number.isNaN(values[row]!);
}
