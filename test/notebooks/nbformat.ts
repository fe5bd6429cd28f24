import { readFileSync } from 'node:fs';
import { type Schema, Validator } from '@cfworker/json-schema';

// Copied from the Python package nbformat 5.11.1; its licence is beside it.
const schema = new URL('../references/nbformat.v4.5.schema.json', import.meta.url);
const validator = new Validator(JSON.parse(readFileSync(schema, 'utf8')) as Schema, '4', false);

/** What the official schema of notebooks has against a file's text. */
export function nbformatErrors(text: string): string[] {
  const { errors } = validator.validate(JSON.parse(text));
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}
