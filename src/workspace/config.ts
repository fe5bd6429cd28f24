import { z } from 'zod';
import { nearestName } from '../cleaning/nearest-name.js';
import { ChurnError } from '../errors.js';
import { tablesSchema } from './mapping.js';
import { timeZone } from './time-zone.js';

const currency = z.string().regex(/^[A-Z]{3}$/u, 'needed: an ISO 4217 code such as EUR');
const days = z.int().min(0);
const share = z.number().min(0);

const churnRulesSchema = z
  .strictObject({
    by: z.enum(['subscription', 'inactivity']),
    graceDays: days,
    inactiveDays: days.min(1),
    activity: z.array(z.enum(['usage_events', 'invoices'])).min(1),
    downgradeShare: share.max(1).nullable(),
    kinds: z.enum(['all', 'voluntary']),
  })
  .partial();

const stageRulesSchema = z
  .strictObject({
    landDays: days,
    adoptActiveDays: days,
    renewWithinDays: days,
    expandGrowth: share,
    expandLookbackDays: days.min(1),
  })
  .partial();

/** What `churnlab.config.ts` says: the company's units and rules, and which files fill which canonical table. */
export const workspaceConfigSchema = z.strictObject({
  /** For titles; default: the folder's name. */
  name: z.string().min(1).optional(),
  /** Every amount is counted in its minor unit. */
  currency: currency.default('EUR'),
  /** What one unit of another currency is worth in the company's: `{ USD: 0.92 }`. */
  rates: z.record(currency, z.number().positive()).default({}),
  /** Where the clock stood that wrote times without a zone. */
  timeZone: timeZone.default('UTC'),
  /** First day (UTC) that is not observed any more; default: the day after the last event. */
  observedUntil: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/u, 'needed: a date as YYYY-MM-DD')
    .optional(),
  churn: churnRulesSchema.default({}),
  stages: stageRulesSchema.default({}),
  /** Without it, every file of the folder that has a canonical table's name is read. */
  tables: tablesSchema.optional(),
  /** A list of leavings that `churnFlag` of accounts is held against; without it, the subscriptions are. */
  churnEvents: z
    .strictObject({
      file: z.string().min(1),
      sheet: z.string().optional(),
      /** The file's column that names the account. */
      account_id: z.string().min(1),
      /** The file's column that says when; accounts are then closed at the first of their leavings. */
      closed_at: z.string().min(1).optional(),
    })
    .optional(),
});

/** A configuration as it is written. */
export type WorkspaceInput = z.input<typeof workspaceConfigSchema>;
/** A configuration with its defaults filled in. */
export type WorkspaceConfig = z.output<typeof workspaceConfigSchema>;

/**
 * Types a workspace's configuration; it is the default export of `churnlab.config.ts`.
 *
 * @example
 * export default defineWorkspace({
 *   currency: 'USD',
 *   timeZone: 'America/New_York',
 *   tables: {
 *     accounts: { file: 'customers.csv', columns: { account_id: 'Customer ID', created_at: 'Signed up' } },
 *   },
 * });
 */
export function defineWorkspace(config: WorkspaceInput): WorkspaceInput {
  return config;
}

/**
 * Checks a configuration and fills in its defaults.
 *
 * @param file the configuration's file, for messages
 * @throws ChurnError `bad-option` naming every key at fault
 */
export function parseConfig(config: unknown, file: string): WorkspaceConfig {
  const parsed = workspaceConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => describeIssue(issue, [], config));
  throw new ChurnError('bad-option', `${file}: ${faults.join('; ')}`, { file });
}

type Issue = z.core.$ZodIssue;

/** One sentence per fault; of a union's branches, the one that got furthest into the value. */
function describeIssue(issue: Issue, above: readonly PropertyKey[], config: unknown): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (branch: readonly Issue[]) =>
      Math.max(...branch.map(({ code, path: at }) => at.length + (code === 'unrecognized_keys' ? 1 : 0)));
    const best = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0]!;
    if (depth(best) > 0) return best.flatMap((inner) => describeIssue(inner, path, config));
  }
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], config);
  return [`${pathText(path)}: ${issue.message}, found ${JSON.stringify(found) ?? 'nothing'}`];
}

function unknownKey(path: readonly PropertyKey[], key: string): string {
  const nearest = nearestName(key, keysAt(path));
  return `${pathText([...path, key])} is no option${nearest === null ? '' : `; nearest: "${nearest}"`}`;
}

/** The keys that the schema has at a place. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let places: z.core.$ZodType[] = [workspaceConfigSchema];
  for (const key of path) places = places.flatMap(unwrap).flatMap((schema) => childOf(schema, key));
  return places
    .flatMap(unwrap)
    .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodUnion ? schema.options.flatMap((option) => unwrap(option)) : [schema];
}

function childOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) return key in schema.shape ? [schema.shape[String(key)]!] : [];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  return schema instanceof z.ZodArray && typeof key === 'number' ? [schema.element] : [];
}

function pathText(path: readonly PropertyKey[]): string {
  return (
    path
      .map((key, index) =>
        typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`,
      )
      .join('') || 'the configuration'
  );
}
