import type { Reject } from '../../tables/raw-table.js';
import { writeAtomically } from './atomic-writes.js';
import { neutraliseText } from './neutralise.js';

/**
 * Writes rejects as a csv file: `row` (counted from 1 after the header), `column`, `value`, `reason`.
 *
 * @throws ChurnError `write-failed`.
 */
export async function writeRejects(path: string, rejects: readonly Reject[]): Promise<void> {
  await writeAtomically(path, lines(rejects));
}

/**
 * The text that `writeRejects` writes, for a file inside a folder.
 *
 * @example
 * const rejects = [{ rowNumber: 3, column: 'seats', value: 'many', reason: 'is no number' }];
 * rejectsCsv(rejects); // 'row,column,value,reason\n3,seats,many,is no number\n'
 */
export function rejectsCsv(rejects: readonly Reject[]): string {
  return [...lines(rejects)].join('');
}

function* lines(rejects: readonly Reject[]): Generator<string> {
  const batch = 5000;
  yield 'row,column,value,reason\n';
  for (let from = 0; from < rejects.length; from += batch) {
    yield rejects
      .slice(from, from + batch)
      .map(line)
      .join('');
  }
}

function line({ rowNumber, column, value, reason }: Reject): string {
  const texts = [column ?? '', value ?? '', reason].map((text) => quoteCell(neutraliseText(text)));
  return `${rowNumber},${texts.join(',')}\n`;
}

/** A cell of a csv file, in quotes where it needs them. */
export function quoteCell(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
