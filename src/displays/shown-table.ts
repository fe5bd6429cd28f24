import { alignRows, printable } from '../reports/console-text.js';
import { dataText, type Html, html } from '../reports/html.js';

export interface ShownColumn {
  readonly title: string;
  /** `number`: flush right; `text` is cut where it is long, `sentence` is not. */
  readonly kind: 'text' | 'number' | 'sentence';
}

/** A table of finished texts; the first cell names the row. */
export interface ShownTable {
  readonly caption: string | null;
  readonly columns: readonly ShownColumn[];
  readonly rows: readonly (readonly string[])[];
  /** What is said below: how much of the table is shown. */
  readonly footer: string | null;
}

/** Longer texts are cut: a line of text has less room than a cell of HTML, which breaks and has the whole in a title. */
const LONGEST_CELL = 80;
const LONGEST_HTML_CELL = 240;
const LONGEST_TITLE = 1000;
/** Shorter texts, such as dates, stay on one line. */
const LONGEST_UNBROKEN = 24;

/**
 * Alignment stands in every cell twice: GitHub takes styles away, and JupyterLab sets cells without one flush right.
 */
export function tableHtml({ caption, columns, rows, footer }: ShownTable): Html {
  return html`<table>
${caption === null ? '' : html`<caption ${align('left', 'caption-side:top;font-weight:600')}>${safeText(caption)}</caption>\n`}<thead>
<tr>${columns.map(({ title, kind }) => html`<th scope="col" ${alignOf(kind, title)}>${cellHtml(title, 'text')}</th>`)}</tr>
</thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td ${alignOf(columns[i]!.kind, cell)}>${cellHtml(cell, columns[i]!.kind)}</td>`)}</tr>\n`)}</tbody>${
    footer === null
      ? ''
      : html`\n<tfoot>\n<tr><td colspan="${columns.length}" ${align('left')}>${footer}</td></tr>\n</tfoot>`
  }
</table>`;
}

/** The table in columns that line up, for where only text can be shown. */
export function tableText({ caption, columns, rows, footer }: ShownTable): string {
  const left = columns.flatMap(({ kind }, i) => (kind === 'number' ? [] : [i]));
  const cells = rows.map((row) => row.map((cell, i) => (columns[i]!.kind === 'text' ? cut(cell) : cell)));
  const lines = alignRows([columns.map(({ title }) => cut(title)), ...cells], left);
  return [
    ...(caption === null ? [] : [printable(caption)]),
    ...lines,
    ...(footer === null ? [] : [footer]),
  ].join('\n');
}

/** Short texts and figures stay on one line. */
function alignOf(kind: ShownColumn['kind'], cell: string): Html {
  return align(
    kind === 'number' ? 'right' : 'left',
    cell.length <= LONGEST_UNBROKEN ? 'white-space:nowrap' : '',
  );
}

function align(side: 'left' | 'right', more = ''): Html {
  return html`align="${side}" style="text-align:${side}${more === '' ? '' : `;${more}`}"`;
}

function cellHtml(cell: string, kind: ShownColumn['kind']): Html {
  if (kind === 'number') return html`${wholeBrackets(cell)}`;
  const short = kind === 'text' ? cut(cell, LONGEST_HTML_CELL) : cell;
  if (short === cell) return safeText(cell);
  return html`<span title="${printable([...cell].slice(0, LONGEST_TITLE).join(''))}">${safeText(short)}</span>`;
}

/** A long figure may break before its interval, not inside. */
const wholeBrackets = (cell: string): string =>
  cell.replace(/\([^()]*\)/g, (interval) => interval.replaceAll(' ', '\u00a0'));

const safeText = (text: string): Html => dataText(printable(text));

/** By code points; a letter made of several may lose its last parts. */
function cut(cell: string, longest = LONGEST_CELL): string {
  if (cell.length <= longest) return cell;
  const letters = [...cell.slice(0, 2 * longest + 2)];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : cell;
}
