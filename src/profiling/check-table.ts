import { applyRecipe, fitRecipe } from '../cleaning/recipe.js';
import { missingOutcome, readTarget } from '../cleaning/target.js';
import type { Note, RawTable, Reject } from '../tables/raw-table.js';
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
 * const { profile, leaks } = checkTable({ ...(await readTable('customers.csv')), file: 'customers.csv' }, { target: 'churned' });
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
    ...missingOutcomes(input.raw, target, outcome, cleaned.kept),
  ];
  return {
    file: input.file,
    read: input.read,
    kept: input.read - rejects.length,
    profile: { ...profile, notes: [...input.notes, ...profile.notes] },
    leaks: churned ? suspectLeakage(takeRows(cleaned.table, known), churned) : [],
    rejects: rejects.sort((a, b) => a.rowNumber - b.rowNumber),
  };
}

/** Rows that cleaning kept and whose outcome is missing. */
function missingOutcomes(
  raw: RawTable,
  target: string | null,
  outcome: Uint8Array | null,
  kept: Int32Array,
): Reject[] {
  return Array.from(kept)
    .filter((row) => outcome?.[row] === missingOutcome)
    .map((row) => ({
      rowNumber: raw.rowNumbers[row]!,
      column: target,
      value: null,
      reason: 'outcome is missing',
    }));
}
