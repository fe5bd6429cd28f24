import { countText } from '../../charts/figure-text.js';
import {
  doubtAction,
  fileName,
  intakeSentence,
  intakeVerdict,
  observedSentence,
  rejectsTitle,
} from '../../reports/intake-words.js';
import type { Doubt, Intake } from '../../workspace/intake.js';
import type { OpenedWorkspace } from '../../workspace/open-workspace.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** `openWorkspace`, or its intake: tables with what was kept and rejected, doubts, rejects, remarks. */
export function intakeBlocks(value: unknown, rows: number): Block[] | null {
  if (isShaped<OpenedWorkspace>(value, ['company', 'intake'])) return intakeBlocks(value.intake, rows);
  if (!isShaped<Intake>(value, ['files', 'tables', 'doubts', 'rejects', 'rejectCount', 'observedUntil'])) {
    return null;
  }
  return [
    heading(intakeVerdict(value)),
    paragraph(`${intakeSentence(value)} ${observedSentence(value)}`),
    tablesTable(value),
    ...(value.doubts.length === 0 ? [] : [doubtsTable(value.doubts)]),
    ...(value.rejects.length === 0 ? [] : [rejectsTable(value, rows)]),
    ...listBlocks(
      'Remarks',
      value.notes.map(({ message }) => message),
    ),
  ];
}

function tablesTable({ tables }: Intake): Block {
  return resultTable(
    'Rows by table',
    [
      ['Table', 'text'],
      ['Files', 'text'],
      ['Read', 'number'],
      ['Kept', 'number'],
      ['Rejected', 'number'],
      ['Left to others', 'number'],
      ['Dropped', 'number'],
      ['In doubt', 'number'],
    ],
    tables.map(({ table, files, read, kept, rejected, skipped, dropped, doubted }) => [
      table,
      files.map(fileName).join(', '),
      ...[read, kept, rejected, skipped, dropped, doubted].map(countText),
    ]),
  );
}

function doubtsTable(doubts: readonly Doubt[]): Block {
  return resultTable(
    'In doubt',
    [
      ['Doubt', 'sentence'],
      ['Table', 'text'],
      ['Rows', 'number'],
      ['Were', 'text'],
      ['Such as', 'text'],
      ['What it may mean', 'sentence'],
    ],
    doubts.map((doubt) => {
      const [example] = doubt.examples;
      return [
        doubt.title,
        doubt.table,
        countText(doubt.count),
        doubtAction(doubt),
        example ? `${example.text} (${fileName(example.file)}, row ${countText(example.rowNumber)})` : '–',
        doubt.explanation,
      ];
    }),
  );
}

function rejectsTable(intake: Intake, most: number): Block {
  const block = resultTable(
    rejectsTitle(intake),
    [
      ['File', 'text'],
      ['Row', 'number'],
      ['Column', 'text'],
      ['Value', 'text'],
      ['Reason', 'text'],
    ],
    intake.rejects.map(({ file, rowNumber, column, value, reason }) => [
      fileName(file),
      countText(rowNumber),
      column ?? '–',
      value ?? '–',
      reason,
    ]),
    most,
  );
  if (block.kind !== 'table' || block.table.footer === null) return block;
  // The list may hold the first ones alone; the count is of all.
  const footer = `${countText(most)} of ${countText(intake.rejectCount)} rows`;
  return { ...block, table: { ...block.table, footer } };
}
