import { wilsonInterval } from '../evaluation/reliability.js';
import { type Hypergeometric, hypergeometricTail } from '../math/hypergeometric.js';
import type { FlagFigures } from './figures.js';
import type { FlagRows } from './flag-rows.js';

/** Per snapshot: all rows, those that left, those that raise a flag, and those that do both. */
export interface SnapshotCounts {
  readonly accounts: Int32Array;
  readonly churned: Int32Array;
  readonly raised: Int32Array;
  readonly raisedChurned: Int32Array;
}

/**
 * Figures of the rows that raise a flag beside all rows.
 *
 * The base rate is what the same number of accounts, drawn from the same snapshots, would show on average; the p-value
 * is exact and conditional on how many of each snapshot raise the flag and how many left. Without a row that raises the
 * flag the rate is 0 in [0, 1], the base rate that of all rows, and p 1.
 *
 * @param raised 1 where the flag is raised, per row
 * @example
 * const rows = { table, churned, snapshot: new Int32Array(table.rows) };
 * const { accounts, rate, low, high } = flagFigures(raisedBy(parseFlag('csat < 5'), table), rows);
 * console.log(`${accounts} accounts, ${rate} of them left (${low} to ${high})`);
 */
export function flagFigures(raised: Uint8Array, rows: FlagRows): FlagFigures {
  return figuresOf(countBySnapshot(raised, rows, () => true));
}

/** `flagFigures` of the rows that are members, beside all members and no one else. */
export function figuresWithin(
  raised: Uint8Array,
  rows: FlagRows,
  member: (row: number) => boolean,
): FlagFigures {
  return figuresOf(countBySnapshot(raised, rows, member));
}

/** Counts among the rows that are members. */
export function countBySnapshot(
  raised: Uint8Array,
  { churned, snapshot }: FlagRows,
  member: (row: number) => boolean,
): SnapshotCounts {
  const snapshots = snapshot.reduce((most, at) => Math.max(most, at + 1), 0);
  const counts = {
    accounts: new Int32Array(snapshots),
    churned: new Int32Array(snapshots),
    raised: new Int32Array(snapshots),
    raisedChurned: new Int32Array(snapshots),
  };
  for (let row = 0; row < churned.length; row++) {
    if (!member(row)) continue;
    const at = snapshot[row]!;
    counts.accounts[at]!++;
    counts.churned[at]! += churned[row]!;
    counts.raised[at]! += raised[row]!;
    counts.raisedChurned[at]! += raised[row]! & churned[row]!;
  }
  return counts;
}

/** `flagFigures` of what is already counted. */
export function figuresOf(counts: SnapshotCounts): FlagFigures {
  const accounts = total(counts.raised);
  const churned = total(counts.raisedChurned);
  const allAccounts = total(counts.accounts);
  const allChurned = total(counts.churned);
  const baseRate = accounts > 0 ? expectedChurned(counts) / accounts : share(allChurned, allAccounts);
  const rate = share(churned, accounts);
  return {
    accounts,
    churned,
    rate,
    ...rateInterval(rate, accounts),
    allAccounts,
    allChurned,
    baseRate,
    lift: baseRate > 0 ? rate / baseRate : 1,
    p: chanceOfAsMany(counts),
  };
}

/** Wilson's 95 % interval of a churn rate; all of [0, 1] without accounts. */
export function rateInterval(rate: number, accounts: number): { low: number; high: number } {
  return accounts > 0 ? wilsonInterval(rate, accounts) : { low: 0, high: 1 };
}

/** Chance that so many or more of the raised rows leave when outcomes are dealt anew inside each snapshot. */
function chanceOfAsMany(counts: SnapshotCounts): number {
  return hypergeometricTail(urnsOf(counts, counts.churned), total(counts.raisedChurned));
}

/** Chance that so few or fewer of them leave: that so many or more stay. */
export function chanceOfAsFew(counts: SnapshotCounts): number {
  const stayed = counts.accounts.map((accounts, at) => accounts - counts.churned[at]!);
  return hypergeometricTail(urnsOf(counts, stayed), total(counts.raised) - total(counts.raisedChurned));
}

function urnsOf({ accounts, raised }: SnapshotCounts, successes: Int32Array): Hypergeometric[] {
  return Array.from(accounts, (population, at) => ({
    population,
    successes: successes[at]!,
    draws: raised[at]!,
  }));
}

/** Of the raised rows, how many would leave if each snapshot's rate were theirs. */
function expectedChurned({ accounts, churned, raised }: SnapshotCounts): number {
  return raised.reduce((sum, drawn, at) => sum + (drawn > 0 ? (drawn * churned[at]!) / accounts[at]! : 0), 0);
}

const total = (counts: Int32Array) => counts.reduce((sum, count) => sum + count, 0);
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
