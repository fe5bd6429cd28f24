import { type Ink, makeInk, printable } from '../../reports/console-text.js';
import type { CellDifference, NotebookDifferences } from './notebooks.js';
import type { SourceLine } from './source.js';

/**
 * The differences between two notebooks for a terminal: below each cell that differs the lines of its source that do,
 * as in a unified diff, and what it shows by meaning.
 *
 * @example
 * const differences = compareNotebooks(await readNotebook('earlier.ipynb'), await readNotebook('churn.ipynb'));
 * console.log(differencesText(differences));
 */
export function differencesText(
  { cells }: NotebookDifferences,
  { colour = false }: { readonly colour?: boolean } = {},
): string {
  const ink = makeInk(colour);
  return cells.map((cell) => cellText(cell, ink)).join('\n\n');
}

function cellText({ place, change, title, source, outputs }: CellDifference, ink: Ink): string {
  return [
    ink.bold(`${place} ${change}: ${title}`),
    ...source.map((line) => `  ${sourceText(line, ink)}`),
    ...outputs.map(({ message }) => `  ${ink.warn('≠')} ${message}`),
  ].join('\n');
}

function sourceText({ sign, text }: SourceLine, ink: Ink): string {
  const line = `${sign} ${printable(text)}`.trimEnd();
  if (sign === ' ') return ink.dim(line);
  return sign === '+' ? ink.good(line) : line;
}
