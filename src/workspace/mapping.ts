import { z } from 'zod';
import { TABLE_NAMES } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import { timeZone } from './time-zone.js';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const columnName = z.string().min(1);

/** Exactly one of these says where a canonical column's cells come from. */
const ORIGINS = ['column', 'constant', 'numbered', 'ofSubscription', 'earliest'] as const;

const columnObject = z.strictObject({
  /** The file's column. */
  column: columnName.optional(),
  /** The same for every row. */
  constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** For ids that the file lacks: this text and the row's number, `S1`, `S2`, … */
  numbered: z.string().optional(),
  /** `account_id` alone: the file's column that names a subscription, whose account is meant. */
  ofSubscription: columnName.optional(),
  /** `accounts.created_at` alone: the account's first instant in these, as `subscriptions.started_at`. */
  earliest: z
    .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/u, 'needed: table.column'))
    .min(1)
    .optional(),
  /** What texts stand for; texts that are not listed are read as they stand. `null` is missing. */
  values: z.record(z.string(), cell).optional(),
  /** Money: `minor` (cents, the default) or `major`. With `after`: the unit of a duration. */
  unit: z.enum(['minor', 'major', 'seconds', 'minutes', 'hours', 'days']).optional(),
  /** The cell is a duration after this canonical column's instant of the same row. */
  after: columnName.optional(),
  /** The order of day and month, where the column's own dates do not show it. */
  order: z.enum(['dmy', 'mdy']).optional(),
  /** Where the clock stood that wrote this column; default: the table's. */
  timeZone: timeZone.optional(),
});

/** Where a canonical column's cells come from: the name of the file's column, or more said about it. */
export const columnSourceSchema = z.union([columnName, columnObject], {
  error: 'needed: the name of a column, or an object such as { column: "…" }',
});

/** A second file whose columns are added to each row, as `as.column`. */
export const joinSchema = z.strictObject({
  file: z.string().min(1),
  sheet: z.string().optional(),
  /** Put before the names of its columns, with a point: `internet.OnlineSecurity`. */
  as: z.string().min(1),
  /** Its columns, and the columns of the first file (or of an earlier join) that they must equal. */
  on: z.record(columnName, columnName),
  /** What to do with a row that finds none: keep it with missing cells, or reject it. */
  missing: z.enum(['keep', 'reject']).default('keep'),
  /** What the cells of a row that finds none hold instead of being missing. */
  otherwise: z.string().optional(),
});

/** One file that fills a canonical table, or a part of it. */
export const tableMappingSchema = z.strictObject({
  /** Relative to the workspace, absolute, or beginning with `${CHURNLAB_DATA}`. */
  file: z.string().min(1),
  /** The sheet of an Excel file; default: the first. */
  sheet: z.string().optional(),
  /** Canonical columns; those not named are taken from a column of their own name, where the file has one. */
  columns: z.record(z.string(), columnSourceSchema).default({}),
  join: z.array(joinSchema).default([]),
  /** Only rows whose column holds this text, or one of these. */
  where: z.record(columnName, z.union([z.string(), z.array(z.string()).min(1)])).optional(),
  /** Where the clock stood that wrote this file; default: the workspace's. */
  timeZone: timeZone.optional(),
  /** Accounts alone: further columns, which become features as they stand. They have no history. */
  attributes: z.record(z.string().min(1), columnSourceSchema).optional(),
  /** Accounts alone: yes where the file says that the account has left. Held against the events, never a feature. */
  churnFlag: columnSourceSchema.optional(),
});

const oneOrMore = z.union([tableMappingSchema, z.array(tableMappingSchema).min(1)]);

/** Mappings by canonical table. */
export const tablesSchema = z.strictObject(
  Object.fromEntries(TABLE_NAMES.map((name) => [name, oneOrMore.optional()])) as Record<
    TableName,
    z.ZodOptional<typeof oneOrMore>
  >,
);

export type ColumnSource = z.infer<typeof columnObject>;
export type TableMapping = z.infer<typeof tableMappingSchema>;
export type JoinMapping = z.infer<typeof joinSchema>;

/** Which of {@link ORIGINS} a source has. */
export function originsOf(source: ColumnSource): (typeof ORIGINS)[number][] {
  return ORIGINS.filter((origin) => source[origin] !== undefined);
}
