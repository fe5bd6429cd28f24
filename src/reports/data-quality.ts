import { classBalanceChart } from '../charts/class-balance.js';
import { countText, decimalText, percentText } from '../charts/figure-text.js';
import { missingChart } from '../charts/missing.js';
import type { ColumnProfile } from '../profiling/column-profile.js';
import type { LeakageSuspicion } from '../profiling/leakage.js';
import type { TableProfile } from '../profiling/table-profile.js';
import type { Reject } from '../tables/raw-table.js';
import { chartFigure } from './chart-figure.js';
import { dataTable } from './data-table.js';
import { dataText, type Html, html } from './html.js';
import { noteList } from './note-list.js';
import { renderPage } from './page.js';
import { type CheckedTable, checkVerdict, columnContent, columnType, readSentence } from './profile-words.js';
import { leakSigns } from './training-words.js';

/** Most rejects shown; the rest are in `rejects.csv`. */
const MOST_REJECTS = 50;

/**
 * The report of `check`: what a table holds and what to doubt about it, before anything is learned.
 * One HTML file that opens without a network, in the look of the training report.
 *
 * @example
 * const checked = checkTable(
 *   { ...(await readTable('customers.csv')), file: 'customers.csv' },
 *   { target: 'churned' },
 * );
 * await writeTextAtomically('quality.html', await dataQualityReport(checked));
 */
export async function dataQualityReport(checked: CheckedTable): Promise<string> {
  const { file = 'this table', profile, leaks = [], rejects = [] } = checked;
  const clean = leaks.length === 0 && rejects.length === 0 && profile.notes.length === 0;
  const body = html`<main>
<header><h1>What is in ${dataText(file)}</h1>
<p class="lead">${readSentence(checked) ?? ''}</p></header>
<section class="verdict ${leaks.length > 0 ? 'warning' : ''}" aria-label="Verdict">
<strong>${clean ? 'Nothing stands out' : 'Before you train'}</strong><p>${checkVerdict(checked)}</p></section>
${tableFigures(profile)}
${leaks.length > 0 ? leaksSection(leaks) : ''}
${profile.notes.length > 0 ? html`<section><h2>Remarks</h2>${noteList(profile.notes)}</section>` : ''}
${rejects.length > 0 ? rejectsSection(rejects) : ''}
<section><h2>Outcomes and gaps</h2>${await pictures(profile)}</section>
<section><h2>Columns</h2>${columnsTable(profile.columns)}</section>
</main>
<footer>Made by churnlab. This page holds all its data and loads nothing.</footer>`;
  return renderPage({ title: `Data check: ${file}`, body });
}

function tableFigures({ rows, columns, duplicates, target }: TableProfile): Html {
  const figures = [
    [countText(rows), 'rows'],
    [countText(columns.length), 'columns'],
    [countText(duplicates.rows), 'rows that repeat an earlier one exactly'],
    ...(target
      ? [
          [
            percentText(target.churnRate),
            `left, of ${countText(target.churned + target.stayed)} rows with a known outcome`,
          ],
        ]
      : []),
  ] as const;
  return html`<ul class="headline">${figures.map(
    ([figure, words]) => html`<li><strong>${figure!}</strong><span>${words!}</span></li>\n`,
  )}</ul>`;
}

function leaksSection(leaks: readonly LeakageSuspicion[]): Html {
  return html`<section><h2>The answer in disguise?</h2>
<p>Training leaves these columns out unless you allow them by name.</p>
${dataTable(
  'Columns that seem to know the outcome',
  [{ title: 'Column' }, { title: 'AUC alone', kind: 'number' }, { title: 'Why' }],
  leaks.map((leak) => ({
    cells: [
      dataText(leak.column),
      decimalText(leak.auc),
      html`<p>${dataText(leak.message)}</p><small>It ${leakSigns(leak)}.</small>`,
    ],
  })),
)}</section>`;
}

function rejectsSection(rejects: readonly Reject[]): Html {
  const caption =
    rejects.length > MOST_REJECTS
      ? `The first ${MOST_REJECTS} of ${countText(rejects.length)}; all are in rejects.csv`
      : 'Cells and rows that could not be read';
  return html`<section><h2>Rejected</h2>${dataTable(
    caption,
    [{ title: 'Row', kind: 'number' }, { title: 'Column' }, { title: 'Value' }, { title: 'Reason' }],
    rejects.slice(0, MOST_REJECTS).map(({ rowNumber, column, value, reason }) => ({
      cells: [countText(rowNumber), dataText(column ?? 'whole row'), dataText(value ?? ''), dataText(reason)],
    })),
  )}</section>`;
}

async function pictures({ target, columns }: TableProfile): Promise<Html> {
  const gaps = missingChart(columns);
  return html`${target ? await chartFigure(classBalanceChart(target)) : ''}
${gaps ? await chartFigure(gaps) : html`<p>No cell is missing.</p>`}`;
}

function columnsTable(columns: readonly ColumnProfile[]): Html {
  return dataTable(
    'Every column as it would be read',
    [
      { title: 'Column' },
      { title: 'Type' },
      { title: 'Missing', kind: 'number' },
      { title: 'Unreadable', kind: 'number' },
      { title: 'Distinct', kind: 'number' },
      { title: 'Content' },
    ],
    columns.map((column) => ({
      cells: [
        dataText(column.name),
        columnType(column),
        column.missing === 0 ? '0' : `${countText(column.missing)} (${percentText(column.missingShare)})`,
        countText(column.unreadable),
        countText(column.distinct),
        dataText(columnContent(column)),
      ],
    })),
  );
}
