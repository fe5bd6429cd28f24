import { countRepeats, duplicateGroups } from '../cleaning/duplicates.js';
import { isMissingText } from '../cleaning/missing.js';
import { rawColumns } from '../cleaning/nearest-name.js';
import { readInstants } from '../cleaning/read-instants.js';
import { missingOutcome, readTarget } from '../cleaning/target.js';
import { ChurnError } from '../errors.js';
import {
  cellText,
  type Note,
  type RawColumn,
  type RawTable,
  type Reject,
  takeRawRows,
} from '../tables/raw-table.js';

/** Characters of a cell that a reject keeps. */
const LONGEST_VALUE = 200;

/** Which columns play a part other than that of a feature. */
export interface Roles {
  readonly target: string;
  readonly id: string | null;
  readonly positive?: string;
  readonly time: string | null;
  readonly group: string | null;
}

/** The rows that can be learned from or judged on, with their outcomes and what ties them together. */
export interface LabelledRows {
  readonly raw: RawTable;
  readonly churned: Uint8Array;
  readonly positive: string;
  /** Rows of one number must stay on one side of every split; `null` when all stand alone. */
  readonly groups: Int32Array | null;
  /** Milliseconds since 1970, `null` without a time column. */
  readonly time: Float64Array | null;
  /** Rows that repeat an earlier row exactly. */
  readonly duplicates: number;
  readonly rejects: Reject[];
  readonly notes: Note[];
}

/**
 * Reads outcome, id, time and group of every row and sets aside the rows that lack one.
 *
 * An exact repeat of a row with an id is rejected; an id that stands for several different rows is an
 * error unless a group or time column says that it may. Without an id, exact repeats are kept and tied
 * together, so that no split has one on each side.
 *
 * @throws ChurnError `missing-column`, `bad-target`, `bad-table`, `too-few-rows`
 * @example
 * const labelled = labelRows(raw, { target: 'churned', id: 'account_id', time: null, group: null });
 * labelled.positive; // 'yes'
 * labelled.churned.length + labelled.rejects.length === raw.rows; // true
 */
export function labelRows(input: RawTable, roles: Roles): LabelledRows {
  if (input.rows === 0) throw new ChurnError('too-few-rows', 'the table has a header and no rows');
  const { churned, positive, notes } = readTarget(input, roles.target, roles.positive);
  const target = rawColumn(input, roles.target);
  const time = roles.time === null ? null : rawColumn(input, roles.time);
  const id = roles.id === null ? null : rawColumn(input, roles.id);
  const times = time && readInstants(time, 'time');
  const first = firstEqualRows(input);
  const facts: RowFacts = { rowNumbers: input.rowNumbers, target, time, id, churned, times, first };

  const rejects: Reject[] = [];
  const kept: number[] = [];
  for (let row = 0; row < input.rows; row++) {
    const fault = rowFault(facts, row);
    if (fault) rejects.push({ rowNumber: input.rowNumbers[row]!, ...fault });
    else kept.push(row);
  }
  const raw = takeRawRows(input, kept);
  if (roles.id !== null && roles.time === null && roles.group === null) requireUniqueIds(raw, roles.id);
  const ties = tieRows(raw, roles);
  return {
    raw,
    churned: Uint8Array.from(kept, (row) => churned[row]!),
    positive,
    time: times && Float64Array.from(kept, (row) => times[row]!),
    groups: ties.groups,
    duplicates: countRepeats(first),
    rejects,
    notes: [...notes, ...ties.notes],
  };
}

function rawColumn(raw: RawTable, name: string): RawColumn {
  return rawColumns('train', raw, [name])[0]!;
}

/** For each row the first row that equals it in every column. */
function firstEqualRows(raw: RawTable): Int32Array {
  return duplicateGroups(
    raw,
    raw.columns.map(({ name }) => name),
  );
}

/** What is known of the rows when each is looked at. */
interface RowFacts {
  readonly rowNumbers: Float64Array;
  readonly target: RawColumn;
  readonly time: RawColumn | null;
  readonly id: RawColumn | null;
  readonly churned: Uint8Array;
  readonly times: Float64Array | null;
  readonly first: Int32Array;
}

function rowFault(
  { rowNumbers, target, time, id, churned, times, first }: RowFacts,
  row: number,
): Omit<Reject, 'rowNumber'> | null {
  const fault = (column: RawColumn, reason: string) => {
    const value = cellText(column, row)?.slice(0, LONGEST_VALUE) ?? null;
    return { column: column.name, value, reason };
  };
  if (churned[row] === missingOutcome) return fault(target, 'outcome is missing');
  if (time && Number.isNaN(times![row])) return fault(time, 'time is missing or not a date');
  if (!id) return null;
  const text = cellText(id, row);
  if (text === null || isMissingText(text)) return fault(id, 'id is missing');
  if (first[row] === row) return null;
  return { ...fault(id, `repeats row ${rowNumbers[first[row]!]} exactly`), column: null };
}

function requireUniqueIds(raw: RawTable, id: string): void {
  const first = duplicateGroups(raw, [id]);
  const count = countRepeats(first);
  if (count === 0) return;
  const repeated = first.findIndex((earliest, row) => earliest !== row);
  throw new ChurnError(
    'bad-table',
    `id column "${id}" must name each row once; "${cellText(rawColumn(raw, id), repeated)}" stands in rows ` +
      `${raw.rowNumbers[first[repeated]!]} and ${raw.rowNumbers[repeated]} with different values ` +
      `(${count} such rows in all); keep one row an account, or name a --time or --group column`,
    { column: id, count },
  );
}

/** Groups from the group column; else accounts that come back in time; else exact repeats without an id. */
function tieRows(raw: RawTable, roles: Roles): { groups: Int32Array | null; notes: Note[] } {
  if (roles.group !== null) return { groups: groupCodes(rawColumn(raw, roles.group), raw.rows), notes: [] };
  if (roles.id !== null) {
    return { groups: roles.time === null ? null : groupCodes(rawColumn(raw, roles.id), raw.rows), notes: [] };
  }
  const groups = firstEqualRows(raw);
  const repeats = countRepeats(groups);
  if (repeats === 0) return { groups: null, notes: [] };
  if (repeats > raw.rows / 2) {
    const message =
      `only ${raw.rows - repeats} of ${raw.rows} rows differ; equal rows are taken for different accounts that look ` +
      'alike and may stand on both sides of a split; name an --id column to be sure';
    return { groups: null, notes: [{ kind: 'duplicates-as-lookalikes', message }] };
  }
  const message = `${repeats} rows repeat an earlier row exactly; repeats never straddle a split`;
  return { groups, notes: [{ kind: 'duplicates-tied', message }] };
}

/** A number for each value of the column; a row without a value is alone. */
function groupCodes(column: RawColumn, rows: number): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const text = cellText(column, row);
    const key = text === null || isMissingText(text) ? `row ${row}` : `value ${text}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}
