import type { Ground } from './ground.js';
import { growLeafWise } from './grow-leaf-wise.js';
import { growSymmetric } from './grow-symmetric.js';
import { GrowingTree, type GrownTree, type GrowthRules } from './growing-tree.js';

/**
 * Grows one tree on the first `sampled` rows of the ground's list that asks about `columns` only (one byte per
 * column), leaf by leaf or level by level.
 */
export function growTree(
  ground: Ground,
  rules: GrowthRules,
  sampled: number,
  rows: number,
  columns: Uint8Array,
): GrownTree {
  const growing = new GrowingTree(ground, rules, sampled, rows, columns);
  const grow = rules.settings.symmetric ? growSymmetric : growLeafWise;
  return growing.finish(grow(growing, ground, rules));
}
