import { decimalText } from '../../charts/figure-text.js';
import type { Card } from '../../training/card.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, html } from '../html.js';
import { noteList } from '../note-list.js';
import { leakAction, leakSigns } from '../training-words.js';

/** What may be wrong with the data or the fit, and the columns that look like the answer in disguise. */
export function doubtsSection({ notes, leaks }: Card): Html {
  return html`<h2>What to doubt</h2>
<h3>The answer in disguise</h3>
${leaks.length === 0 ? html`<p>No column looked like the outcome itself.</p>` : leaksTable(leaks)}
<h3>Doubts about the data and the fit</h3>
${notes.length === 0 ? html`<p>None.</p>` : noteList(notes)}`;
}

function leaksTable(leaks: Card['leaks']): Html {
  return dataTable(
    'Columns that know too much: facts from after the outcome, or the outcome under another name',
    [
      { title: 'Column' },
      { title: 'What was done' },
      { title: 'AUC alone', kind: 'number' },
      { title: 'Why' },
    ],
    leaks.map((leak) => ({
      cells: [
        dataText(leak.column),
        html`<span class="tag ${leak.action === 'allowed' ? 'doubt' : ''}">${leakAction(leak)}</span>`,
        decimalText(leak.auc),
        html`<p>${dataText(leak.message)}</p><small>It ${leakSigns(leak)}.</small>`,
      ],
    })),
  );
}
