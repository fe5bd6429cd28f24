import type { DateRange } from '../flags/find.js';
import type { FlagRows } from '../flags/flag-rows.js';
import type { Random } from '../math/random.js';
import { stratifiedFolds } from '../splits/folds.js';
import { type Table, takeBytes, takeCodes, takeRows } from '../tables/table.js';
import { dayText } from '../timeline/snapshot.js';

const DAY = 86_400_000;
/** Share of the accounts, or of the snapshots, that flags are confirmed on. */
const CONFIRMATION_FOLDS = 2;
const FOLDS = 5;
/** More instants than these are no snapshots but the time of each row. */
const MOST_SNAPSHOTS = 60;

/** Cleaned rows that flags are looked for in. */
export interface FlagSet {
  readonly table: Table;
  readonly churned: Uint8Array;
  /** Rows of one account have one number; `null` where each row is an account. */
  readonly groups: Int32Array | null;
  /** Instant of each row in milliseconds; `null` without dates. */
  readonly time: Float64Array | null;
}

/** Rows to find flags in, and rows to confirm them on. */
export interface FlagParts {
  readonly discovery: FlagRows;
  readonly confirmation: FlagRows;
  /** The rows of the set that each part is made of. */
  readonly rows: { readonly discovery: Int32Array; readonly confirmation: Int32Array };
  /** The number that stands for each instant in `FlagRows.snapshot`; an instant that is not there has 0. */
  readonly snapshots: ReadonlyMap<number, number>;
  readonly dates: { readonly discovery: DateRange; readonly confirmation: DateRange };
}

/**
 * Parts rows for flags: two fifths are for confirmation.
 *
 * Snapshots are first thinned, from the latest backwards, until no window overlaps another: then outcomes of different
 * snapshots are different events. With two or more left, the later ones are for confirmation. Without snapshots accounts
 * are parted at random, within outcomes, and each counts with one row; rows with a time of their own are parted at an
 * instant.
 *
 * @param windowDays gap and horizon of snapshots; `null` in a flat table
 */
export function flagParts(set: FlagSet, windowDays: number | null, random: Random): FlagParts {
  const rows = windowDays === null ? oneRowEach(set, random) : thinned(set.time!, windowDays);
  const instants = new Set(set.time === null ? [] : Array.from(rows, (row) => set.time![row]!));
  const later = instants.size > 1 ? laterRows(rows, set.time!, instants) : foldedRows(rows, set, random);
  const discovery = rows.filter((row) => !later.has(row));
  const confirmation = rows.filter((row) => later.has(row));
  const snapshots = numberInstants(instants);
  const codes = Int32Array.from(set.churned, (_, row) => snapshots.get(set.time?.[row] ?? 0) ?? 0);
  const take = (part: Int32Array): FlagRows => ({
    table: takeRows(set.table, part),
    churned: takeBytes(set.churned, part),
    snapshot: takeCodes(codes, part),
  });
  return {
    discovery: take(discovery),
    confirmation: take(confirmation),
    rows: { discovery, confirmation },
    snapshots,
    dates: { discovery: datesOf(set, discovery), confirmation: datesOf(set, confirmation) },
  };
}

/** Snapshots of which none lies in the window of another, the latest among them. */
export function thinnedSnapshots(snapshots: readonly number[], windowDays: number): number[] {
  const kept: number[] = [];
  for (const snapshot of [...new Set(snapshots)].sort((a, b) => b - a)) {
    if (kept.length === 0 || snapshot + windowDays * DAY <= kept.at(-1)!) kept.push(snapshot);
  }
  return kept.reverse();
}

function thinned(time: Float64Array, windowDays: number): Int32Array {
  const kept = new Set(thinnedSnapshots([...time], windowDays));
  return Int32Array.from(time.keys()).filter((row) => kept.has(time[row]!));
}

/** One row of each account, drawn at random. */
function oneRowEach({ churned, groups }: FlagSet, random: Random): Int32Array {
  const all = Int32Array.from(churned.keys());
  if (groups === null) return all;
  const seen = new Map<number, number>();
  const drawn = new Map<number, number>();
  groups.forEach((group, row) => {
    const rows = (seen.get(group) ?? 0) + 1;
    seen.set(group, rows);
    if (rows === 1 || random.integer(rows) === 0) drawn.set(group, row);
  });
  const kept = new Set(drawn.values());
  return all.filter((row) => kept.has(row));
}

/** Rows from the first instant on that leaves at most two fifths of the rows for later. */
function laterRows(rows: Int32Array, time: Float64Array, instants: ReadonlySet<number>): Set<number> {
  const sorted = [...instants].sort((a, b) => a - b);
  const goal = (rows.length * CONFIRMATION_FOLDS) / FOLDS;
  const countFrom = (cut: number) => rows.reduce((sum, row) => sum + (time[row]! >= cut ? 1 : 0), 0);
  let [low, high] = [1, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (countFrom(sorted[middle]!) <= goal) high = middle;
    else low = middle + 1;
  }
  return new Set(rows.filter((row) => time[row]! >= sorted[low]!));
}

function foldedRows(rows: Int32Array, { churned, groups }: FlagSet, random: Random): Set<number> {
  const folds = stratifiedFolds(takeBytes(churned, rows), groups && takeCodes(groups, rows), FOLDS, random);
  return new Set(rows.filter((_, i) => folds[i]! < CONFIRMATION_FOLDS));
}

/** Each instant's number; none where there are so many that they are no snapshots. */
function numberInstants(instants: ReadonlySet<number>): Map<number, number> {
  if (instants.size > MOST_SNAPSHOTS) return new Map();
  return new Map([...instants].sort((a, b) => a - b).map((instant, i) => [instant, i]));
}

function datesOf({ time }: FlagSet, rows: Int32Array): DateRange {
  if (time === null || rows.length === 0) return { from: null, to: null };
  const instants = rows.reduce(
    ([first, last], row) => [Math.min(first, time[row]!), Math.max(last, time[row]!)] as const,
    [Infinity, -Infinity] as readonly [number, number],
  );
  return { from: dayText(instants[0]), to: dayText(instants[1]) };
}
