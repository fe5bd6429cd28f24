import { type Matrix, makeMatrix, matrixColumn } from '../math/matrix.js';
import { type Discrimination, discriminate } from './discrimination.js';

/** The subjects that were active so many days before their date of leaving. */
export interface Look {
  readonly daysBefore: number;
  /** Rising numbers. Whoever was active earlier was so later: looks nearer to leaving hold all of those further off. */
  readonly subjects: Int32Array;
  readonly isLeaver: Uint8Array;
  /** Number of each subject's account, from 0; subjects of one account are no independent evidence. */
  readonly accounts: Int32Array;
}

/** How one indicator tells leavers from stayers, by days before leaving. */
export interface DiscriminationCurve {
  /** Days before leaving at which enough subjects have a value, rising. */
  readonly days: Float64Array;
  /** AUC among all subjects of each day, and its standard error by account. */
  readonly auc: Float64Array;
  readonly standardErrors: Float64Array;
  /** Lift of the fifth with the highest, and with the lowest values. */
  readonly liftHigh: Float64Array;
  readonly liftLow: Float64Array;
  /**
   * AUC in which each step from one day to the next compares the same subjects, as a chain of index numbers does:
   * without it, a curve would move when young accounts join. It starts from the AUC of the furthest day.
   */
  readonly linked: Float64Array;
  /** What each account (row) adds to `linked` on each day (column) when it is drawn once more. */
  readonly pulls: Matrix;
}

/** With fewer leavers or stayers an AUC is chance: its standard error is above 0.06. */
const LEAST_SUBJECTS = 20;

interface SeenDay {
  readonly look: Look;
  readonly values: Float64Array;
  readonly found: Discrimination;
}

/**
 * The curve of an indicator.
 *
 * @param looks nearest to leaving first
 * @param values for each look the indicator's values, in the order of its subjects; `NaN` is no value
 * @param accounts number of different accounts
 */
export function discriminationCurve(
  looks: readonly Look[],
  values: readonly Float64Array[],
  accounts: number,
): DiscriminationCurve {
  const seen = looks.flatMap((look, index): SeenDay[] => {
    const found = discriminate(values[index]!, look.isLeaver);
    const isEnough = found !== null && Math.min(found.leavers, found.stayers) >= LEAST_SUBJECTS;
    return isEnough ? [{ look, values: values[index]!, found }] : [];
  });
  return {
    days: Float64Array.from(seen, ({ look }) => look.daysBefore),
    auc: Float64Array.from(seen, ({ found }) => found.auc),
    standardErrors: Float64Array.from(seen, ({ look, found }) =>
      Math.sqrt(
        pullsOfAccounts(look.accounts, found.pulls, accounts).reduce((sum, pull) => sum + pull * pull, 0),
      ),
    ),
    liftHigh: Float64Array.from(seen, ({ found }) => found.liftHigh),
    liftLow: Float64Array.from(seen, ({ found }) => found.liftLow),
    ...linkDays(seen, accounts),
  };
}

function linkDays(seen: readonly SeenDay[], accounts: number): Pick<DiscriminationCurve, 'linked' | 'pulls'> {
  const linked = new Float64Array(seen.length);
  const pulls = makeMatrix(accounts, seen.length);
  for (let day = seen.length - 1; day >= 0; day--) {
    const { look, found, values } = seen[day]!;
    const further = seen[day + 1];
    const ofDay = matrixColumn(pulls, day);
    if (!further) {
      linked[day] = found.auc;
      ofDay.set(pullsOfAccounts(look.accounts, found.pulls, accounts));
      continue;
    }
    const same = discriminate(valuesOf(further.look.subjects, look.subjects, values), further.look.isLeaver);
    const step = same ? same.auc - further.found.auc : 0;
    linked[day] = linked[day + 1]! + step;
    ofDay.set(matrixColumn(pulls, day + 1));
    if (!same) continue;
    for (let i = 0; i < same.pulls.length; i++) {
      ofDay[further.look.accounts[i]!]! += same.pulls[i]! - further.found.pulls[i]!;
    }
  }
  return { linked, pulls };
}

/** The values of some of the subjects; both lists rise. */
function valuesOf(some: Int32Array, all: Int32Array, values: Float64Array): Float64Array {
  const picked = new Float64Array(some.length);
  for (let i = 0, at = 0; i < some.length; i++) {
    while (all[at]! < some[i]!) at++;
    picked[i] = values[at]!;
  }
  return picked;
}

function pullsOfAccounts(accountOf: Int32Array, pulls: Float64Array, accounts: number): Float64Array {
  const sums = new Float64Array(accounts);
  for (let i = 0; i < pulls.length; i++) sums[accountOf[i]!]! += pulls[i]!;
  return sums;
}
