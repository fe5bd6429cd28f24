import { solvePositiveDefinite } from '../math/matrix.js';
import { type GroupSums, type ShiftedRows, sumGroups } from './group-sums.js';

/**
 * Penalty on half the squared shifts: so small that mean probability and rate differ by less than one in a million,
 * and enough to settle on one answer where groups say the same (the shift is then shared among them).
 */
const RIDGE = 1e-6;

/** A gap of so many leavers is none. */
const NO_GAP = 1e-9;

/** Steps and halvings, at most; about six steps are usual. */
const MOST_STEPS = 100;

/**
 * The shifts of the log-odds of highest likelihood: logistic regression with the scores as offset on the indicators of
 * the active groups, by Newton's method. In every active group the mean probability is then the churn rate.
 *
 * @param active which groups may shift; the others keep 0
 * @param start shifts to begin from
 */
export function solveShifts(
  rows: ShiftedRows,
  active: readonly number[],
  start: Float64Array,
): { shifts: Float64Array; sums: GroupSums } {
  let shifts = start;
  let sums = sumGroups(rows, shifts);
  for (let step = 0; step < MOST_STEPS; step++) {
    const slope = Float64Array.from(active, (g) => sums.gaps[g]! - RIDGE * shifts[g]!);
    if (slope.every((each) => Math.abs(each) < NO_GAP)) break;
    const direction = solvePositiveDefinite(steepness(sums, active, shifts.length), slope);
    const next = direction && descend(rows, active, shifts, sums, direction);
    if (!next) break;
    ({ shifts, sums } = next);
  }
  return { shifts, sums };
}

function steepness({ variances }: GroupSums, active: readonly number[], count: number): Float64Array {
  const matrix = active.flatMap((g) => active.map((h) => variances[g * count + h]! + (g === h ? RIDGE : 0)));
  return Float64Array.from(matrix);
}

/** The step, halved until it does not raise the penalised loss; `null` when rounding hides all improvement. */
function descend(
  rows: ShiftedRows,
  active: readonly number[],
  shifts: Float64Array,
  sums: GroupSums,
  direction: Float64Array,
): { shifts: Float64Array; sums: GroupSums } | null {
  const before = penalised(sums, shifts);
  for (let share = 1; share > 1e-9; share /= 2) {
    const moved = Float64Array.from(shifts);
    active.forEach((g, i) => {
      moved[g]! += share * direction[i]!;
    });
    const after = sumGroups(rows, moved);
    if (penalised(after, moved) <= before * (1 + 1e-14)) return { shifts: moved, sums: after };
  }
  return null;
}

function penalised({ loss }: GroupSums, shifts: Float64Array): number {
  return loss + (RIDGE / 2) * shifts.reduce((sum, shift) => sum + shift * shift, 0);
}
