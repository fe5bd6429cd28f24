import { type Html, type HtmlPart, html } from './html.js';

export interface TableColumn {
  readonly title: string;
  /** `number` sets figures flush right in digits of one width. */
  readonly kind?: 'text' | 'number';
}

export interface TableRow {
  readonly cells: readonly HtmlPart[];
  /** Brings the row out. */
  readonly marked?: boolean;
}

/**
 * A table with a caption; a row's first cell is its header. Where the page is narrow, a table of figures scrolls
 * inside its own box; one that ends in a column of text stacks each row's cells instead.
 */
export function dataTable(caption: string, columns: readonly TableColumn[], rows: readonly TableRow[]): Html {
  const last = columns.at(-1)?.kind ?? 'text';
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="${last === 'text' ? 'stacked' : ''}">
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map(({ title, kind = 'text' }) => html`<th scope="col" class="${kind}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ cells, marked }) =>
      html`<tr class="${marked ? 'marked' : ''}">${cells.map((cell, index) => tableCell(cell, columns[index]!, index === 0))}</tr>\n`,
  )}</tbody></table></div>`;
}

function tableCell(cell: HtmlPart, { title, kind = 'text' }: TableColumn, isHeader: boolean): Html {
  return isHeader
    ? html`<th scope="row" class="${kind}">${cell}</th>`
    : html`<td class="${kind}" data-title="${title}">${cell}</td>`;
}
