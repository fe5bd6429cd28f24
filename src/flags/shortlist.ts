import { wilsonInterval } from '../evaluation/reliability.js';
import type { Conjunction } from './search/counter.js';
import { type Grid, holdsFor } from './search/grid.js';
import { isAbove, logTable, quality } from './search/quality.js';

/** Share of its rows that no flag before it raises. */
const LEAST_SHARE = 0.5;
/** How far the rows that no flag before it raises must stand out by themselves: two standard errors, in nats. */
const LEAST_FRESH = 2;

/**
 * The distinct ones of some conjunctions, in their order: at least half of the rows of each must be raised by none before
 * it, and stand out by themselves. A near-duplicate has no such rows, and a conjunction that holds another's fact among
 * harmless rows has none that leave more often.
 */
export function distinctConjunctions(
  conjunctions: readonly Conjunction[],
  grid: Grid,
  churned: Uint8Array,
  most: number,
): Conjunction[] {
  const table = logTable(grid.rows);
  const taken = new Uint8Array(grid.rows);
  const free = { rows: grid.rows, leavers: churned.reduce((sum, y) => sum + y, 0) };
  const members = grid.conditions.map((condition) =>
    Int32Array.from(taken.keys()).filter((row) => holdsFor(grid, condition, row)),
  );
  const chosen: Conjunction[] = [];
  for (const conjunction of conjunctions) {
    if (chosen.length === most) break;
    const fresh = rowsOf(conjunction, grid, members).filter((row) => taken[row] === 0);
    const leavers = fresh.reduce((sum, row) => sum + churned[row]!, 0);
    if (fresh.length < LEAST_SHARE * conjunction.rows) continue;
    if (!isAbove(free.rows, free.leavers, fresh.length, leavers)) continue;
    if (quality(table, free.rows, free.leavers, fresh.length, leavers) < LEAST_FRESH) continue;
    chosen.push(conjunction);
    for (const row of fresh) taken[row] = 1;
    free.rows -= fresh.length;
    free.leavers -= leavers;
  }
  return chosen;
}

/** The rows of a conjunction, from those of its rarest condition. */
function rowsOf({ conditions }: Conjunction, grid: Grid, members: readonly Int32Array[]): Int32Array {
  const [rarest, ...others] = conditions.toSorted((a, b) => members[a]!.length - members[b]!.length);
  return members[rarest!]!.filter((row) =>
    others.every((other) => holdsFor(grid, grid.conditions[other]!, row)),
  );
}

/**
 * Conjunctions in order of what they are worth when so many of the rows can be contacted: contacted rows × how far the
 * rate surely exceeds the base rate (its interval's low end, so that few rows do not win by luck).
 */
export function byWorth(
  conjunctions: readonly Conjunction[],
  baseRate: number,
  capacity: number,
): Conjunction[] {
  const worth = ({ rows, leavers }: Conjunction) =>
    Math.min(rows, capacity) * (wilsonInterval(leavers / rows, rows).low - baseRate);
  return conjunctions
    .map((conjunction) => ({ conjunction, worth: worth(conjunction) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ conjunction }) => conjunction);
}
