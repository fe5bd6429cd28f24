import { z } from 'zod';
import { conditionSchema, rowsMeeting } from '../models/condition.js';
import type { Table } from '../tables/table.js';

/** Conditions that must all hold. */
export const flagSchema = z.strictObject({ conditions: z.array(conditionSchema).min(1) });

export type Flag = z.infer<typeof flagSchema>;

/**
 * Which rows raise the flag: 1 where every condition holds.
 *
 * @throws ChurnError `missing-column` when the table lacks a feature of the flag
 * @example
 * const seats = { kind: 'number', name: 'seats', values: Float64Array.of(3, 40, NaN) } as const;
 * raisedBy(parseFlag('seats >= 10'), makeTable([seats])); // [0, 1, 0]
 */
export function raisedBy({ conditions }: Flag, table: Table): Uint8Array {
  return rowsMeeting(conditions, table);
}
