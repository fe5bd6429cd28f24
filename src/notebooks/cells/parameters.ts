import type { z } from 'zod';
import { ChurnError } from '../../errors.js';

/** What `defineParameters` makes of schemas: a plain frozen object, typed by them. */
export type NotebookParameters<Shape extends Readonly<Record<string, z.ZodType>>> = {
  readonly [Name in keyof Shape]: z.output<Shape[Name]>;
};

type Shape = Readonly<Record<string, z.ZodType>>;

/** The schemas of every object of parameters: the objects stay plain, so that cells can spread and print them. */
const shapes = new WeakMap<object, Shape>();

/**
 * The parameters of a notebook with their defaults. The cell that calls it carries the tag `parameters`; a run
 * with other values adds a cell after it that calls {@link overrideParameters}.
 *
 * @param shape a zod schema with a default for each; `.describe()` says what it means
 * @throws ChurnError `bad-option` when one has no default
 *
 * @example
 * import { z } from 'zod';
 *
 * let parameters = defineParameters({
 *   accounts: z.int().min(100).default(800).describe('size of the simulated company'),
 *   input: z.string().default('').describe('a folder of dated tables; empty: simulate'),
 * });
 * parameters.accounts; // 800
 */
export function defineParameters<Given extends Shape>(shape: Given): NotebookParameters<Given> {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const { success, data } = schema.safeParse(undefined);
    if (!success || data === undefined) {
      throw new ChurnError(
        'bad-option',
        `defineParameters: ${name} needs a default that fits its schema, as in z.int().default(5)`,
      );
    }
    values[name] = data;
  }
  return remember(shape, values) as NotebookParameters<Given>;
}

/**
 * The same parameters with other values, given as text, as on a command line. The schema decides what a text
 * means: itself where it fits, else what it says in JSON, so `500` is a number where one is needed, and `null`
 * is no value wherever none is allowed.
 *
 * @throws ChurnError `bad-option` for a name that is not known or a value that does not fit; the message lists
 * the parameters
 *
 * @example
 * import { z } from 'zod';
 *
 * let parameters = defineParameters({ accounts: z.int().min(100).default(800) });
 * parameters = overrideParameters(parameters, { accounts: '500' });
 * parameters.accounts; // 500
 */
export function overrideParameters<Known extends Readonly<Record<string, unknown>>>(
  parameters: Known,
  given: Readonly<Record<string, string>>,
): Known {
  const shape = shapes.get(parameters);
  if (!shape) {
    throw new ChurnError('bad-option', 'overrideParameters needs what defineParameters returned');
  }
  const values: Record<string, unknown> = { ...parameters };
  for (const [name, text] of Object.entries(given)) {
    if (!Object.hasOwn(shape, name)) {
      throw new ChurnError(
        'bad-option',
        `there is no parameter ${name}; the notebook knows:\n${listParameters(shape)}`,
      );
    }
    values[name] = parseValue(name, text, shape);
  }
  return remember(shape, values) as Known;
}

function remember(shape: Shape, values: Record<string, unknown>): object {
  const parameters = Object.freeze(values);
  shapes.set(parameters, shape);
  return parameters;
}

function parseValue(name: string, text: string, shape: Shape): unknown {
  const meant = jsonOf(text);
  const readings = meant === null ? [null, text] : [text, ...(meant === undefined ? [] : [meant])];
  const parsed = readings.map((reading) => shape[name]!.safeParse(reading));
  const fitting = parsed.find(({ success }) => success);
  if (fitting) return fitting.data;
  const complaint = parsed.at(-1)!.error!.issues.map(({ message }) => message);
  throw new ChurnError(
    'bad-option',
    `parameter ${name} cannot be "${text}": ${complaint.join('; ')}; the notebook knows:\n${listParameters(shape)}`,
  );
}

/** `undefined` for a text that is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listParameters(shape: Shape): string {
  const lines = Object.entries(shape).map(([name, schema]) => {
    const meaning = descriptionOf(schema);
    return `  ${name} (${JSON.stringify(schema.parse(undefined))})${meaning === undefined ? '' : `: ${meaning}`}`;
  });
  return lines.join('\n');
}

/** A description may have been given before the default was. */
function descriptionOf(schema: z.ZodType): string | undefined {
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return schema.description ?? (innerType && descriptionOf(innerType));
}
