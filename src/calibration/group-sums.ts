import { scoreLoss } from '../math/log-loss.js';
import { sigmoid } from '../models/model.js';

/** Rows of one combination of groups, all of which a set of shifts moves alike. */
export interface Combinations {
  /** The combination of each row. */
  readonly of: Int32Array;
  /** The groups of each combination, ascending. */
  readonly groups: readonly (readonly number[])[];
}

/** Which combinations of groups there are. */
export function combineGroups(members: readonly Uint8Array[], rows: number): Combinations {
  const numbers = new Map<string, number>();
  const groups: number[][] = [];
  const of = Int32Array.from({ length: rows }, (_, row) => {
    const own = members.flatMap((inside, group) => (inside[row] ? [group] : []));
    const key = own.join();
    const number = numbers.get(key) ?? groups.push(own) - 1;
    numbers.set(key, number);
    return number;
  });
  return { of, groups };
}

/** Rows whose log-odds are to be shifted by group. */
export interface ShiftedRows {
  /** Log-odds before any shift. */
  readonly scores: Float64Array;
  readonly churned: Uint8Array;
  /** As if each row stood there so often. */
  readonly weights: Float64Array;
  readonly combinations: Combinations;
}

/** What shifted rows add up to, by group. */
export interface GroupSums {
  /** Leavers less those expected. */
  readonly gaps: Float64Array;
  /** Variance of that gap by chance: Σ p (1 − p) over the rows that two groups share, `[g * groups + h]`. */
  readonly variances: Float64Array;
  /** Sum of the rows' log losses, in nats. */
  readonly loss: number;
}

/** Adds up the rows after the shifts, one per group. */
export function sumGroups(
  { scores, churned, weights, combinations }: ShiftedRows,
  shifts: Float64Array,
): GroupSums {
  const moves = movesOf(combinations, shifts);
  const gaps = new Float64Array(moves.length);
  const variances = new Float64Array(moves.length);
  let loss = 0;
  for (let row = 0; row < scores.length; row++) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    const at = combinations.of[row]!;
    const score = scores[row]! + moves[at]!;
    const p = sigmoid(score);
    gaps[at]! += weight * (churned[row]! - p);
    variances[at]! += weight * p * (1 - p);
    loss += weight * scoreLoss(score, churned[row]!);
  }
  return { ...spread(combinations, shifts.length, gaps, variances), loss };
}

/** Log loss of each row after the shifts, in nats, as often as the row counts. */
export function lossesOf(
  { scores, churned, weights, combinations }: ShiftedRows,
  shifts: Float64Array,
): Float64Array {
  const moves = movesOf(combinations, shifts);
  return scores.map(
    (score, row) => weights[row]! * scoreLoss(score + moves[combinations.of[row]!]!, churned[row]!),
  );
}

/** What the shifts of its groups add up to, for each combination. */
export function movesOf({ groups }: Combinations, shifts: Float64Array): Float64Array {
  return Float64Array.from(groups, (own) => own.reduce((sum, group) => sum + shifts[group]!, 0));
}

/** Sums of combinations as sums of groups. */
function spread(
  { groups }: Combinations,
  count: number,
  gapsWithin: Float64Array,
  variancesWithin: Float64Array,
): Pick<GroupSums, 'gaps' | 'variances'> {
  const gaps = new Float64Array(count);
  const variances = new Float64Array(count * count);
  groups.forEach((own, at) => {
    for (const g of own) {
      gaps[g]! += gapsWithin[at]!;
      for (const h of own) variances[g * count + h]! += variancesWithin[at]!;
    }
  });
  return { gaps, variances };
}
