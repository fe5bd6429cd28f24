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

/** A table with a caption that scrolls inside its own box where the page is narrow; a row's first cell is its header. */
export function dataTable(
  caption: HtmlPart,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
): Html {
  const kindOf = (index: number) => columns[index]?.kind ?? 'text';
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${captionText(caption)}"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map(({ title }, index) => html`<th scope="col" class="${kindOf(index)}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ cells, marked }) => html`<tr class="${marked ? 'marked' : ''}">${cells.map((cell, index) =>
      index === 0
        ? html`<th scope="row" class="${kindOf(index)}">${cell}</th>`
        : html`<td class="${kindOf(index)}">${cell}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;
}

function captionText(caption: HtmlPart): string {
  return typeof caption === 'string' ? caption : 'Table';
}
