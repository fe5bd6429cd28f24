import { ChurnError } from '../errors.js';
import { type FindFlagsOptions, findFlags } from '../flags/find.js';
import type { FlagRows } from '../flags/flag-rows.js';
import type { Ledger } from '../flags/ledger.js';
import { retestLedger } from '../flags/retest.js';
import { seededRandom } from '../math/random.js';
import { takeNumbers } from '../tables/table.js';
import { dayText } from '../timeline/snapshot.js';
import { type FlagParts, type FlagSet, flagParts } from './flag-parts.js';
import { flagStrata } from './flag-strata.js';
import { type LabelledRows, labelRows } from './labelled-rows.js';
import type { TrainInput } from './learn.js';
import { type CleanedRows, cleanRows, learnRecipe } from './learning-sets.js';
import { type Settled, settleOptions, type TrainOptions } from './options.js';

const DAY = 86_400_000;
/** Days that a fact of a flat table may be used without a retest. */
const LIFE_DAYS = 180;

/** What is told about a flat table in which flags are looked for. */
export interface TableFlagOptions
  extends Pick<TrainOptions, 'target' | 'id' | 'positive' | 'time' | 'group' | 'allow'>,
    FlagSearchOptions {
  /** The day on which the flags are published, in milliseconds; they may be used for half a year. */
  readonly today: number;
}

/** What is told about a search, whatever it is in. */
export type FlagSearchOptions = Omit<FindFlagsOptions, 'random'>;

/**
 * Finds compound red flags in a flat table and confirms them on two fifths of its accounts, or on its later rows.
 *
 * @throws ChurnError as `train`, and `too-few-rows` when one of the parts has no leaver
 * @example
 * const input = { ...(await readTable('customers.csv')), file: 'customers.csv' };
 * const found = await findTableFlags(input, {
 *   target: 'churned',
 *   id: 'account_id',
 *   seed: 7,
 *   today: Date.UTC(2026, 0, 5),
 *   permutations: 99,
 * });
 * await writeTextAtomically('flags.json', JSON.stringify(found));
 */
export async function findTableFlags(input: TrainInput, options: TableFlagOptions): Promise<Ledger> {
  const settled = settleTable(options);
  const random = seededRandom(settled.seed).fork('flags');
  const labelled = labelRows(input.raw, settled);
  const all = Int32Array.from(labelled.churned.keys());
  const unclean: FlagSet = {
    table: { rows: all.length, columns: [] },
    churned: labelled.churned,
    groups: labelled.groups,
    time: labelled.time,
  };
  const parts = flagParts(unclean, null, random.fork('parts'));
  const { recipe } = learnRecipe(labelled, parts.rows.discovery, settled, settled.allow);
  const discovery = rowsOf(cleanRows(labelled, parts.rows.discovery, recipe), labelled, parts);
  const cleaned = cleanRows(labelled, parts.rows.confirmation, recipe);
  const confirmation = rowsOf(cleaned, labelled, parts);
  requireLeavers(input.file, discovery, confirmation);
  return findFlags(
    {
      discovery,
      confirmation,
      strata: flagStrata(confirmation, labelled.time, cleaned.set.labelledRows),
      population: discovery.churned.length + confirmation.churned.length,
    },
    {
      data: { file: input.file, sha256: input.sha256 },
      dates: parts.dates,
      publishedOn: dayText(options.today),
      expiresOn: dayText(options.today + LIFE_DAYS * DAY),
    },
    { ...options, random },
  );
}

/**
 * Looks again at a ledger's facts, on another table of the same columns; all its accounts count.
 *
 * @throws ChurnError as `train`; `bad-option` when the table is one that the ledger knows
 * @example
 * const input = { ...(await readTable('next-quarter.csv')), file: 'next-quarter.csv' };
 * const again = retestTableFlags(input, ledger, {
 *   target: 'churned',
 *   id: 'account_id',
 *   seed: 7,
 *   today: Date.UTC(2026, 3, 1),
 * });
 * again.facts.length === ledger.facts.length; // true
 */
export function retestTableFlags(input: TrainInput, ledger: Ledger, options: TableFlagOptions): Ledger {
  const settled = settleTable(options);
  const labelled = labelRows(input.raw, settled);
  const all = Int32Array.from(labelled.churned.keys());
  const { recipe } = learnRecipe(
    labelled,
    all,
    settled,
    labelled.raw.columns.map(({ name }) => name),
  );
  const { set } = cleanRows(labelled, all, recipe);
  const rows = { table: set.table, churned: set.churned, snapshot: new Int32Array(set.churned.length) };
  return retestLedger(ledger, rows, {
    on: dayText(options.today),
    file: input.file,
    sha256: input.sha256,
  });
}

function settleTable({ target, id, positive, time, group, allow, seed }: TableFlagOptions): Settled {
  return settleOptions({
    target,
    id: id ?? null,
    time: time ?? null,
    group: group ?? null,
    allow: allow ?? [],
    seed,
    ...(positive === undefined ? {} : { positive }),
  });
}

function rowsOf({ set }: CleanedRows, { time }: LabelledRows, { snapshots }: FlagParts): FlagRows {
  const instants = time && takeNumbers(time, set.labelledRows);
  return {
    table: set.table,
    churned: set.churned,
    snapshot: instants
      ? Int32Array.from(instants, (instant) => snapshots.get(instant) ?? 0)
      : new Int32Array(set.churned.length),
  };
}

/** @throws ChurnError `too-few-rows` */
export function requireLeavers(file: string, discovery: FlagRows, confirmation: FlagRows): void {
  const [found, later] = [discovery, confirmation].map(({ churned }) =>
    churned.reduce((sum, y) => sum + y, 0),
  );
  if (found! > 0 && later! > 0) return;
  throw new ChurnError(
    'too-few-rows',
    `${file}: flags need accounts that left both where they are found and where they are confirmed, ` +
      `found ${found} among ${discovery.churned.length} and ${later} among ${confirmation.churned.length}`,
  );
}
