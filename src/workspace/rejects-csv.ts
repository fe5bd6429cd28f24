import { neutraliseText } from '../sources/writing/neutralise.js';
import { quoteCell } from '../sources/writing/write-rejects.js';
import type { IntakeReject } from './intake.js';

/**
 * The listed rejects of a workspace as csv: `file`, `table`, `row`, `column`, `value`, `reason`; no cell is a formula.
 *
 * @example
 * await writeTextAtomically('rejects.csv', intakeRejectsCsv(intake.rejects));
 */
export function intakeRejectsCsv(rejects: readonly IntakeReject[]): string {
  const lines = rejects.map(({ file, table, rowNumber, column, value, reason }) => {
    const cells = [file, table, String(rowNumber), column ?? '', value ?? '', reason];
    return cells.map((cell) => quoteCell(neutraliseText(cell))).join(',');
  });
  return `${['file,table,row,column,value,reason', ...lines].join('\n')}\n`;
}
