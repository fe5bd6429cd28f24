import { z } from 'zod';
import { ChurnError } from '../errors.js';
import type { Random } from '../math/random.js';
import { type Condition, conditionSchema, rowsMeeting } from '../models/condition.js';
import { logit, sigmoid } from '../models/model.js';
import { stratifiedFolds } from '../splits/folds.js';
import type { Table } from '../tables/table.js';
import { combineGroups, type GroupSums, lossesOf, type ShiftedRows } from './group-sums.js';
import { solveShifts } from './solve-shifts.js';

/** A group with fewer accounts is not shifted. */
const FEWEST_ACCOUNTS = 20;
/** Nor one with fewer leavers or fewer stayers: the shift's standard error is about √(1 / leavers + 1 / stayers). */
const FEWEST_OF_EACH = 5;
/** Gaps between leavers and expected leavers up to so many standard errors are put down to chance. */
const LEAST_ERRORS = 1;
/** Standard errors by which mean and rate of a flag differ beyond binomial error (95 %). */
const FLAG_ERRORS = 1.96;
const FOLDS = 5;

const groupKind = z.enum(['flag', 'stage', 'segment', 'all']);

/** A group whose log-odds are shifted, and what was seen in it where the shift was learned. */
export const groupShiftSchema = z.strictObject({
  name: z.string(),
  /** `flag`: a confirmed fact. `all`: every row. */
  kind: groupKind,
  /** A row belongs to the group when all hold; all rows do when there is none. */
  conditions: z.array(conditionSchema),
  /** What its rows' log-odds move by. A row in several groups moves by the sum. */
  shift: z.number(),
  rows: z.number(),
  /** Mean probability of its rows before any shift, and their churn rate, which is the mean after. */
  meanBefore: z.number(),
  rate: z.number(),
});
export type GroupShift = z.infer<typeof groupShiftSchema>;

/** The groups that are shifted, in the order in which they were given; empty when none is. */
export const fittedGroupShiftsSchema = z.array(groupShiftSchema);
export type FittedGroupShifts = z.infer<typeof fittedGroupShiftsSchema>;

/** A group inside which probabilities should be right. */
export interface ShiftGroup {
  readonly name: string;
  readonly kind: GroupShift['kind'];
  readonly conditions: readonly Condition[];
  /** 1 for its rows. */
  readonly members: Uint8Array;
}

export interface GroupShiftOptions {
  /** Deals the folds that stages and segments prove themselves on. */
  readonly random: Random;
  /** Rows of one number are one account: they stay in one fold, and count once where a group must be large enough. */
  readonly clusters?: Int32Array | null;
  /** One per row, as if the row stood there so often; 0 leaves it out. */
  readonly weights?: Float64Array | null;
}

/**
 * Learns by how much to shift the log-odds inside groups, so that in each the mean probability is the churn rate. A
 * model that adds up effects is wrong where three harmless facts together are not; a shift puts the level right and
 * leaves the order inside the group alone.
 *
 * A flag, which was found and confirmed before, is shifted where mean and rate differ beyond binomial error, by more than
 * 1.96 standard errors √Σp(1−p): a model that is right inside it already is left alone. Any other group must earn its
 * shift: while the gap of one exceeds a standard error, the one with most is tried, and kept when the cross-validated log
 * loss with it is lower by more than one paired standard error, which takes a gap of about 2.7. (A model knows stages and
 * segments as features, so most gaps are chance; kept for any lower loss, one group in six would be shifted for nothing.)
 * The group of all rows goes with the others, so that what a flag gains the rest loses and the total stays right; alone it
 * is not used. Groups of fewer than 20 accounts, 5 leavers or 5 stayers are left alone. All shifts are those of highest
 * likelihood together, so groups may overlap or lie in each other.
 *
 * @param probabilities calibrated, of rows that their model did not see
 * @throws ChurnError `bad-table` when lengths differ
 * @see Hébert-Johnson et al. 2018, https://arxiv.org/abs/1711.08513 (multicalibration); Kim, Ghorbani & Zou 2019,
 * https://arxiv.org/abs/1805.12317 (multiaccuracy): many small steps there are one regression here
 * @example
 * const conditions = parseFlag('days_since_login >= 14').conditions;
 * const flag: ShiftGroup = {
 *   name: 'silent',
 *   kind: 'flag',
 *   conditions,
 *   members: raisedBy({ conditions }, table),
 * };
 * const shifts = fitGroupShifts(probabilities, churned, [flag], { random: seededRandom(7) });
 * const shifted = applyGroupShifts(shifts, probabilities, table);
 */
export function fitGroupShifts(
  probabilities: Float64Array,
  churned: Uint8Array,
  groups: readonly ShiftGroup[],
  { random, clusters = null, weights = null }: GroupShiftOptions,
): FittedGroupShifts {
  requireLengths(probabilities, churned, groups);
  const able = groups.filter(({ members }) => isLargeEnough(members, churned, weights, clusters));
  const rows: ShiftedRows = {
    scores: probabilities.map(logit),
    churned,
    weights: weights ?? new Float64Array(churned.length).fill(1),
    combinations: combineGroups(
      able.map(({ members }) => members),
      churned.length,
    ),
  };
  const { active, shifts } = chooseGroups(rows, able, dealFolds(churned, clusters, random), clusters);
  if (active.every((g) => able[g]!.kind === 'all')) return [];
  return active.map((g) => ({ ...describe(able[g]!, probabilities, rows), shift: shifts[g]! }));
}

function requireLengths(
  probabilities: Float64Array,
  churned: Uint8Array,
  groups: readonly ShiftGroup[],
): void {
  const wrong = [probabilities, ...groups.map(({ members }) => members)].find(
    ({ length }) => length !== churned.length,
  );
  if (!wrong) return;
  throw new ChurnError(
    'bad-table',
    `fitGroupShifts: ${churned.length} outcomes with ${wrong.length} probabilities or members of a group; one each is needed`,
  );
}

function isLargeEnough(
  members: Uint8Array,
  churned: Uint8Array,
  weights: Float64Array | null,
  clusters: Int32Array | null,
): boolean {
  const rows = [...members.keys()].filter((row) => members[row] === 1 && weights?.[row] !== 0);
  const count = (counted: readonly number[]) =>
    clusters
      ? new Set(counted.map((row) => clusters[row])).size
      : counted.reduce((sum, row) => sum + (weights?.[row] ?? 1), 0);
  const [stayers, leavers] = [0, 1].map((outcome) => count(rows.filter((row) => churned[row] === outcome)));
  return count(rows) >= FEWEST_ACCOUNTS && Math.min(stayers!, leavers!) >= FEWEST_OF_EACH;
}

/** The fold of each row, `null` where one fold would be all. */
function dealFolds(churned: Uint8Array, clusters: Int32Array | null, random: Random): Uint8Array | null {
  const folds = Math.min(FOLDS, clusters ? new Set(clusters).size : churned.length);
  return folds < 2 ? null : stratifiedFolds(churned, clusters, folds, random);
}

/** All rows from the start, flags while they are off, and other groups one by one as they earn it. */
function chooseGroups(
  rows: ShiftedRows,
  groups: readonly ShiftGroup[],
  fold: Uint8Array | null,
  clusters: Int32Array | null,
): { active: readonly number[]; shifts: Float64Array } {
  const waiting = new Set(groups.keys());
  let active = [...waiting].filter((g) => groups[g]!.kind === 'all');
  for (const g of active) waiting.delete(g);
  let { shifts, sums } = solveShifts(rows, active, new Float64Array(groups.length));
  const offFlag = () =>
    mostViolating(sums, new Set([...waiting].filter((g) => groups[g]!.kind === 'flag')), FLAG_ERRORS);
  for (let flag = offFlag(); flag !== null; flag = offFlag()) {
    waiting.delete(flag);
    active = [...active, flag].sort((a, b) => a - b);
    ({ shifts, sums } = solveShifts(rows, active, shifts));
  }
  let losses: Float64Array | null = null;
  while (fold !== null) {
    const candidate = mostViolating(sums, waiting, LEAST_ERRORS);
    if (candidate === null) break;
    waiting.delete(candidate);
    losses ??= crossValidatedLosses(rows, active, shifts, fold);
    const more = [...active, candidate].sort((a, b) => a - b);
    const lossesWith = crossValidatedLosses(rows, more, shifts, fold);
    if (!isBetter(lossesWith, losses, clusters)) continue;
    active = more;
    losses = lossesWith;
    ({ shifts, sums } = solveShifts(rows, active, shifts));
  }
  return { active, shifts };
}

/** Of the waiting groups the one whose gap is the most standard errors; `null` when none is of more than `least`. */
function mostViolating(
  { gaps, variances }: GroupSums,
  waiting: ReadonlySet<number>,
  least: number,
): number | null {
  let worst: number | null = null;
  let most = least;
  for (const g of waiting) {
    const errors = Math.abs(gaps[g]!) / Math.sqrt(variances[g * gaps.length + g]!);
    if (errors > most) [worst, most] = [g, errors];
  }
  return worst;
}

/** Log losses of all rows, each with shifts that were learned without its fold. */
function crossValidatedLosses(
  rows: ShiftedRows,
  active: readonly number[],
  start: Float64Array,
  fold: Uint8Array,
): Float64Array {
  const folds = fold.reduce((most, own) => Math.max(most, own), 0) + 1;
  const losses = new Float64Array(fold.length);
  for (let held = 0; held < folds; held++) {
    const { shifts } = solveShifts(
      withWeights(rows, (row) => fold[row] !== held),
      active,
      start,
    );
    lossesOf(rows, shifts).forEach((loss, row) => {
      if (fold[row] === held) losses[row] = loss;
    });
  }
  return losses;
}

/** Whether the losses are lower by more than one standard error of the paired differences of accounts. */
function isBetter(losses: Float64Array, others: Float64Array, clusters: Int32Array | null): boolean {
  const gains = new Map<number, number>();
  losses.forEach((loss, row) => {
    const account = clusters?.[row] ?? row;
    gains.set(account, (gains.get(account) ?? 0) + others[row]! - loss);
  });
  const all = [...gains.values()];
  const gain = all.reduce((sum, one) => sum + one, 0);
  const variance = all.reduce((sum, one) => sum + (one - gain / all.length) ** 2, 0);
  return gain > Math.sqrt(variance);
}

function withWeights(rows: ShiftedRows, counts: (row: number) => boolean): ShiftedRows {
  return { ...rows, weights: rows.weights.map((weight, row) => (counts(row) ? weight : 0)) };
}

function describe(
  { name, kind, conditions, members }: ShiftGroup,
  probabilities: Float64Array,
  { churned, weights }: ShiftedRows,
): Omit<GroupShift, 'shift'> {
  let [rows, expected, leavers] = [0, 0, 0];
  members.forEach((inside, row) => {
    if (!inside) return;
    rows += weights[row]!;
    expected += weights[row]! * probabilities[row]!;
    leavers += weights[row]! * churned[row]!;
  });
  return {
    name,
    kind,
    conditions: [...conditions],
    rows,
    meanBefore: expected / rows,
    rate: leavers / rows,
  };
}

/**
 * The probabilities after the shifts, in row order. Rows of no shifted group keep theirs to the last bit.
 *
 * @throws ChurnError `missing-column` when the table lacks a feature of a group
 * @example
 * const conditions = parseFlag('days_since_login >= 14').conditions;
 * const flag: ShiftGroup = {
 *   name: 'silent',
 *   kind: 'flag',
 *   conditions,
 *   members: raisedBy({ conditions }, table),
 * };
 * const shifts = fitGroupShifts(probabilities, churned, [flag], { random: seededRandom(7) });
 * const shifted = applyGroupShifts(shifts, probabilities, table);
 */
export function applyGroupShifts(
  fitted: FittedGroupShifts,
  probabilities: Float64Array,
  table: Table,
): Float64Array {
  const moves = new Float64Array(probabilities.length);
  for (const { conditions, shift } of fitted) {
    rowsMeeting(conditions, table).forEach((inside, row) => {
      if (inside) moves[row]! += shift;
    });
  }
  return probabilities.map((p, row) => (moves[row] === 0 ? p : sigmoid(logit(p) + moves[row]!)));
}
