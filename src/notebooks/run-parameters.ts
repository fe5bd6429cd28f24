import { ChurnError } from '../errors.js';
import type { Cell } from './notebook.js';

/** Values by name as they were given, for the schema in the notebook to read. */
export type GivenParameters = Readonly<Record<string, string>>;

/** The cell that calls `defineParameters`, and the one that a run puts after it. */
export const PARAMETERS_TAG = 'parameters';
export const INJECTED_TAG = 'injected-parameters';

/**
 * The cells with one after the cell tagged `parameters` that sets the given values; one of an earlier run goes.
 *
 * @throws ChurnError `bad-option` when no cell has the tag
 */
export function injectParameters(cells: readonly Cell[], given: GivenParameters): Cell[] {
  if (Object.keys(given).length === 0) return [...cells];
  const kept = cells.filter((cell) => !hasTag(cell, INJECTED_TAG));
  const position = kept.findIndex((cell) => cell.cell_type === 'code' && hasTag(cell, PARAMETERS_TAG));
  if (position < 0) {
    throw new ChurnError(
      'bad-option',
      `the notebook takes no parameters: no code cell has the tag "${PARAMETERS_TAG}"; found ${Object.keys(given).join(', ')}`,
    );
  }
  return kept.toSpliced(position + 1, 0, {
    cell_type: 'code',
    id: INJECTED_TAG,
    metadata: { tags: [INJECTED_TAG] },
    source: injectedSource(given),
    outputs: [],
    execution_count: null,
  });
}

function hasTag({ metadata }: Cell, tag: string): boolean {
  const { tags } = metadata;
  return Array.isArray(tags) && tags.includes(tag);
}

function injectedSource(given: GivenParameters): string {
  const values = Object.entries(given).map(([name, text]) => `${propertyName(name)}: ${quote(text)}`);
  return [
    "import { overrideParameters } from 'churnlab';",
    `parameters = overrideParameters(parameters, { ${values.join(', ')} });`,
  ].join('\n');
}

const propertyName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));

/** As a literal in single quotes. */
function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}
