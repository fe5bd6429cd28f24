import { countText, decimalText, percentText } from '../../charts/figure-text.js';
import type { TableCheck } from '../../profiling/check-table.js';
import type { TableProfile } from '../../profiling/table-profile.js';
import {
  type CheckedTable,
  checkVerdict,
  columnContent,
  columnType,
  outcomeSentence,
  readSentence,
} from '../../reports/profile-words.js';
import { leakSigns, noteSentence } from '../../reports/training-words.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** `checkTable`: what to look at, then outcome, columns, suspected leaks, rejects and remarks. Also a profile alone. */
export function checkBlocks(value: unknown, rows: number): Block[] | null {
  if (isShaped<TableCheck>(value, ['file', 'read', 'kept', 'profile', 'leaks', 'rejects'])) {
    return checkedBlocks(value, rows);
  }
  return isShaped<TableProfile>(value, ['rows', 'columns', 'duplicates', 'target', 'notes'])
    ? checkedBlocks({ profile: value }, rows)
    : null;
}

function checkedBlocks(checked: CheckedTable, most: number): Block[] {
  const { file = 'Table', profile, leaks = [], rejects = [] } = checked;
  const { rows, columns, target, duplicates, notes } = profile;
  return [
    heading(checkVerdict(checked)),
    paragraph(
      [
        `${file}: ${countText(rows)} rows, ${countText(columns.length)} columns, ${countText(duplicates.rows)} exact repeats.`,
        readSentence(checked) ?? '',
        target ? outcomeSentence(target) : '',
      ]
        .join(' ')
        .trim(),
    ),
    resultTable(
      'Columns',
      [
        ['Column', 'text'],
        ['Type', 'text'],
        ['Missing', 'number'],
        ['Distinct', 'number'],
        ['Content', 'text'],
      ],
      columns.map((column) => [
        column.name,
        columnType(column),
        column.missing === 0 ? '–' : percentText(column.missingShare),
        countText(column.distinct),
        columnContent(column),
      ]),
      most,
    ),
    ...(leaks.length === 0 ? [] : [leaksTable(leaks)]),
    ...(rejects.length === 0 ? [] : [rejectsTable(rejects, most)]),
    ...listBlocks('Remarks', notes.map(noteSentence)),
  ];
}

const leaksTable = (leaks: TableCheck['leaks']): Block =>
  resultTable(
    'The answer in disguise?',
    [
      ['Column', 'text'],
      ['AUC alone', 'number'],
      ['Why', 'sentence'],
    ],
    leaks.map((leak) => [leak.column, decimalText(leak.auc), `It ${leakSigns(leak)}. ${leak.message}`]),
  );

const rejectsTable = (rejects: TableCheck['rejects'], most: number): Block =>
  resultTable(
    'Rejected',
    [
      ['Row', 'number'],
      ['Column', 'text'],
      ['Value', 'text'],
      ['Reason', 'text'],
    ],
    rejects.map(({ rowNumber, column, value, reason }) => [
      countText(rowNumber),
      column ?? '–',
      value ?? '–',
      reason,
    ]),
    most,
  );
