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
 */
export function raisedBy({ conditions }: Flag, table: Table): Uint8Array {
  return rowsMeeting(conditions, table);
}
