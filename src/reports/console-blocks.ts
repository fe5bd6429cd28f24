import { countText } from '../charts/figure-text.js';
import { type Ink, wrapText } from './console-text.js';

/** Most notes and columns that the console lists; files hold them all. */
export const MOST_LINES = 40;

/** A title and a line for each item, cut short after the first {@link MOST_LINES}; `null` without items. */
export function listBlock(title: string, lines: readonly string[], ink: Ink, width: number): string | null {
  if (lines.length === 0) return null;
  const rest = lines.length - MOST_LINES;
  return [
    ink.bold(title),
    ...lines.slice(0, MOST_LINES).map((line) => `- ${wrapText(line, width, '  ')}`),
    ...(rest > 0 ? [`  and ${countText(rest)} more`] : []),
  ].join('\n');
}

/** Blocks with a blank line between them; no-break spaces have done their work and become plain ones. */
export function joinBlocks(blocks: readonly (string | null)[]): string {
  return blocks
    .filter((block) => block !== null)
    .join('\n\n')
    .replaceAll('\u00a0', ' ');
}
