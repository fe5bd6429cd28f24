import { countText } from '../charts/figure-text.js';
import type { Doubt, Intake } from '../workspace/intake.js';
import { dataTable } from './data-table.js';
import { dataText, type Html, html } from './html.js';
import {
  doubtAction,
  fileName,
  type IntakeInput,
  intakeSentence,
  intakeVerdict,
  observedSentence,
  rejectsTitle,
} from './intake-words.js';
import { renderPage } from './page.js';

/** Most rejects shown; `rejects.csv` holds them all. */
const MOST_REJECTS = 50;

/**
 * The report on a workspace's tables: what was read, what was rejected, what cannot all be true. One HTML file that
 * opens without a network, in the look of the other reports.
 *
 * @example
 * await writeTextAtomically('intake.html', await intakeReport({ name: company.settings.name, intake }));
 */
export async function intakeReport({ name, intake }: IntakeInput): Promise<string> {
  const { doubts, rejects, rejectCount, notes } = intake;
  const isClean = doubts.length === 0 && rejectCount === 0;
  const body = html`<main>
<header><h1>The tables of ${dataText(name)}</h1>
<p class="lead">${intakeSentence(intake)} ${observedSentence(intake)}</p></header>
<section class="verdict" aria-label="Verdict">
<strong>${isClean ? 'Nothing stands out' : 'Before you train'}</strong><p>${intakeVerdict(intake)}</p></section>
<section><h2>Tables</h2>${tablesTable(intake)}</section>
${doubts.length > 0 ? doubtsSection(doubts) : ''}
${rejects.length > 0 ? rejectsSection(intake) : ''}
${notes.length > 0 ? html`<section><h2>Remarks</h2><ul>${notes.map(({ message }) => html`<li>${dataText(message)}</li>\n`)}</ul></section>` : ''}
<section><h2>Files</h2>${filesTable(intake)}</section>
</main>
<footer>Made by churnlab. This page holds all its data and loads nothing.</footer>`;
  return renderPage({ title: `Tables: ${name}`, body });
}

function tablesTable({ tables }: Intake): Html {
  return dataTable(
    'Rows read = kept + rejected + left to other tables + dropped',
    [
      { title: 'Table' },
      { title: 'Read', kind: 'number' },
      { title: 'Kept', kind: 'number' },
      { title: 'Rejected', kind: 'number' },
      { title: 'Left to others', kind: 'number' },
      { title: 'Dropped', kind: 'number' },
      { title: 'In doubt', kind: 'number' },
    ],
    tables.map(({ table, read, kept, rejected, skipped, dropped, doubted }) => ({
      cells: [table, ...[read, kept, rejected, skipped, dropped, doubted].map(countText)],
    })),
  );
}

function doubtsSection(doubts: readonly Doubt[]): Html {
  return html`<section><h2>In doubt</h2>
<p>These rows break no contract, but they cannot all be true.</p>
${dataTable(
  'Each with up to five examples',
  [{ title: 'Table' }, { title: 'Rows', kind: 'number' }, { title: 'Done' }, { title: 'What' }],
  doubts.map((doubt) => ({
    cells: [
      doubt.table,
      countText(doubt.count),
      doubtAction(doubt),
      html`<p><strong>${doubt.title}</strong></p><p>${doubt.explanation}</p><ul>${doubt.examples.map(
        ({ file, rowNumber, text }) =>
          html`<li>${dataText(text)} <small>${dataText(fileName(file))}, row ${countText(rowNumber)}</small></li>\n`,
      )}</ul>`,
    ],
  })),
)}</section>`;
}

function rejectsSection(intake: Intake): Html {
  const { rejects, rejectCount: count } = intake;
  const caption =
    count > MOST_REJECTS
      ? `The first ${MOST_REJECTS} of ${countText(count)}; rejects.csv lists more`
      : 'Rows that are in no table';
  return html`<section><h2>${rejectsTitle(intake)}</h2>${dataTable(
    caption,
    [
      { title: 'File' },
      { title: 'Table' },
      { title: 'Row', kind: 'number' },
      { title: 'Column' },
      { title: 'Value' },
      { title: 'Reason' },
    ],
    rejects.slice(0, MOST_REJECTS).map(({ file, table, rowNumber, column, value, reason }) => ({
      cells: [
        dataText(fileName(file)),
        table,
        countText(rowNumber),
        dataText(column ?? 'whole row'),
        dataText(value ?? ''),
        dataText(reason),
      ],
    })),
  )}</section>`;
}

function filesTable({ files, sideFiles }: Intake): Html {
  const beside = sideFiles.map((file) => ({ ...file, table: 'beside the tables' }));
  return dataTable(
    'What was read, and the SHA-256 of its bytes',
    [{ title: 'File' }, { title: 'Table' }, { title: 'Rows', kind: 'number' }, { title: 'SHA-256' }],
    [...files, ...beside].map(({ file, table, read, sha256 }) => ({
      cells: [dataText(file), table, countText(read), html`<code>${sha256}</code>`],
    })),
  );
}
