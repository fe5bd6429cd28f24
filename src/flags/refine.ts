import { type Condition, conditionTest } from '../models/condition.js';
import { columnNamed, type NumberColumn } from '../tables/table.js';
import type { Flag } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import { countsDays, lowerSide, upperSide } from './search/condition-grid.js';
import { friendlyCuts } from './search/friendly-cuts.js';
import { isAbove, logTable, quality } from './search/quality.js';

/** Every hundredth of the rows. */
const SHARES = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const LEEWAY = 0.005;
/** Rounds through all conditions; most flags rest after two. */
const MOST_ROUNDS = 4;

/**
 * Moves the thresholds of a flag, one after the other, to where it is strongest: above the base rate and above the rest of
 * each of its parts, whichever is the least. The search looked at a coarse grid; here thresholds are any hundredth of the
 * rows, as round as it allows. That fits the flag to these rows: its figures are to be had from others.
 *
 * @param least fewest rows that raise it
 */
export function refineThresholds(flag: Flag, rows: FlagRows, least: number): Flag {
  const scale = scaleOf(rows);
  let { conditions } = flag;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = conditions;
    conditions.forEach((_, place) => {
      conditions = conditions.with(place, strongest(conditions, place, rows, scale, least));
    });
    if (conditions.every((condition, i) => condition === before[i])) break;
  }
  return { conditions };
}

interface Scale {
  readonly table: Float64Array;
  readonly rows: number;
  readonly leavers: number;
}

function scaleOf({ churned }: FlagRows): Scale {
  return {
    table: logTable(churned.length),
    rows: churned.length,
    leavers: churned.reduce((sum, y) => sum + y, 0),
  };
}

/** The condition at that place with the strongest threshold; itself when none is stronger. */
function strongest(
  conditions: readonly Condition[],
  place: number,
  rows: FlagRows,
  scale: Scale,
  least: number,
): Condition {
  const condition = conditions[place]!;
  const column = columnNamed(rows.table, condition.feature);
  if (column.kind !== 'number' || !('threshold' in condition)) return condition;
  const near = nearRows(conditions, place, rows, column);
  const strengthOf = (one: Condition) => strengthWith(one, near, column, scale, conditions.length, least);
  let best: Condition = condition;
  let most = strengthOf(condition);
  for (const cut of sameSide(condition, column)) {
    const strength = strengthOf(cut);
    if (strength > most) [best, most] = [cut, strength];
  }
  return best;
}

/** All conditions on the column that look to the same side. */
function sameSide({ test }: Condition, { name, values }: NumberColumn): Condition[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const cuts = friendlyCuts(known, SHARES, { countsDays: countsDays(name), leeway: LEEWAY });
  const side = test === 'below' || test === 'at-most' ? lowerSide : upperSide;
  return cuts.map((cut) => side(name, cut));
}

/** A row that a change of one condition may matter for. */
interface NearRow {
  readonly row: number;
  readonly churned: number;
  /** The only other condition that fails; −1 when none does. */
  readonly fails: number;
}

/** Rows for which at most one of the other conditions fails. */
function nearRows(
  conditions: readonly Condition[],
  place: number,
  { table, churned }: FlagRows,
  { values }: NumberColumn,
): NearRow[] {
  const tests = conditions.map((one) => conditionTest(one, columnNamed(table, one.feature)));
  const near: NearRow[] = [];
  for (let row = 0; row < churned.length; row++) {
    if (Number.isNaN(values[row]!)) continue;
    const failing = tests.flatMap((holds, i) => (i !== place && !holds(row) ? [i] : []));
    if (failing.length <= 1) near.push({ row, churned: churned[row]!, fails: failing[0] ?? -1 });
  }
  return near;
}

/** The least quality of the flag against all rows and each of its parts; −1 where it is not above them. */
function strengthWith(
  condition: Condition,
  near: readonly NearRow[],
  column: NumberColumn,
  { table, rows, leavers }: Scale,
  count: number,
  least: number,
): number {
  const holds = conditionTest(condition, column);
  // By which other condition fails, from 1; in place 0 the rows that raise the flag.
  const inside = new Float64Array(count + 1);
  const left = new Float64Array(count + 1);
  let [allInside, allLeft] = [0, 0];
  for (const { row, churned, fails } of near) {
    if (fails < 0) {
      allInside++;
      allLeft += churned;
    }
    if (!holds(row)) continue;
    inside[fails + 1]!++;
    left[fails + 1]! += churned;
  }
  const [n, k] = [inside[0]!, left[0]!];
  if (n < least) return -1;
  const against = (all: number, churned: number) =>
    isAbove(all, churned, n, k) ? quality(table, all, churned, n, k) : -1;
  let strength = Math.min(against(rows, leavers), n === allInside ? Infinity : against(allInside, allLeft));
  for (let other = 1; other <= count; other++) {
    if (inside[other]! > 0) strength = Math.min(strength, against(n + inside[other]!, k + left[other]!));
  }
  return strength;
}
