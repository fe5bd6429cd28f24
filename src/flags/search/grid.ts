import type { Condition } from '../../models/condition.js';

/** A feature whose values are put into bins; conditions are ranges of them. */
export interface GridFeature {
  readonly name: string;
  /** One bin per row; 0 is a missing value. */
  readonly bins: Uint8Array;
  /** Bins in use, the one for missing values included; at most {@link MOST_BINS}. */
  readonly binCount: number;
  /** Its first condition, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface GridCondition {
  readonly condition: Condition;
  readonly feature: number;
  /** Its first bin, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** All conditions that may be joined, in order of their features. */
export interface Grid {
  readonly rows: number;
  readonly features: readonly GridFeature[];
  readonly conditions: readonly GridCondition[];
}

/** As many as the kernels have room for. */
export const MOST_BINS = 64;
export const MOST_CONDITIONS = 65_535;

/** What conjunctions are counted on. */
export interface CountingPlan {
  readonly grid: Grid;
  readonly churned: Uint8Array;
  /** Fewest rows of a conjunction that is looked at. */
  readonly least: number;
  /** Most conditions of a conjunction, 2 to 4. */
  readonly depth: number;
  /** Strength from which a conjunction is kept, in nats. */
  readonly leastStrength: number;
  /** Conjunctions kept at most, the strongest. */
  readonly mostKept: number;
}

/** Stands for "no second condition" in a unit. */
export const NO_CONDITION = 0xffff;

/**
 * The units of work: first every condition by itself, for pairs under the permutations, then every pair of conditions
 * on two features, which conjunctions of three and four begin with. Two numbers each.
 */
export function unitsOf({ conditions, features }: Grid): Uint16Array {
  const count = conditions.length;
  const sameFeature = features.reduce((sum, { from, to }) => sum + ((to - from) * (to - from - 1)) / 2, 0);
  const units = new Uint16Array(2 * (count + (count * (count - 1)) / 2 - sameFeature));
  let place = 0;
  for (let first = 0; first < count; first++) {
    units[place++] = first;
    units[place++] = NO_CONDITION;
  }
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) {
      if (conditions[first]!.feature === conditions[second]!.feature) continue;
      units[place++] = first;
      units[place++] = second;
    }
  }
  return units;
}

/** Whether a row's bin is in the condition's range. */
export function holdsFor({ features }: Grid, { feature, from, to }: GridCondition, row: number): boolean {
  const bin = features[feature]!.bins[row]!;
  return bin >= from && bin < to;
}

/** Rows with those who left first, each part in its order. */
export function leaversFirst(churned: Uint8Array): Int32Array {
  const rows = [...churned.keys()];
  return Int32Array.from([
    ...rows.filter((row) => churned[row] === 1),
    ...rows.filter((row) => churned[row] === 0),
  ]);
}
