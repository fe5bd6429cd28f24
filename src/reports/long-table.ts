import { countText } from '../charts/figure-text.js';
import { dataTable, type TableColumn, type TableRow } from './data-table.js';
import { type Html, html } from './html.js';

/** Rows that are shown without asking, and folded ones at most. */
const SHOWN = 12;
const FOLDED = 200;

/** A table of many rows: the first ones, the next ones folded, and how many a file alone holds. */
export function longTable(caption: string, columns: readonly TableColumn[], rows: readonly TableRow[]): Html {
  const folded = rows.slice(SHOWN, SHOWN + FOLDED);
  const left = rows.length - SHOWN - folded.length;
  return html`${dataTable(caption, columns, rows.slice(0, SHOWN))}
${folded.length === 0 ? '' : html`<details><summary>${countText(folded.length)} more</summary>${dataTable(`${caption}, continued`, columns, folded)}</details>`}
${left > 0 ? html`<p>Another ${countText(left)} are in the file alone.</p>` : ''}`;
}
