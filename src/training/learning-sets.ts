import { applyRecipe, fitRecipe, type Recipe } from '../cleaning/recipe.js';
import type { TrainingSet } from '../models/model.js';
import { suspectLeakage } from '../profiling/leakage.js';
import { type Note, type Reject, takeRawRows } from '../tables/raw-table.js';
import { takeBytes, takeCodes } from '../tables/table.js';
import type { LeakSuspicion } from './card.js';
import type { LabelledRows, Roles } from './labelled-rows.js';

/** Cleaned rows with their outcomes, ids and ties. */
export interface LearningSet extends TrainingSet {
  readonly ids: readonly string[];
  readonly groups: Int32Array | null;
  /** Each row's place among the labelled rows. */
  readonly labelledRows: Int32Array;
}

/** A learning set, and the rows that cleaning had to set aside. */
export interface CleanedRows {
  readonly set: LearningSet;
  readonly rejects: readonly Reject[];
  readonly notes: readonly Note[];
}

/** The recipe of the training rows, without the columns that look like the answer in disguise. */
export interface LearnedRecipe {
  readonly recipe: Recipe;
  readonly leaks: LeakSuspicion[];
}

/**
 * Learns the cleaning recipe from the training rows alone, suspects leaks among the columns, and learns it
 * again without those that the user did not allow.
 *
 * @example
 * const roles = { target: 'churned', id: 'account_id', time: null, group: null };
 * const labelled = labelRows(raw, roles);
 * const trainingRows = Int32Array.from(labelled.churned.keys()).filter((row) => row % 5 !== 0);
 * const { leaks } = learnRecipe(labelled, trainingRows, roles, []);
 * leaks.map(({ column }) => column); // ['offboarding_ticket']
 */
export function learnRecipe(
  labelled: LabelledRows,
  trainingRows: Int32Array,
  roles: Roles,
  allowed: readonly string[],
): LearnedRecipe {
  const first = fitRecipe(labelled.raw, { ...roles, positive: labelled.positive, rows: trainingRows });
  const { set } = cleanRows(labelled, trainingRows, first);
  const leaks = suspectLeakage(set.table, set.churned).map(
    (suspicion): LeakSuspicion => ({
      ...suspicion,
      action: allowed.includes(suspicion.column) ? 'allowed' : 'left-out',
    }),
  );
  const leaveOut = leaks.filter(({ action }) => action === 'left-out').map(({ column }) => column);
  if (leaveOut.length === 0) return { recipe: first, leaks };
  const recipe = fitRecipe(labelled.raw, {
    ...roles,
    positive: labelled.positive,
    rows: trainingRows,
    leaveOut,
  });
  return { recipe, leaks };
}

/**
 * The given rows, cleaned by the recipe.
 *
 * @example
 * const labelled = labelRows(raw, { target: 'churned', id: 'account_id', time: null, group: null });
 * const { set } = cleanRows(labelled, Int32Array.of(0, 1, 2), recipe);
 * set.ids; // ['A00001', 'A00002', 'A00003']
 */
export function cleanRows(labelled: LabelledRows, rows: Int32Array, recipe: Recipe): CleanedRows {
  const raw = takeRawRows(labelled.raw, rows);
  const { table, kept, ids, rejects, notes } = applyRecipe(recipe, raw);
  const source = Int32Array.from(kept, (row) => rows[row]!);
  const set: LearningSet = {
    table,
    churned: takeBytes(labelled.churned, source),
    weights: null,
    ids: Array.from(kept, (row, i) => ids[i] ?? String(raw.rowNumbers[row])),
    groups: labelled.groups && takeCodes(labelled.groups, source),
    labelledRows: source,
  };
  return { set, rejects, notes };
}
