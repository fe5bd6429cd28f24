import type { Dealt } from './deal.js';

/** A conjunction that is above the base rate and above the rest of each of its parts. */
export interface Conjunction {
  /** Places of its conditions in the grid, ascending. */
  readonly conditions: readonly number[];
  readonly rows: number;
  readonly leavers: number;
  /** The least of its qualities: against all rows, and against each part that lacks one of its conditions; in nats. */
  readonly strength: number;
}

export interface Found {
  /** Conjunctions on enough rows that were looked at; a set that its parts have too counts with them. */
  readonly looked: number;
  /** Strongest first; of equal strength, in order of their conditions. */
  readonly conjunctions: readonly Conjunction[];
}

/**
 * Counts conjunctions, a unit of work after the other: {@link unitsOf} lists them. Two do so alike, the kernels and
 * their plain twin.
 */
export interface Counter {
  /** Looks at every conjunction of the units from `begin` to below `end`. */
  search(begin: number, end: number): void;
  found(): Found;
  /** Outcomes dealt anew, for {@link permute}. */
  take(dealt: Dealt): void;
  /** Counts the same conjunctions under every dealing. */
  permute(begin: number, end: number): void;
  /** For each dealing, the largest quality of any conjunction against all rows. */
  largest(): Float64Array;
  close(): void;
}

/** Strongest first; of equal strength, in order of their conditions. */
export function byStrength(a: Conjunction, b: Conjunction): number {
  if (a.strength !== b.strength) return b.strength - a.strength;
  const at = a.conditions.findIndex((condition, i) => condition !== b.conditions[i]);
  if (at < 0) return a.conditions.length - b.conditions.length;
  return a.conditions[at]! - (b.conditions[at] ?? Infinity);
}
