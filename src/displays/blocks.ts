import { joinBlocks } from '../reports/console-blocks.js';
import { printable, wrapText } from '../reports/console-text.js';
import { dataText, type Html, html } from '../reports/html.js';
import type { MimeBundle } from './mime-bundle.js';
import { type ShownTable, tableHtml, tableText } from './shown-table.js';

/** A part of what a cell shows. Texts may come from data: they are escaped, and cannot turn the direction of others. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly table: ShownTable };

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'text', text });
export const tableBlock = (table: ShownTable): Block => ({ kind: 'table', table });

/** A titled list; nothing without lines. */
export const listBlocks = (title: string, lines: readonly string[]): Block[] =>
  lines.length === 0 ? [] : [{ kind: 'list', title, lines }];

/** Columns of a terminal that sentences are broken to. */
const TEXT_WIDTH = 100;
/** Lines of a list; results hold them all. */
const MOST_LINES = 20;

/** Blocks below each other, as HTML and as text. */
export function blocksBundle(blocks: readonly Block[]): MimeBundle {
  return {
    data: {
      'text/html': html`<div>\n${blocks.map(blockHtml)}</div>`.text,
      'text/plain': joinBlocks(blocks.map(blockText)),
    },
    metadata: {},
  };
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return html`<p><strong>${shownText(block.text)}</strong></p>\n`;
    case 'text':
      return html`<p>${shownText(block.text)}</p>\n`;
    case 'list':
      return html`<p><strong>${block.title}</strong></p>\n<ul>\n${shortened(block.lines).map((line) => html`<li>${shownText(line)}</li>\n`)}</ul>\n`;
    case 'table':
      return html`${tableHtml(block.table)}\n`;
  }
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return wrapText(block.text, TEXT_WIDTH);
    case 'list':
      return [
        block.title,
        ...shortened(block.lines).map((line) => `- ${wrapText(line, TEXT_WIDTH, '  ')}`),
      ].join('\n');
    case 'table':
      return tableText(block.table);
  }
}

function shortened(lines: readonly string[]): string[] {
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `and ${rest} more`] : [...lines];
}

const shownText = (text: string): Html => dataText(printable(text));
