import { duplicateGroups } from '../cleaning/duplicates.js';
import { isMissingText } from '../cleaning/missing.js';
import { rawColumns } from '../cleaning/nearest-name.js';
import { applyRecipe, fitRecipe } from '../cleaning/recipe.js';
import { missingOutcome, readTarget } from '../cleaning/target.js';
import { cellText, type Note, type RawTable, type Reject } from '../tables/raw-table.js';
import { takeBytes, takeRows } from '../tables/table.js';
import { type LeakageSuspicion, suspectLeakage } from './leakage.js';
import { type ProfileOptions, profileTable, type TableProfile } from './table-profile.js';

/** A table as read, with the rows that could not be. */
export interface CheckInput {
  readonly raw: RawTable;
  /** File name without its folder. */
  readonly file: string;
  /** Records in the file. */
  readonly read: number;
  readonly rejects: readonly Reject[];
  readonly notes: readonly Note[];
}

/** What `check` found. `kept` and `rejects` together are all that was read. */
export interface TableCheck {
  readonly file: string;
  readonly read: number;
  readonly kept: number;
  readonly profile: TableProfile;
  /** Columns that look like the answer in disguise; none without a target. */
  readonly leaks: readonly LeakageSuspicion[];
  readonly rejects: readonly Reject[];
}

/**
 * Looks a table over before anything is learned from it: profile, suspected leaks, and the rows that
 * training would have to reject.
 *
 * @throws ChurnError `missing-column`, `bad-target`, `bad-table`
 *
 * @example
 * const input = { ...(await readTable('customers.csv')), file: 'customers.csv' };
 * const { leaks } = checkTable(input, { target: 'churned', id: 'account_id' });
 * leaks.map(({ column }) => column); // ['offboarding_ticket']
 */
export function checkTable(input: CheckInput, options: ProfileOptions = {}): TableCheck {
  const { target = null, id = null, time = null, positive } = options;
  const profile = profileTable(input.raw, options);
  const outcome = target === null ? null : readTarget(input.raw, target, positive).churned;
  const recipe = fitRecipe(input.raw, { id, target, time, ...(positive === undefined ? {} : { positive }) });
  const cleaned = applyRecipe(recipe, input.raw);
  const known = Int32Array.from(cleaned.kept.keys()).filter(
    (row) => outcome !== null && outcome[cleaned.kept[row]!] !== missingOutcome,
  );
  const churned =
    outcome &&
    takeBytes(
      outcome,
      known.map((row) => cleaned.kept[row]!),
    );
  const rejects = [
    ...input.rejects,
    ...cleaned.rejects,
    ...unusableRows(input.raw, { target, id, outcome }, cleaned.kept),
  ];
  return {
    file: input.file,
    read: input.read,
    kept: input.raw.rows - rejects.length + input.rejects.length,
    profile: { ...profile, notes: [...input.notes, ...profile.notes] },
    leaks: churned ? suspectLeakage(takeRows(cleaned.table, known), churned) : [],
    rejects: rejects.sort((a, b) => a.rowNumber - b.rowNumber),
  };
}

/** Rows that cleaning kept and training cannot use: without outcome, without id, or repeats of a row with an id. */
function unusableRows(
  raw: RawTable,
  { target, id, outcome }: { target: string | null; id: string | null; outcome: Uint8Array | null },
  kept: Int32Array,
): Reject[] {
  const ids = id === null ? null : rawColumns('checkTable', raw, [id])[0]!;
  const first = duplicateGroups(
    raw,
    raw.columns.map(({ name }) => name),
  );
  return Array.from(kept).flatMap((row): Reject[] => {
    const rowNumber = raw.rowNumbers[row]!;
    if (outcome?.[row] === missingOutcome) {
      return [{ rowNumber, column: target, value: null, reason: 'outcome is missing' }];
    }
    if (!ids) return [];
    const text = cellText(ids, row);
    if (text === null || isMissingText(text)) {
      return [{ rowNumber, column: id, value: text, reason: 'id is missing' }];
    }
    if (first[row] === row) return [];
    const reason = `repeats row ${raw.rowNumbers[first[row]!]} exactly`;
    return [{ rowNumber, column: null, value: text, reason }];
  });
}
