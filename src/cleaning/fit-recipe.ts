import { ChurnError } from '../errors.js';
import type { RawColumn, RawTable } from '../tables/raw-table.js';
import { takeNumbers } from '../tables/table.js';
import { asTexts, coerceColumn } from './coerce.js';
import { type ColumnGuess, inferColumns } from './infer-types.js';
import { daysOf } from './instant-days.js';
import { learnLevels } from './learn-levels.js';
import { isMissingLevel } from './missing.js';
import { rawColumns } from './nearest-name.js';
import { quantile } from './quantile.js';
import { instantReading } from './read-instants.js';
import type { FeatureRecipe, LeftOutReason, Recipe } from './recipe-record.js';
import { keepTexts, tallyTexts } from './tally.js';

export interface RecipeOptions {
  /** Rows to learn from, as indices into the table; all by default. Nothing is learned from the others. */
  readonly rows?: ArrayLike<number>;
  readonly id: string | null;
  readonly target: string | null;
  readonly positive?: string;
  /** Columns suspected as leaks. */
  readonly leaveOut?: readonly string[];
  /** The column that says when a row was true: other dates become days before it. */
  readonly time?: string | null;
  readonly group?: string | null;
}

/** From this share of distinct cells on a text says more about its row than about a kind of account. */
const mostlyDistinctShare = 0.5;
const fewestCells = 20;

/**
 * Learns from the training rows how each column becomes a feature: its type, number format, date order and
 * category levels, and which columns are no features and why. The order of rows changes nothing, apart from
 * the guess that whole numbers which only rise through the file are a row count.
 *
 * Missing stays missing. Dates become days since 1970, or days before the row's time. Levels are sorted by
 * text; in a column of more than 30, those with fewer than 10 training rows become `(other)`.
 *
 * @throws ChurnError `missing-column` when a named column is not in the table, `too-few-rows` without rows,
 * `bad-table` when the time column holds no dates
 *
 * @example
 * const recipe = fitRecipe(raw, { id: 'account_id', target: 'churned' });
 * const { table } = applyRecipe(recipe, raw);
 */
export function fitRecipe(raw: RawTable, options: RecipeOptions): Recipe {
  const { rows = Int32Array.from({ length: raw.rows }, (_, i) => i) } = options;
  if (rows.length === 0) throw new ChurnError('too-few-rows', 'fitRecipe: no rows to learn from');
  const roles = columnRoles(options);
  rawColumns('fitRecipe', raw, [...roles.keys()]);
  const time = learnTime(raw, options.time ?? null, rows);
  const recipe: Recipe = {
    formatVersion: 1,
    rows: rows.length,
    id: options.id,
    target: options.target,
    positive: options.positive ?? null,
    group: options.group ?? null,
    time: time && { name: time.name, order: time.order },
    features: [],
    leftOut: [],
    notes: [],
  };
  const guesses = inferColumns(raw, rows);
  raw.columns.forEach((column, i) => {
    const guess = guesses[i]!;
    const learned = roles.get(column.name) ?? leftOutByType(guess) ?? learnFeature(column, guess, rows, time);
    if (typeof learned === 'string') recipe.leftOut.push({ name: column.name, reason: learned });
    else recipe.features.push(learned);
    if (!roles.has(column.name)) recipe.notes.push(...guess.notes);
  });
  return recipe;
}

function columnRoles({ id, target, group, time, leaveOut = [] }: RecipeOptions): Map<string, LeftOutReason> {
  const roles = new Map<string, LeftOutReason>(leaveOut.map((name) => [name, 'leak']));
  for (const [role, name] of Object.entries({ group, time, id, target })) {
    if (name !== null && name !== undefined) roles.set(name, role as LeftOutReason);
  }
  return roles;
}

interface LearnedTime {
  readonly name: string;
  readonly order: 'ymd' | 'dmy' | 'mdy';
  readonly instants: Float64Array;
}

function learnTime(raw: RawTable, name: string | null, rows: ArrayLike<number>): LearnedTime | null {
  if (name === null) return null;
  const [column] = rawColumns('fitRecipe', raw, [name]);
  const reading = instantReading(column!, 'time', rows);
  return { name, order: reading.order, instants: coerceColumn(column!, reading).values };
}

function leftOutByType({ type, reading, distinct, rows, missing }: ColumnGuess): LeftOutReason | null {
  if (type !== 'number' && type !== 'instant' && type !== 'category') return type;
  const cells = rows - missing;
  const manyLevels = reading.kind === 'category' && distinct > mostlyDistinctShare * cells;
  return manyLevels && cells >= fewestCells ? 'mostly-distinct' : null;
}

function learnFeature(
  column: RawColumn,
  guess: ColumnGuess,
  rows: ArrayLike<number>,
  time: LearnedTime | null,
): FeatureRecipe | LeftOutReason {
  const { name } = guess;
  if (guess.reading.kind === 'category') return learnCategory(column, guess, rows);
  const { values } = coerceColumn(column, guess.reading);
  if (guess.reading.kind === 'number') {
    const learned = learnNumbers(values, rows);
    return learned
      ? { kind: 'number', name, ...learned, decimalComma: guess.reading.decimalComma }
      : 'all-missing';
  }
  const learned = learnNumbers(daysOf(values, time?.instants ?? null), rows);
  const unit = time ? 'days-before-time' : 'days-since-1970';
  return learned ? { kind: 'instant', name, ...learned, order: guess.reading.order, unit } : 'all-missing';
}

function learnNumbers(values: Float64Array, rows: ArrayLike<number>) {
  const present = takeNumbers(values, rows)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (present.length === 0) return null;
  return {
    missingShare: 1 - present.length / rows.length,
    min: present[0]!,
    max: present.at(-1)!,
    median: quantile(present, 0.5),
  };
}

function learnCategory(
  column: RawColumn,
  guess: ColumnGuess,
  rows: ArrayLike<number>,
): FeatureRecipe | LeftOutReason {
  const keepsNA = guess.reading.kind === 'category' && guess.reading.keepsNA;
  const tally = tallyTexts({ kind: 'text', name: guess.name, ...asTexts(column) }, rows);
  const present = keepTexts(tally, (text) => !isMissingLevel(text, keepsNA));
  const { levels, mostFrequent } = learnLevels(present);
  const missingShare = 1 - present.rows / rows.length;
  if (levels.length === 1 && missingShare === 0) return 'mostly-distinct';
  return { kind: 'category', name: guess.name, missingShare, levels, mostFrequent };
}
