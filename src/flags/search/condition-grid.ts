import type { Condition } from '../../models/condition.js';
import type { CategoryColumn, NumberColumn, Table } from '../../tables/table.js';
import { type Cut, friendlyCuts } from './friendly-cuts.js';
import { type Grid, type GridCondition, type GridFeature, MOST_BINS } from './grid.js';

/** Shares of the rows at which numbers are cut, from fine to coarse; what is unusual is cut last from the grid. */
const SHARES: readonly (readonly number[])[] = [
  [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95],
  [0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9],
  [0.1, 0.2, 0.5, 0.8, 0.9],
  [0.1, 0.2, 0.8, 0.9],
  [0.2, 0.8],
  [0.5],
];
/** A condition that shares so much with one before it (Jaccard) says nothing new. */
const SAME = 0.97;
const PEEK = 2_000;

export interface ConditionGridOptions {
  /** Fewest rows that a condition holds for, and fewest that it does not hold for. */
  readonly least: number;
  /** Conditions at most: with more features numbers are cut more coarsely. */
  readonly most: number;
}

/**
 * Every condition that may be part of a flag, whoever left: numbers from or below round thresholds, levels of
 * categories, missing values. Outcomes are not looked at, so no condition is left out for being harmless by itself.
 * Only what holds for nearly the same rows as a condition before it is left out.
 *
 * @returns how finely numbers could be cut; with very many features more than `most` conditions all the same
 */
export function conditionGrid(table: Table, options: ConditionGridOptions): Grid {
  let grid = gridCutAt(table, SHARES[0]!, options.least);
  for (const shares of SHARES.slice(1)) {
    if (grid.conditions.length <= options.most) break;
    grid = gridCutAt(table, shares, options.least);
  }
  return grid;
}

function gridCutAt({ rows, columns }: Table, shares: readonly number[], least: number): Grid {
  const features: GridFeature[] = [];
  const conditions: GridCondition[] = [];
  const seen: Held[] = [];
  for (const column of columns) {
    const { bins, binCount, ranges } =
      column.kind === 'number' ? binNumbers(column, shares) : binLevels(column, least);
    const from = conditions.length;
    for (const range of ranges) {
      const holds = bins.map((bin) => (bin >= range.from && bin < range.to ? 1 : 0));
      const inside = holds.reduce((sum, one) => sum + one, 0);
      const held = { holds, inside };
      if (inside < least || rows - inside < least || seen.some((other) => isSame(other, held))) continue;
      seen.push(held);
      conditions.push({ ...range, feature: features.length });
    }
    if (conditions.length > from) {
      features.push({ name: column.name, bins, binCount, from, to: conditions.length });
    }
  }
  return { rows, features, conditions };
}

/** The rows for which a condition holds, and how many. */
interface Held {
  readonly holds: Uint8Array;
  readonly inside: number;
}

function isSame({ holds: one, inside }: Held, { holds: other, inside: otherInside }: Held): boolean {
  // The smaller cannot share more than all of itself, and the two together are no less than the larger.
  if (Math.min(inside, otherInside) < SAME * Math.max(inside, otherInside)) return false;
  let both = 0;
  let either = 0;
  for (let row = 0; row < one.length; row++) {
    both += one[row]! & other[row]!;
    either += one[row]! | other[row]!;
    // Most pairs are far apart, which few rows tell.
    if (row === PEEK && both < (SAME - 0.1) * either) return false;
  }
  return both >= SAME * either;
}

interface Binned {
  readonly bins: Uint8Array;
  readonly binCount: number;
  readonly ranges: readonly Omit<GridCondition, 'feature'>[];
}

function binNumbers({ name, values }: NumberColumn, shares: readonly number[]): Binned {
  const known = values.filter((value) => !Number.isNaN(value));
  const two = twoValues(known);
  if (two !== null) return binTwo(name, values, two);
  const cuts = friendlyCuts(known, shares, { countsDays: countsDays(name) }).slice(0, MOST_BINS - 2);
  const binCount = cuts.length + 2;
  return {
    bins: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1 + cutsBelow(cuts, value))),
    binCount,
    ranges: [
      missing(name),
      ...cuts.flatMap((cut, i) => [
        { condition: lowerSide(name, cut), from: 1, to: i + 2 },
        { condition: upperSide(name, cut), from: i + 2, to: binCount },
      ]),
    ],
  };
}

/** The values of a column that has two of them, as yes and no in numbers. */
function twoValues(known: Float64Array): [number, number] | null {
  const found = new Set<number>();
  for (const value of known) if (found.add(value).size > 2) return null;
  const [low, high] = [...found].sort((a, b) => a - b);
  return high === undefined ? null : [low!, high];
}

function binTwo(name: string, values: Float64Array, [low, high]: [number, number]): Binned {
  const equals = (value: number): Condition => ({ test: 'equals', feature: name, level: String(value) });
  return {
    bins: Uint8Array.from(values, (value) => (value === low ? 1 : value === high ? 2 : 0)),
    binCount: 3,
    ranges: [
      missing(name),
      { condition: equals(low), from: 1, to: 2 },
      { condition: equals(high), from: 2, to: 3 },
    ],
  };
}

/** Levels that few rows have share one bin and no condition. */
function binLevels({ name, codes, levels }: CategoryColumn, least: number): Binned {
  const rows = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) rows[code]!++;
  const used = [...levels.keys()]
    .filter((code) => rows[code]! >= least)
    .sort((a, b) => rows[b]! - rows[a]! || a - b)
    .slice(0, MOST_BINS - 2);
  const binOf = new Map(used.map((code, i) => [code, i + 1]));
  return {
    bins: Uint8Array.from(codes, (code) => (code < 0 ? 0 : (binOf.get(code) ?? used.length + 1))),
    binCount: used.length + 2,
    ranges: [
      missing(name),
      ...used.map(
        (code, i): Omit<GridCondition, 'feature'> => ({
          condition: { test: 'equals', feature: name, level: levels[code]! },
          from: i + 1,
          to: i + 2,
        }),
      ),
    ],
  };
}

const missing = (feature: string) => ({
  condition: { test: 'missing', feature } as Condition,
  from: 0,
  to: 1,
});

/** The condition that the values below a cut meet. */
export function lowerSide(feature: string, { threshold, side }: Cut): Condition {
  return { test: side === 'from' ? 'below' : 'at-most', feature, threshold };
}

/** The condition that the values above a cut meet. */
export function upperSide(feature: string, { threshold, side }: Cut): Condition {
  return { test: side === 'from' ? 'at-least' : 'above', feature, threshold };
}

/** How many of the ascending cuts a value is on the upper side of. */
function cutsBelow(cuts: readonly Cut[], value: number): number {
  let count = 0;
  while (count < cuts.length && isAbove(value, cuts[count]!)) count++;
  return count;
}

const isAbove = (value: number, { threshold, side }: Cut): boolean =>
  side === 'from' ? value >= threshold : value > threshold;

/** Whether a column's name says that it counts days. */
export function countsDays(name: string): boolean {
  return (
    /(^|[^a-z])days?([^a-z]|$)/i.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')) &&
    !/\d+_?d(ays)?$/i.test(name)
  );
}
