import type { z } from 'zod';
import { nearestName } from '../cleaning/nearest-name.js';
import { ChurnError } from '../errors.js';
import {
  type Assumption,
  type AssumptionKey,
  type Assumptions,
  type AssumptionUnit,
  assumptionKeys,
  assumptionSchema,
} from './assumptions.js';
import { DEFAULT_ASSUMPTIONS } from './default-assumptions.js';

/** Bounds of each unit, ends included. */
const LIMITS: Record<AssumptionUnit, { least: number; most: number; words: string }> = {
  share: { least: 0, most: 1, words: 'a share in [0, 1]' },
  'yearly rate': { least: 1e-4, most: 10, words: 'a yearly rate from 0.0001 to 10 (0.12 is 12 %)' },
  times: { least: 0, most: Number.MAX_VALUE, words: 'a finite number from 0' },
  gain: { least: -1, most: Number.MAX_VALUE, words: 'a finite gain from -1 (0.5 is 50 % more)' },
  cents: { least: 0, most: Number.MAX_VALUE, words: 'a finite amount from 0 in cents' },
};

/** A range as a user may write it: what is left out of `low` and `high` is `value`, known exactly. */
const givenSchema = assumptionSchema.partial().required({ value: true });

/**
 * The defaults with the user's own entries in their place. An entry is a number (known exactly) or an object with
 * `value` and, where they are to differ from it, `low` and `high`; `source`, `unit` and `note` may be added.
 *
 * @param overrides A JSON object from names of assumptions to entries; absent names keep their defaults.
 * @param place What the overrides are called in messages: the file they were read from.
 * @throws ChurnError `bad-option` naming the entry, with the nearest existing name when it is unknown
 *
 * @example
 * const saveRate = { value: 0.2, low: 0.1, high: 0.3, source: 'trial of May' };
 * settleAssumptions({ grossMargin: 0.82, saveRate }).saveRate.high; // 0.3
 */
export function settleAssumptions(overrides: unknown = {}, place = 'assumptions'): Assumptions {
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
    throw new ChurnError(
      'bad-option',
      `${place}: must be a JSON object like {"grossMargin": 0.8}, found ${kindOf(overrides)}`,
    );
  }
  const entries = Object.entries(overrides).map(([name, entry]) => {
    const key = knownKey(name, place);
    return [key, settleEntry(key, entry, place)] as const;
  });
  return { ...DEFAULT_ASSUMPTIONS, ...Object.fromEntries(entries) };
}

/**
 * Assumptions from the text of a JSON file.
 *
 * @throws ChurnError `bad-file` when it is not JSON, else as `settleAssumptions`
 * @example
 * parseAssumptions('{ "grossMargin": 0.82 }', 'assumptions.json').grossMargin.value; // 0.82
 */
export function parseAssumptions(text: string, file: string): Assumptions {
  let overrides: unknown;
  try {
    overrides = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ChurnError('bad-file', `${file}: not JSON (${(error as Error).message})`, { file });
  }
  return settleAssumptions(overrides, file);
}

function knownKey(name: string, place: string): AssumptionKey {
  const key = assumptionKeys.find((known) => known === name);
  if (key !== undefined) return key;
  const nearest = nearestName(name, assumptionKeys);
  const hint = nearest === null ? `known are ${assumptionKeys.join(', ')}` : `did you mean "${nearest}"?`;
  throw new ChurnError('bad-option', `${place}: there is no assumption "${name}"; ${hint}`, {
    name,
    nearest,
  });
}

function settleEntry(key: AssumptionKey, given: unknown, place: string): Assumption {
  const read = givenSchema.safeParse(typeof given === 'number' ? { value: given } : given);
  if (!read.success) throw badEntry(key, place, issueWords(read.error.issues[0]!, given));
  const { value, low = value, high = value, unit, source = `given in ${place}`, note } = read.data;
  const standard = DEFAULT_ASSUMPTIONS[key];
  if (unit !== undefined && unit !== standard.unit) {
    throw badEntry(key, place, `unit must be "${standard.unit}", found "${unit}"`);
  }
  const { least, most, words } = LIMITS[standard.unit];
  for (const [field, number] of Object.entries({ value, low, high })) {
    if (!(number >= least && number <= most))
      throw badEntry(key, place, `${field} must be ${words}, found ${number}`);
  }
  if (!(low <= value && value <= high)) {
    throw badEntry(key, place, `needs low ≤ value ≤ high, found ${low}, ${value}, ${high}`);
  }
  return { value, low, high, unit: standard.unit, source, note: note ?? standard.note };
}

/** Zod's first finding in words that name the field and, for an unknown field, the nearest that exists. */
function issueWords(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0]!;
    const fields = Object.keys(assumptionSchema.shape);
    const nearest = nearestName(name, fields);
    return `has no field "${name}"; ${nearest === null ? `known are ${fields.join(', ')}` : `did you mean "${nearest}"?`}`;
  }
  const field = issue.path[0];
  if (field === undefined) return `must be a number or an object with "value", found ${kindOf(given)}`;
  const found = (given as Record<string, unknown>)[String(field)];
  return `${String(field)} ${found === undefined ? 'is missing' : `cannot be ${JSON.stringify(found)}`} (${issue.message})`;
}

function badEntry(key: AssumptionKey, place: string, words: string): ChurnError {
  return new ChurnError('bad-option', `${place}: assumption "${key}" ${words}`, { name: key });
}

function kindOf(given: unknown): string {
  if (given === null) return 'null';
  return Array.isArray(given) ? 'a list' : `a ${typeof given}`;
}
