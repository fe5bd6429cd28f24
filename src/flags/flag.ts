import { z } from 'zod';
import { conditionSchema, conditionTest } from '../models/condition.js';
import { columnNamed, type Table } from '../tables/table.js';

/** Conditions that must all hold. */
export const flagSchema = z.strictObject({ conditions: z.array(conditionSchema).min(1) });

export type Flag = z.infer<typeof flagSchema>;

/**
 * Which rows raise the flag: 1 where every condition holds.
 *
 * @throws ChurnError `missing-column` when the table lacks a feature of the flag
 */
export function raisedBy({ conditions }: Flag, table: Table): Uint8Array {
  const tests = conditions.map((condition) =>
    conditionTest(condition, columnNamed(table, condition.feature)),
  );
  return Uint8Array.from({ length: table.rows }, (_, row) => (tests.every((holds) => holds(row)) ? 1 : 0));
}

/** The flag without one of its conditions, once for each; none of a flag of one condition. */
export function partsOf({ conditions }: Flag): Flag[] {
  if (conditions.length === 1) return [];
  return conditions.map((_, left) => ({ conditions: conditions.filter((_, i) => i !== left) }));
}
