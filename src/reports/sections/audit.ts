import { countText } from '../../charts/figure-text.js';
import type { CompanyCard } from '../../training/company-card.js';
import {
  auditHeading,
  auditSentence,
  changeName,
  dataLeakAction,
  dataLeakPlace,
  kindText,
} from '../company-words.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, html } from '../html.js';

/** Whether a fact from after the snapshot could have reached a feature, and the tables that know who left. */
export function auditSection({ audit, dataLeaks }: CompanyCard): Html {
  return html`<h2>No fact from after the snapshot</h2>
${auditVerdict(audit)}
${audit.changed.length === 0 ? '' : html`<p>Features that moved: ${audit.changed.map((feature, index) => html`${index > 0 ? ', ' : ''}<code>${feature}</code>`)}.</p>`}
${audit.changes.length === 0 ? '' : changesTable(audit.changes)}
<h3>Tables that know who left</h3>
${
  dataLeaks.length === 0
    ? html`<p>No table looked as if it had been written or rewritten after accounts left.</p>`
    : html`<p>The test above cannot see what was written into the past; these signs can.</p>${leaksTable(dataLeaks)}`
}`;
}

/** Passed or not, so that nobody overlooks it. */
export function auditVerdict(audit: CompanyCard['audit']): Html {
  return html`<div class="verdict ${audit.passed ? '' : 'warning'}">
<strong>${auditHeading(audit)}</strong>
<p>${auditSentence(audit)}</p>
</div>`;
}

function changesTable(changes: CompanyCard['audit']['changes']): Html {
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const tables = [...new Set(changes.map(({ table }) => table))];
  const rowsOf = (table: string, kind: string) =>
    changes
      .filter((change) => change.table === table && change.kind === kind)
      .reduce((sum, { rows }) => sum + rows, 0);
  return dataTable(
    'Rows dated after the snapshot that were changed, by table and kind of change',
    [{ title: 'Table' }, ...kinds.map((kind) => ({ title: changeName(kind), kind: 'number' as const }))],
    tables.map((table) => ({
      cells: [html`<code>${table}</code>`, ...kinds.map((kind) => countText(rowsOf(table, kind)))],
    })),
  );
}

function leaksTable(leaks: CompanyCard['dataLeaks']): Html {
  return dataTable(
    'Where the outcome got into the tables',
    [{ title: 'Where' }, { title: 'Kind' }, { title: 'Features' }, { title: 'Why' }],
    leaks.map((leak) => ({
      cells: [
        dataText(dataLeakPlace(leak)),
        kindText(leak.kind),
        dataLeakAction(leak),
        dataText(leak.message),
      ],
    })),
  );
}
