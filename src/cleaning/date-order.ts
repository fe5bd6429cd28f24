import { type DateOrder, parseDate } from './parse-date.js';

/** What a column's texts say about the order of day and month. */
export interface DateEvidence {
  /** `ambiguous` when every date reads both ways, at least one of them as two different days. */
  readonly order: DateOrder | 'ambiguous';
  /** Rows whose text is a date in that order (for `ambiguous`, in either). */
  readonly readableRows: number;
  /** Rows that only the other order could read: day and month mixed in one column. */
  readonly contraryRows: number;
  /** An ambiguous text, for the note. */
  readonly example: string | null;
}

/**
 * Decides the order of day and month from all of a column's distinct texts: one day above 12 proves it. When
 * some texts prove one order and some the other, the more frequent wins and the others are `contraryRows`.
 * Where nothing proves an order the answer is `ambiguous`; no locale is guessed.
 *
 * @param counts rows of each text, at least one
 */
export function weighDateOrder(texts: readonly string[], counts: ArrayLike<number>): DateEvidence {
  const rows = { yearFirst: 0, onlyDmy: 0, onlyMdy: 0, both: 0 };
  let example = null as string | null;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    const dmy = parseDate(text, 'dmy');
    const mdy = parseDate(text, 'mdy');
    if (Number.isNaN(dmy) && Number.isNaN(mdy)) continue;
    if (Number.isNaN(mdy)) rows.onlyDmy += counts[i]!;
    else if (Number.isNaN(dmy)) rows.onlyMdy += counts[i]!;
    else if (!Number.isNaN(parseDate(text, 'ymd'))) rows.yearFirst += counts[i]!;
    else {
      rows.both += counts[i]!;
      if (dmy !== mdy && !(example !== null && example <= text)) example = text;
    }
  }
  const contraryRows = Math.min(rows.onlyDmy, rows.onlyMdy);
  const readableRows = rows.yearFirst + rows.both + Math.max(rows.onlyDmy, rows.onlyMdy);
  return { order: decide(rows, example), readableRows, contraryRows, example };
}

function decide(
  rows: { onlyDmy: number; onlyMdy: number; both: number },
  example: string | null,
): DateEvidence['order'] {
  if (rows.onlyDmy + rows.onlyMdy + rows.both === 0) return 'ymd';
  if (rows.onlyDmy === rows.onlyMdy && (example !== null || rows.onlyDmy > 0)) return 'ambiguous';
  return rows.onlyMdy > rows.onlyDmy ? 'mdy' : 'dmy';
}
