import { z } from 'zod';
import { countRepeats, duplicateGroups } from '../cleaning/duplicates.js';
import { inferColumns } from '../cleaning/infer-types.js';
import { isMissingText } from '../cleaning/missing.js';
import { rawColumns } from '../cleaning/nearest-name.js';
import { readInstants } from '../cleaning/read-instants.js';
import { missingOutcome, readTarget } from '../cleaning/target.js';
import { cellText, type Note, type RawTable } from '../tables/raw-table.js';
import { columnProfileSchema, profileColumn } from './column-profile.js';

/** `check --json`: what a table holds before anything is learned from it. */
export const tableProfileSchema = z.strictObject({
  rows: z.int(),
  columns: z.array(columnProfileSchema),
  duplicates: z.strictObject({
    /** Rows that repeat an earlier row in every column. */
    rows: z.int(),
    /** Rows that repeat an earlier row in every column but the id; `null` without an id. */
    withoutId: z.int().nullable(),
    /** Rows that repeat an earlier id (an earlier id and time, where there is a time column). */
    ids: z.int().nullable(),
    missingIds: z.int().nullable(),
  }),
  target: z
    .strictObject({
      column: z.string(),
      positive: z.string(),
      negative: z.string(),
      churned: z.int(),
      stayed: z.int(),
      missing: z.int(),
      /** Of the rows whose outcome is known. */
      churnRate: z.number(),
    })
    .nullable(),
  notes: z.array(
    z.strictObject({ kind: z.string(), column: z.string().exactOptional(), message: z.string() }),
  ),
});
export type TableProfile = z.infer<typeof tableProfileSchema>;

export interface ProfileOptions {
  readonly target?: string | null;
  readonly positive?: string;
  readonly id?: string | null;
  readonly time?: string | null;
}

/**
 * Describes a raw table: each column's type, gaps, range and outliers; repeated rows and ids; the balance of
 * the outcomes.
 *
 * @throws ChurnError `missing-column`; `bad-target` as `readTarget`; `bad-table` when the time column holds
 * no dates
 *
 * @example
 * const profile = profileTable(raw, { target: 'churned', id: 'account_id' });
 * profile.columns.length; // 30
 */
export function profileTable(raw: RawTable, options: ProfileOptions = {}): TableProfile {
  const { target = null, id = null, time = null, positive } = options;
  const [timeColumn] = rawColumns('profileTable', raw, time === null ? [] : [time]);
  if (timeColumn) readInstants(timeColumn, 'time');
  const guesses = inferColumns(raw);
  const duplicates = profileDuplicates(raw, id, time);
  const outcome = target === null ? null : profileTarget(raw, target, positive);
  return {
    rows: raw.rows,
    columns: raw.columns.map((column, i) => profileColumn(column, guesses[i]!)),
    duplicates,
    target: outcome?.profile ?? null,
    notes: [
      ...guesses.flatMap(({ notes }) => notes),
      ...(outcome?.notes ?? []),
      ...duplicateNotes(raw.rows, duplicates, id),
    ],
  };
}

function profileDuplicates(
  raw: RawTable,
  id: string | null,
  time: string | null,
): TableProfile['duplicates'] {
  const names = raw.columns.map((column) => column.name);
  const repeats = (columns: readonly string[]) => countRepeats(duplicateGroups(raw, columns));
  if (id === null) return { rows: repeats(names), withoutId: null, ids: null, missingIds: null };
  return {
    rows: repeats(names),
    withoutId: repeats(names.filter((name) => name !== id)),
    ...profileIds(raw, id, time),
  };
}

function profileIds(raw: RawTable, id: string, time: string | null): { ids: number; missingIds: number } {
  const [column] = rawColumns('profileTable', raw, [id]);
  const groups = duplicateGroups(raw, time === null ? [id] : [id, time]);
  let ids = 0;
  let missingIds = 0;
  for (let row = 0; row < raw.rows; row++) {
    if (isMissingText(cellText(column!, row) ?? '')) missingIds++;
    else if (groups[row] !== row) ids++;
  }
  return { ids, missingIds };
}

function profileTarget(raw: RawTable, target: string, positive: string | undefined) {
  const read = readTarget(raw, target, positive);
  const count = (outcome: number) =>
    read.churned.reduce((sum, found) => sum + (found === outcome ? 1 : 0), 0);
  const churned = count(1);
  const stayed = count(0);
  const profile = {
    column: target,
    positive: read.positive,
    negative: read.negative,
    churned,
    stayed,
    missing: count(missingOutcome),
    churnRate: churned / (churned + stayed),
  };
  return { profile, notes: read.notes };
}

function duplicateNotes(rows: number, found: TableProfile['duplicates'], id: string | null): Note[] {
  const notes: Note[] = [];
  const repeated = (kind: string, count: number | null, what: string) => {
    if (count) notes.push({ kind, message: `${count} of ${rows} rows repeat an earlier ${what}` });
  };
  repeated('duplicate-rows', found.rows, 'row exactly');
  if (found.withoutId !== found.rows) {
    repeated('duplicate-rows-without-id', found.withoutId, `row in all columns but "${id}"`);
  }
  if (found.ids !== found.rows) repeated('duplicate-ids', found.ids, `"${id}"`);
  if (found.missingIds) {
    const message = `"${id}" is missing in ${found.missingIds} of ${rows} rows`;
    notes.push({ kind: 'missing-id', column: id!, message });
  }
  return notes;
}
