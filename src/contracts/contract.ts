import { z } from 'zod';

/** The canonical tables. */
export type TableName =
  | 'accounts'
  | 'subscriptions'
  | 'usage_events'
  | 'support_tickets'
  | 'invoices'
  | 'surveys'
  | 'community_activity'
  | 'relationship_events'
  | 'self_service_events'
  | 'onboarding_milestones'
  | 'incidents'
  | 'outreach';

/** How a column's cells are read and stored. */
export type CellKind = 'text' | 'instant' | 'cents' | 'count' | 'number' | 'flag' | 'choice';

/** What a contract says of a column besides its zod schema. */
export interface CellMeaning {
  readonly kind: CellKind;
  readonly description: string;
}

const meanings = z.registry<CellMeaning>();

/** Days outside of these years are typing errors or placeholders (`1900-01-01`, `9999-12-31`). */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** An id or a name; never empty. */
export const text = (description: string) =>
  z.string().min(1, 'is empty').register(meanings, { kind: 'text', description });

/** An instant in milliseconds since 1970 UTC, from 1970 to 2199. */
export const instant = (description: string) =>
  z
    .int()
    .min(EARLIEST, 'lies before 1970')
    .max(LATEST - 1, 'lies after 2199')
    .register(meanings, { kind: 'instant', description });

/** Money in minor units of the company's currency, a whole number. */
export const cents = (description: string) =>
  z.int('is no whole number of minor units').register(meanings, { kind: 'cents', description });

/** A whole number of at least 0. */
export const count = (description: string) =>
  z.int('is no whole number').min(0, 'is below 0').register(meanings, { kind: 'count', description });

/** A finite number within bounds. */
export const number = (description: string, { min, max }: { min?: number; max?: number } = {}) => {
  let schema = z.number();
  if (min !== undefined) schema = schema.min(min, `is below ${min}`);
  if (max !== undefined) schema = schema.max(max, `is above ${max}`);
  return schema.register(meanings, { kind: 'number', description });
};

/** Yes or no. */
export const flag = (description: string) => z.boolean().register(meanings, { kind: 'flag', description });

/** One of a few words. */
export const choice = <const Words extends readonly [string, ...string[]]>(
  words: Words,
  description: string,
) => z.enum(words).register(meanings, { kind: 'choice', description });

/**
 * What a canonical table promises: one row's schema, what names a row, and when each of its facts became known.
 * Everything that reads tables as of a date is derived from `knownAt` and `later`, see `timeline/as-of`.
 */
export interface Contract {
  readonly table: TableName;
  /** What a row is, in a customer's terms. */
  readonly description: string;
  /** One row; an optional column is nullable, `null` is missing. */
  readonly row: z.ZodObject;
  /** Column that names each row once; `null` for events, which need no name. */
  readonly key: string | null;
  /** The row's instant is the earliest of these that is filled in; its facts are known from then on, or from `recorded_at`. */
  readonly knownAt: readonly string[];
  /** Columns that are filled in later, each with the column that says when; `never` where nothing says when. */
  readonly later: Readonly<Record<string, string>>;
}

/** A column of a contract. */
export interface ContractColumn extends CellMeaning {
  readonly name: string;
  readonly required: boolean;
  /** The schema of a cell that is not missing. */
  readonly cell: z.ZodType;
}

/** The row's moment of arrival; on every table, as late arrival is everywhere. */
export const recordedAt = instant(
  'when the row became known, where that is later than when it happened',
).nullable();

/** The columns of a contract, in order. */
export function contractColumns({ row }: Contract): ContractColumn[] {
  return Object.entries(row.shape).map(([name, schema]) => {
    const cell = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : (schema as z.ZodType);
    const meaning = meanings.get(cell)!;
    return { name, cell, required: !(schema instanceof z.ZodNullable), ...meaning };
  });
}

const SQL_TYPES = {
  text: 'VARCHAR',
  choice: 'VARCHAR',
  instant: 'TIMESTAMP',
  cents: 'BIGINT',
  count: 'BIGINT',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
} as const satisfies Record<CellKind, string>;

/** The type that a column has in the database. */
export function sqlType(kind: CellKind): (typeof SQL_TYPES)[CellKind] {
  return SQL_TYPES[kind];
}

/** Columns that every table has besides its contract's: where the row came from. */
export const ORIGIN_COLUMNS = { source_file: 'VARCHAR', row_number: 'BIGINT' } as const;

/** The statement that makes the contract's table; names are the house's own, so none needs quotes. */
export function createTableSql(contract: Contract): string {
  const own = contractColumns(contract).map(({ name, kind }) => `${name} ${sqlType(kind)}`);
  const origin = Object.entries(ORIGIN_COLUMNS).map(([name, type]) => `${name} ${type}`);
  return `CREATE TABLE ${contract.table} (${[...own, ...origin].join(', ')})`;
}
