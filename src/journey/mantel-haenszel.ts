import { twoSidedTail } from '../math/normal-tail.js';

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;
/** Expected accounts that each cell of "fact by outcome" needs (Cochran's rule); with fewer, no p-value is trusted. */
const LEAST_EXPECTED = 5;

/** Rows to compare. Where `holds` or `stratum` is -1 the row is left out. */
export interface StratifiedRows {
  /** 1 or 0 per row. */
  readonly churned: Uint8Array;
  /** Whether the fact holds: 1, 0 or -1 (not known). */
  readonly holds: Int8Array;
  /** Which stratum, from 0. */
  readonly stratum: Int32Array;
  readonly strata: number;
  readonly byAccount: AccountOrder;
}

/** Rows so that those of one account stand together. */
export interface AccountOrder {
  readonly order: Int32Array;
  /** Which account a row is of, from 0; by row, not by place in the order. */
  readonly account: Int32Array;
  readonly accounts: number;
}

/** By how much leaving is more frequent where a fact holds. */
export interface RiskDifference {
  /** Churn rate where it holds minus churn rate where it does not, in [-1, 1]; `NaN` where it holds for all or none. */
  readonly difference: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Chance of a difference at least so far from 0, on either side, when there is none; 1 with too few accounts. */
  readonly p: number;
  readonly rows: number;
}

export interface StratifiedDifference {
  /** Averaged over the strata with Mantel and Haenszel's weights. */
  readonly adjusted: RiskDifference;
  /** Inside each stratum. */
  readonly strata: readonly RiskDifference[];
}

/** The order of rows in which {@link riskDifferences} wants them. */
export function orderByAccount(account: Int32Array): AccountOrder {
  const order = account.map((_, row) => row).sort((a, b) => account[a]! - account[b]!);
  return { order, account, accounts: new Set(account).size };
}

/**
 * Risk differences of a fact inside strata, and averaged over them with Mantel and Haenszel's weights `n₁ n₀ ÷ n`.
 * Strata in which the fact holds for all or for none say nothing.
 *
 * The intervals have Greenland and Robins' variance, the p-values are those of the Cochran–Mantel–Haenszel test without
 * continuity correction. Both variances are multiplied by the design effect of accounts with several rows, whose
 * surprises are added before they are squared: an account seen at twelve snapshots counts as one, not as twelve.
 *
 * @see https://doi.org/10.2307/2530643 Greenland and Robins (1985)
 */
export function riskDifferences(rows: StratifiedRows): StratifiedDifference {
  const strata = countStrata(rows);
  const surprise = squaredSurprise(rows, strata);
  const accountsPerRow = Math.min(1, rows.byAccount.accounts / rows.churned.length);
  return {
    adjusted: average(strata, surprise.all, accountsPerRow),
    strata: strata.map((stratum, k) => average([stratum], surprise.inside[k]!, accountsPerRow)),
  };
}

interface Arm {
  rows: number;
  churned: number;
}

interface Stratum {
  readonly held: Arm;
  readonly not: Arm;
}

function countStrata({ churned, holds, stratum, strata }: StratifiedRows): Stratum[] {
  const counts = Array.from({ length: strata }, () => ({
    held: { rows: 0, churned: 0 },
    not: { rows: 0, churned: 0 },
  }));
  for (let row = 0; row < churned.length; row++) {
    if (holds[row]! < 0 || stratum[row]! < 0) continue;
    const { held, not } = counts[stratum[row]!]!;
    const arm = holds[row] === 1 ? held : not;
    arm.rows++;
    arm.churned += churned[row]!;
  }
  return counts;
}

const saysSomething = ({ held, not }: Stratum) => held.rows > 0 && not.rows > 0;
const rowsOf = ({ held, not }: Stratum) => held.rows + not.rows;
const weightOf = (stratum: Stratum) => (stratum.held.rows * stratum.not.rows) / rowsOf(stratum);
const rateOf = ({ rows, churned }: Arm) => churned / rows;

function average(strata: readonly Stratum[], surprise: Surprise, accountsPerRow: number): RiskDifference {
  const told = strata.filter(saysSomething);
  if (told.length === 0) return { difference: Number.NaN, low: Number.NaN, high: Number.NaN, p: 1, rows: 0 };
  const weights = sumOf(told, weightOf);
  const difference = sumOf(told, (s) => weightOf(s) * (rateOf(s.held) - rateOf(s.not))) / weights;
  const error = Math.sqrt(surprise.byAccount) / weights;
  const designEffect = surprise.byRow > 0 ? surprise.byAccount / surprise.byRow : 1;
  const chanceError = Math.sqrt(sumOf(told, chanceVariance) * designEffect) / weights;
  return {
    difference,
    low: Math.max(-1, difference - Z * error),
    high: Math.min(1, difference + Z * error),
    p: leastExpected(told) * accountsPerRow >= LEAST_EXPECTED ? twoSidedTail(difference / chanceError) : 1,
    rows: sumOf(told, rowsOf),
  };
}

/** Of the weighted difference without association, churners and holders being given (hypergeometric). */
function chanceVariance(stratum: Stratum): number {
  const n = rowsOf(stratum);
  const rate = (stratum.held.churned + stratum.not.churned) / n;
  return (weightOf(stratum) * rate * (1 - rate) * n) / (n - 1);
}

/** The least expected cell, added over the strata: Mantel and Fleiss' criterion in its plain form. */
function leastExpected(strata: readonly Stratum[]): number {
  const cell = (arm: 'held' | 'not', share: (rate: number) => number) =>
    sumOf(strata, (s) => s[arm].rows * share((s.held.churned + s.not.churned) / rowsOf(s)));
  const leaving = (rate: number) => rate;
  const staying = (rate: number) => 1 - rate;
  return Math.min(cell('held', leaving), cell('held', staying), cell('not', leaving), cell('not', staying));
}

/** Sum of the squares of what rows, or accounts, add to a weighted difference beyond what their arm's rate would. */
interface Surprise {
  byRow: number;
  byAccount: number;
}

function squaredSurprise(
  { churned, holds, stratum, byAccount }: StratifiedRows,
  strata: readonly Stratum[],
): { all: Surprise; inside: readonly Surprise[] } {
  const all: Surprise = { byRow: 0, byAccount: 0 };
  const inside = strata.map((): Surprise => ({ byRow: 0, byAccount: 0 }));
  const told = strata.map(saysSomething);
  const pushed = new Float64Array(strata.length);
  const closeAccount = () => {
    let sum = 0;
    for (let k = 0; k < pushed.length; k++) {
      sum += pushed[k]!;
      inside[k]!.byAccount += pushed[k]! ** 2;
    }
    all.byAccount += sum ** 2;
    pushed.fill(0);
  };
  let open = -1;
  for (const row of byAccount.order) {
    const k = stratum[row]!;
    if (holds[row]! < 0 || k < 0 || !told[k]) continue;
    if (byAccount.account[row] !== open) closeAccount();
    open = byAccount.account[row]!;
    const { held, not } = strata[k]!;
    const rows = held.rows + not.rows;
    const push =
      holds[row] === 1
        ? (not.rows / rows) * (churned[row]! - held.churned / held.rows)
        : (-held.rows / rows) * (churned[row]! - not.churned / not.rows);
    pushed[k]! += push;
    inside[k]!.byRow += push ** 2;
    all.byRow += push ** 2;
  }
  closeAccount();
  return { all, inside };
}

function sumOf(strata: readonly Stratum[], value: (stratum: Stratum) => number): number {
  return strata.reduce((sum, stratum) => sum + value(stratum), 0);
}
