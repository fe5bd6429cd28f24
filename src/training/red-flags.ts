import { findFlags } from '../flags/find.js';
import type { Ledger } from '../flags/ledger.js';
import { seededRandom } from '../math/random.js';
import { stratifiedFolds } from '../splits/folds.js';
import { takeBytes, takeCodes, takeNumbers, takeRows } from '../tables/table.js';
import { type FlagParts, type FlagSet, flagParts } from './flag-parts.js';
import { flagStrata } from './flag-strata.js';
import type { LabelledRows } from './labelled-rows.js';
import type { LearningSet } from './learning-sets.js';
import type { Settled } from './options.js';

/** Flags are looked for in at most so many rows. */
const MOST_ROWS = 50_000;
/** With more columns the search would take longer than all else; `findTableFlags` takes the time. */
const MOST_COLUMNS = 300;
/** Fewer leavers cannot be parted into finding and confirming. */
const FEWEST_LEAVERS = 50;
/** A training has other things to do: fewer dealings and coarser cuts than those of `findFlags` on its own. */
const PERMUTATIONS = 127;
const MOST_CONDITIONS = 350;
/** Pairs of words of 128 rows that may be joined: some seconds. */
const MOST_WORK = 1e10;

/** Where the training rows are from, for the ledger. */
export interface FlagOrigin {
  readonly file: string;
  readonly sha256: string;
}

/** What was found among training rows. */
export interface RedFlags {
  /** `null` with too few leavers to part, or too many columns. */
  readonly ledger: Ledger | null;
  /**
   * 1 for the training rows that tell nothing new of a flag: the search saw their outcome, or one of the same account or
   * of an overlapping window. Inside a flag, which was picked for them, they look too bad.
   */
  readonly seen: Uint8Array;
}

/**
 * Facts that go with more leaving, found in three fifths of the training rows and confirmed in the others; the held-back
 * rows stay out of it, so that the model can be judged inside the flags.
 */
export async function findRedFlags(
  training: LearningSet,
  labelled: LabelledRows,
  origin: FlagOrigin,
  settled: Settled,
): Promise<RedFlags> {
  const none = { ledger: null, seen: new Uint8Array(training.churned.length) };
  const random = seededRandom(settled.seed).fork('red flags');
  const leavers = training.churned.reduce((sum, y) => sum + y, 0);
  if (Math.min(leavers, training.churned.length - leavers) < FEWEST_LEAVERS) return none;
  if (training.table.columns.length > MOST_COLUMNS) return none;
  const { set, rows } = sample(training, labelled);
  const parts = flagParts(set, settled.windowDays, random.fork('parts'));
  const leftIn = (churned: Uint8Array) => churned.reduce((sum, y) => sum + y, 0);
  if (leftIn(parts.discovery.churned) === 0 || leftIn(parts.confirmation.churned) === 0) return none;
  const ledger = await findFlags(
    {
      discovery: parts.discovery,
      confirmation: parts.confirmation,
      strata: flagStrata(parts.confirmation, set.time, parts.rows.confirmation),
      population: populationOf(parts.discovery.churned.length + parts.confirmation.churned.length, set.time),
    },
    { data: origin, dates: parts.dates, publishedOn: null, expiresOn: null },
    {
      seed: settled.seed,
      random,
      permutations: PERMUTATIONS,
      mostConditions: MOST_CONDITIONS,
      mostWork: MOST_WORK,
    },
  );
  return { ledger, seen: seenRows(training, labelled, rows, parts) };
}

/** Rows of one snapshot, or all rows of a table without. */
function populationOf(rows: number, time: Float64Array | null): number {
  return time === null ? rows : rows / Math.max(1, new Set(time).size);
}

/** Rows before the first snapshot of confirmation where the parts are apart in time; else those of accounts of discovery. */
function seenRows(
  { churned, groups, labelledRows }: LearningSet,
  { time }: LabelledRows,
  sampled: Int32Array,
  parts: FlagParts,
): Uint8Array {
  const [discovery, confirmation] = [parts.rows.discovery, parts.rows.confirmation].map((rows) =>
    takeCodes(sampled, rows),
  ) as [Int32Array, Int32Array];
  const timeOf = (row: number) => time?.[labelledRows[row]!] ?? 0;
  const begins = confirmation.reduce((first, row) => Math.min(first, timeOf(row)), Infinity);
  if (discovery.every((row) => timeOf(row) < begins)) {
    return Uint8Array.from(churned, (_, row) => (timeOf(row) < begins ? 1 : 0));
  }
  const accountOf = (row: number) => groups?.[row] ?? row;
  const accounts = new Set(Array.from(discovery, accountOf));
  return Uint8Array.from(churned, (_, row) => (accounts.has(accountOf(row)) ? 1 : 0));
}

/** All training rows, or part of very many, and which they are. */
function sample(training: LearningSet, { time }: LabelledRows): { set: FlagSet; rows: Int32Array } {
  const { table, churned, groups, labelledRows } = training;
  const set: FlagSet = { table, churned, groups, time: time && takeNumbers(time, labelledRows) };
  const folds = Math.ceil(churned.length / MOST_ROWS);
  if (folds === 1) return { set, rows: Int32Array.from(churned.keys()) };
  const fold = stratifiedFolds(churned, groups, folds, seededRandom(1).fork('flag rows'));
  const rows = Int32Array.from(churned.keys()).filter((row) => fold[row] === 0);
  const taken: FlagSet = {
    table: takeRows(table, rows),
    churned: takeBytes(churned, rows),
    groups: groups && takeCodes(groups, rows),
    time: set.time && takeNumbers(set.time, rows),
  };
  return { set: taken, rows };
}
