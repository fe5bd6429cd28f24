import { type Condition, conditionTest } from '../models/condition.js';
import { columnNamed, type NumberColumn } from '../tables/table.js';
import { type Flag, raisedBy } from './flag.js';
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
 * Moves each threshold of a flag, the others held, to where its two sides differ most: among the rows that all other
 * conditions hold for, the threshold of the greatest likelihood of one churn rate above it and another below. The search
 * looked at a coarse grid; here thresholds are any hundredth of the rows, as round as it allows. That fits the flag to
 * these rows: its figures are to be had from others.
 *
 * @param least fewest rows that raise it
 */
export function refineThresholds(flag: Flag, rows: FlagRows, least: number): Flag {
  const table = logTable(rows.churned.length);
  let { conditions } = flag;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = conditions;
    conditions.forEach((_, place) => {
      conditions = conditions.with(place, likeliest(conditions, place, rows, table, least));
    });
    if (conditions.every((condition, i) => condition === before[i])) break;
  }
  return { conditions };
}

/** The condition at that place with the likeliest threshold; itself when none is likelier. */
function likeliest(
  conditions: readonly Condition[],
  place: number,
  rows: FlagRows,
  table: Float64Array,
  least: number,
): Condition {
  const condition = conditions[place]!;
  const column = columnNamed(rows.table, condition.feature);
  if (column.kind !== 'number' || !('threshold' in condition)) return condition;
  const others = rowsOf(conditions.toSpliced(place, 1), rows).filter(
    (row) => !Number.isNaN(column.values[row]!),
  );
  const all = leaversOf(others, rows);
  let best: Condition = condition;
  let most = likelihoodOf(condition);
  for (const cut of sameSide(condition, column)) {
    const likelihood = likelihoodOf(cut);
    if (likelihood > most) [best, most] = [cut, likelihood];
  }
  return best;

  function likelihoodOf(cut: Condition): number {
    const holds = conditionTest(cut, column);
    const inside = others.filter(holds);
    const left = leaversOf(inside, rows);
    if (inside.length < least || !isAbove(others.length, all, inside.length, left)) return -1;
    return quality(table, others.length, all, inside.length, left);
  }
}

function rowsOf(conditions: readonly Condition[], { table, churned }: FlagRows): Int32Array {
  const raised = raisedBy({ conditions: [...conditions] }, table);
  return Int32Array.from(churned.keys()).filter((row) => raised[row] === 1);
}

function leaversOf(members: Int32Array, { churned }: FlagRows): number {
  return members.reduce((sum, row) => sum + churned[row]!, 0);
}

/** All conditions on the column that look to the same side. */
function sameSide({ test }: Condition, { name, values }: NumberColumn): Condition[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const cuts = friendlyCuts(known, SHARES, { countsDays: countsDays(name), leeway: LEEWAY });
  const side = test === 'below' || test === 'at-most' ? lowerSide : upperSide;
  return cuts.map((cut) => side(name, cut));
}
