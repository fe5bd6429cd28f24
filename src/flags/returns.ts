import { takeBytes, takeCodes, takeRows } from '../tables/table.js';
import { rateInterval } from './count-figures.js';
import { writeFlag } from './expression.js';
import { type Flag, raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import type { Ledger, ReturnsStep } from './ledger.js';

/** Rows (each an account as of one snapshot), and how many of them left. */
interface Count {
  readonly accounts: number;
  readonly churned: number;
}

/**
 * Crosses flags off one after the other: each step takes the one that, among rows that no earlier one raises, reaches
 * most leavers beyond what the base rate would; of equal ones the first given. It ends when none is left that reaches
 * any.
 *
 * @param options.most steps at most
 * @throws ChurnError `missing-column` when the rows lack a feature of a flag
 * @example
 * const rows = { table, churned, snapshot: new Int32Array(table.rows) };
 * const flags = ['days_since_login >= 14', 'csat < 5', 'overdue_days > 30'].map(parseFlag);
 * for (const { expression, accounts, churnedShare } of crossOff(flags, rows, { most: 2 })) {
 *   console.log(expression, accounts, churnedShare);
 * }
 */
export function crossOff(flags: readonly Flag[], rows: FlagRows, { most = 10 } = {}): ReturnsStep[] {
  const raised = flags.map((flag) => raisedBy(flag, rows.table));
  const all = countAll(rows);
  // In whole numbers, so that a flag that says nothing adds exactly nothing.
  const beyondBase = ({ accounts, churned }: Count) => churned * all.accounts - accounts * all.churned;
  const reached = new Uint8Array(rows.churned.length);
  const order: Flag[] = [];
  while (order.length < most) {
    const gains = raised.map((bytes) => beyondBase(countNew(bytes, reached, rows)));
    const best = indexOfMost(gains);
    if (best < 0) break;
    order.push(flags[best]!);
    markReached(reached, raised[best]!);
  }
  return inOrder(order, rows);
}

/**
 * What each flag adds to those before it, in the order given.
 *
 * @example
 * const rows = { table, churned, snapshot: new Int32Array(table.rows) };
 * const steps = inOrder(['csat < 5', 'csat < 6'].map(parseFlag), rows);
 * steps.map(({ expression }) => expression); // ['csat < 5', 'csat < 6']
 */
export function inOrder(flags: readonly Flag[], rows: FlagRows): ReturnsStep[] {
  const all = countAll(rows);
  const reached = new Uint8Array(rows.churned.length);
  const sum = { accounts: 0, churned: 0 };
  return flags.map((flag) => {
    const raised = raisedBy(flag, rows.table);
    const { accounts, churned } = countNew(raised, reached, rows);
    markReached(reached, raised);
    sum.accounts += accounts;
    sum.churned += churned;
    const rate = share(churned, accounts);
    return {
      expression: writeFlag(flag),
      accounts,
      churned,
      rate,
      ...rateInterval(rate, accounts),
      churnedShare: share(sum.churned, all.churned),
      accountsShare: share(sum.accounts, all.accounts),
    };
  });
}

/** A flag with the churn rate that is believed of its accounts. */
export interface RatedFlag {
  readonly flag: Flag;
  readonly rate: number;
}

/**
 * Orders flags by the leavers beyond the base rate that they let a team reach within what it can contact: each time the
 * one that adds most, counting only rows that no earlier one raises, and no more of them than can still be contacted;
 * of equal ones the first given. Flags that add nothing follow, highest rate first.
 *
 * @param capacity how many of `rows` can be contacted; with rows of several snapshots, all of them together
 * @throws ChurnError `missing-column` when the rows lack a feature of a flag
 */
export function chooseWithin<Rated extends RatedFlag>(
  rated: readonly Rated[],
  rows: FlagRows,
  capacity: number,
): Rated[] {
  const raised = rated.map(({ flag }) => raisedBy(flag, rows.table));
  const all = countAll(rows);
  const baseRate = share(all.churned, all.accounts);
  const reached = new Uint8Array(rows.churned.length);
  const chosen: number[] = [];
  let left = capacity;
  while (left > 0) {
    const contacted = raised.map((bytes) => Math.min(left, countNew(bytes, reached, rows).accounts));
    const best = indexOfMost(contacted.map((accounts, i) => accounts * (rated[i]!.rate - baseRate)));
    if (best < 0) break;
    chosen.push(best);
    left -= contacted[best]!;
    markReached(reached, raised[best]!);
  }
  const behind = rated.filter((_, i) => !chosen.includes(i)).sort((a, b) => b.rate - a.rate);
  return [...chosen.map((i) => rated[i]!), ...behind];
}

/**
 * The rows that raise none of the flags that are already handled. Each of these is listed with all rows that raise it:
 * a row that raises two counts for both.
 *
 * @throws ChurnError `missing-column` when the rows lack a feature of a flag
 * @example
 * const seats = { kind: 'number', name: 'seats', values: Float64Array.of(3, 40, 60) } as const;
 * const all = { table: makeTable([seats]), churned: Uint8Array.of(0, 1, 0), snapshot: new Int32Array(3) };
 * const { rows, handled } = setAside(all, [parseFlag('seats >= 50')]);
 * rows.table.rows; // 2
 * handled; // [{ expression: 'seats >= 50', accounts: 1, churned: 0 }]
 */
export function setAside(
  rows: FlagRows,
  handled: readonly Flag[],
): { rows: FlagRows; handled: Ledger['handled'] } {
  const none = new Uint8Array(rows.churned.length);
  const reached = none.slice();
  const counts = handled.map((flag) => {
    const raised = raisedBy(flag, rows.table);
    markReached(reached, raised);
    return { expression: writeFlag(flag), ...countNew(raised, none, rows) };
  });
  const kept = Int32Array.from(reached.keys()).filter((row) => reached[row] === 0);
  const left = {
    table: takeRows(rows.table, kept),
    churned: takeBytes(rows.churned, kept),
    snapshot: takeCodes(rows.snapshot, kept),
  };
  return { rows: left, handled: counts };
}

function countAll({ churned }: FlagRows): Count {
  return { accounts: churned.length, churned: churned.reduce((sum, left) => sum + left, 0) };
}

/** The raised rows that are not reached yet. */
function countNew(raised: Uint8Array, reached: Uint8Array, rows: FlagRows): Count {
  let accounts = 0;
  let churned = 0;
  for (let row = 0; row < raised.length; row++) {
    const isNew = raised[row]! & ~reached[row]!;
    accounts += isNew;
    churned += isNew & rows.churned[row]!;
  }
  return { accounts, churned };
}

function markReached(reached: Uint8Array, raised: Uint8Array): void {
  for (let row = 0; row < raised.length; row++) reached[row]! |= raised[row]!;
}

/** Where the largest number is that is above zero, the first of equal ones; −1 without any. */
function indexOfMost(gains: readonly number[]): number {
  const most = Math.max(0, ...gains);
  return most > 0 ? gains.indexOf(most) : -1;
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
