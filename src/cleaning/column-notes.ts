import type { Note } from '../tables/raw-table.js';
import { isMissingText } from './missing.js';
import type { DateOrder } from './parse-date.js';
import { countLevels, keepTexts, type Tally } from './tally.js';

/** A word that could mean missing is worth a note from this share of the rows on. */
const frequentShare = 0.05;

/** One note per word that could mean missing and is frequent: how it is read, and how to have it otherwise. */
export function missingWords(name: string, tally: Tally, isMissing: (text: string) => boolean): Note[] {
  const rows = tally.absent + tally.counts.reduce((sum, count) => sum + count, 0);
  const words = countLevels(
    keepTexts(tally, (text) => isMissingText(text) && text.trim() !== ''),
    (text) => text.trim(),
  );
  const frequent = [...words].filter(([, count]) => count >= frequentShare * rows).sort();
  return frequent.map(([word, count]) => ({
    kind: 'missing-word',
    column: name,
    message: isMissing(word)
      ? `"${word}" in ${count} of ${rows} rows of "${name}" is read as missing; if it is an answer, write it as another word`
      : `"${word}" in ${count} of ${rows} rows of "${name}" is kept as an answer; if it means missing, leave those cells empty`,
  }));
}

export function ambiguousDecimal(name: string, example: string | null, decimalComma: boolean): Note {
  const reading = decimalComma ? 'decimal comma, as the other columns prove' : 'decimal point';
  return {
    kind: 'ambiguous-decimal',
    column: name,
    message: `"${name}" could mean thousands or decimals (${example}); it is read with a ${reading}; write numbers without thousands separators to be sure`,
  };
}

export function ambiguousDate(name: string, example: string | null): Note {
  return {
    kind: 'ambiguous-date',
    column: name,
    message: `"${name}" could be day first or month first in every row (${example ?? 'both orders occur'}), so it is not read as a date; write it as YYYY-MM-DD`,
  };
}

export function mixedDates(name: string, order: DateOrder, contraryRows: number): Note {
  return {
    kind: 'mixed-dates',
    column: name,
    message: `"${name}" is read ${order === 'dmy' ? 'day' : 'month'} first, but ${contraryRows} rows only read the other way and are rejected; write it as YYYY-MM-DD`,
  };
}

export function unreadableCells(
  name: string,
  kind: 'number' | 'instant',
  unreadable: number,
  rows: number,
): Note {
  return {
    kind: 'unreadable-cells',
    column: name,
    message: `${unreadable} of ${rows} cells of "${name}" are no ${kind === 'number' ? 'finite numbers' : 'dates'}; their rows are rejected`,
  };
}
