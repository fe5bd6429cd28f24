import { findFlags } from '../flags/find.js';
import type { Ledger } from '../flags/ledger.js';
import { seededRandom } from '../math/random.js';
import { stratifiedFolds } from '../splits/folds.js';
import { takeBytes, takeCodes, takeNumbers, takeRows } from '../tables/table.js';
import { type FlagSet, flagParts } from './flag-parts.js';
import { flagStrata } from './flag-strata.js';
import type { LabelledRows } from './labelled-rows.js';
import type { LearningSet } from './learning-sets.js';
import type { Settled } from './options.js';

/** Flags are looked for in at most so many rows. */
const MOST_ROWS = 50_000;
/** Fewer leavers cannot be parted into finding and confirming. */
const FEWEST_LEAVERS = 50;
const PERMUTATIONS = 255;
/** Pairs of words of 128 rows that may be joined: some seconds. */
const MOST_WORK = 1e10;

/** Where the training rows are from, for the ledger. */
export interface FlagOrigin {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Facts that go with more leaving, found in three fifths of the training rows and confirmed in the others; the held-back
 * rows stay out of it, so that the model can be judged inside the flags. `null` with too few leavers to part.
 */
export async function findRedFlags(
  training: LearningSet,
  labelled: LabelledRows,
  origin: FlagOrigin,
  settled: Settled,
): Promise<Ledger | null> {
  const random = seededRandom(settled.seed).fork('red flags');
  const leavers = training.churned.reduce((sum, y) => sum + y, 0);
  if (Math.min(leavers, training.churned.length - leavers) < FEWEST_LEAVERS) return null;
  const set = sample(training, labelled);
  const parts = flagParts(set, settled.windowDays, random.fork('parts'));
  const leftIn = (rows: Uint8Array) => rows.reduce((sum, y) => sum + y, 0);
  if (leftIn(parts.discovery.churned) === 0 || leftIn(parts.confirmation.churned) === 0) return null;
  return findFlags(
    {
      discovery: parts.discovery,
      confirmation: parts.confirmation,
      strata: flagStrata(parts.confirmation, set.time, parts.rows.confirmation),
      population: populationOf(parts.discovery.churned.length + parts.confirmation.churned.length, set.time),
    },
    { data: origin, dates: parts.dates, publishedOn: null, expiresOn: null },
    { seed: settled.seed, random, permutations: PERMUTATIONS, mostWork: MOST_WORK },
  );
}

/** Rows of one snapshot, or all rows of a table without. */
function populationOf(rows: number, time: Float64Array | null): number {
  return time === null ? rows : rows / Math.max(1, new Set(time).size);
}

function sample(training: LearningSet, { time }: LabelledRows): FlagSet {
  const { table, churned, groups, labelledRows } = training;
  const set: FlagSet = { table, churned, groups, time: time && takeNumbers(time, labelledRows) };
  const folds = Math.ceil(churned.length / MOST_ROWS);
  if (folds === 1) return set;
  const fold = stratifiedFolds(churned, groups, folds, seededRandom(1).fork('flag rows'));
  const rows = Int32Array.from(churned.keys()).filter((row) => fold[row] === 0);
  return {
    table: takeRows(table, rows),
    churned: takeBytes(churned, rows),
    groups: groups && takeCodes(groups, rows),
    time: set.time && takeNumbers(set.time, rows),
  };
}
