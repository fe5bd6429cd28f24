import type { Note } from '../tables/raw-table.js';
import { dataText, type Html, html } from './html.js';

/** What is in doubt, one line each, under the column's name where the sentence does not say it itself. */
export function noteList(notes: readonly (Omit<Note, 'column'> & { column?: string | undefined })[]): Html {
  return html`<ul>${notes.map(({ column, message }) => {
    const named = column === undefined || message.includes(column);
    return html`<li>${named ? '' : html`<strong>${dataText(column)}:</strong> `}${dataText(message)}</li>\n`;
  })}</ul>`;
}
