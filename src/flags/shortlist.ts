import { wilsonInterval } from '../evaluation/reliability.js';
import type { Conjunction } from './search/counter.js';
import { type Grid, holdsFor } from './search/grid.js';
import { isAbove, logTable, quality } from './search/quality.js';

/** Share of its rows that no flag before it raises. */
const LEAST_SHARE = 0.5;
/** How far the rows that no flag before it raises must stand out by themselves: two standard errors, in nats. */
const LEAST_FRESH = 2;
/** How far it must stand out among the rows of a weaker form of itself. */
const LEAST_STRICT = 3;

/**
 * The distinct ones of some conjunctions, in their order: at least half of the rows of each must be raised by none before
 * it, and stand out by themselves. A near-duplicate has no such rows, and a conjunction that holds another's fact among
 * harmless rows has none that leave more often.
 *
 * @param most how many there may be, with those chosen before, which stand first in the result
 */
export function distinctConjunctions(
  conjunctions: readonly Conjunction[],
  grid: Grid,
  churned: Uint8Array,
  most: number,
  before: readonly Conjunction[] = [],
): Conjunction[] {
  const table = logTable(grid.rows);
  const taken = new Uint8Array(grid.rows);
  const free = { rows: grid.rows, leavers: churned.reduce((sum, y) => sum + y, 0) };
  const members = membersOf(grid);
  const chosen: Conjunction[] = [];
  const choose = (conjunction: Conjunction, fresh: Int32Array): void => {
    chosen.push(conjunction);
    free.rows -= fresh.length;
    for (const row of fresh) {
      taken[row] = 1;
      free.leavers -= churned[row]!;
    }
  };
  const freshOf = ({ conditions }: Conjunction) =>
    rowsOf(conditions, grid, members).filter((row) => taken[row] === 0);
  for (const conjunction of before) choose(conjunction, freshOf(conjunction));
  for (const conjunction of conjunctions) {
    if (chosen.length >= most) break;
    const fresh = freshOf(conjunction);
    const leavers = fresh.reduce((sum, row) => sum + churned[row]!, 0);
    if (fresh.length < LEAST_SHARE * conjunction.rows) continue;
    if (!isAbove(free.rows, free.leavers, fresh.length, leavers)) continue;
    if (quality(table, free.rows, free.leavers, fresh.length, leavers) < LEAST_FRESH) continue;
    if (isStrictForReason(conjunction, grid, members, churned, table)) choose(conjunction, fresh);
  }
  return chosen;
}

/** The rows of a condition, listed when they are first asked for. */
type Members = (condition: number) => Int32Array;

function membersOf(grid: Grid): Members {
  const lists = new Map<number, Int32Array>();
  return (place) => {
    const known = lists.get(place);
    if (known) return known;
    const condition = grid.conditions[place]!;
    const list: number[] = [];
    for (let row = 0; row < grid.rows; row++) if (holdsFor(grid, condition, row)) list.push(row);
    const members = Int32Array.from(list);
    lists.set(place, members);
    return members;
  };
}

/**
 * Whether a conjunction stands out beyond doubt in every weaker form of itself, in which one of its conditions is replaced
 * by one on the same feature that holds for more: a stricter threshold must earn its place as a further condition must.
 */
function isStrictForReason(
  conjunction: Conjunction,
  grid: Grid,
  members: Members,
  churned: Uint8Array,
  table: Float64Array,
): boolean {
  const { conditions, rows, leavers } = conjunction;
  return conditions.every((condition, i) =>
    weakerForms(condition, grid).every((weaker) => {
      const form = rowsOf(conditions.with(i, weaker), grid, members);
      const all = form.reduce((sum, row) => sum + churned[row]!, 0);
      if (form.length === rows) return true;
      return (
        isAbove(form.length, all, rows, leavers) &&
        quality(table, form.length, all, rows, leavers) >= LEAST_STRICT
      );
    }),
  );
}

/** Conditions on the same feature whose bins hold those of the given one. */
function weakerForms(place: number, { conditions, features }: Grid): number[] {
  const { feature, from, to } = conditions[place]!;
  const { from: first, to: end } = features[feature]!;
  return Array.from({ length: end - first }, (_, i) => first + i).filter((other) => {
    const range = conditions[other]!;
    return other !== place && range.from <= from && range.to >= to;
  });
}

/** The rows of a conjunction, from those of its rarest condition. */
function rowsOf(conditions: readonly number[], grid: Grid, members: Members): Int32Array {
  const [rarest, ...others] = conditions.toSorted((a, b) => members(a).length - members(b).length);
  return members(rarest!).filter((row) =>
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
