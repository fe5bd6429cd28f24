import { printable } from './console-text.js';

/** A table of Markdown; cells are markup already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A list of Markdown, or "None." without lines. */
export function bullets(lines: readonly string[]): string {
  return lines.length === 0 ? 'None.' : lines.map((line) => `- ${line}`).join('\n');
}

/** Text from data that Markdown shows as it stands: no markup, links, tables or HTML. */
export function plain(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>|#~&!]/g, '\\$&');
}
