import type { Ground, LevelAnswer } from './ground.js';
import { bySize, type GrowingTree, type GrowthRules, type Leaf } from './growing-tree.js';
import { mayDivide } from './symmetric-split.js';

/**
 * Grows a tree level by level, all leaves of a level being asked the same question: that with the highest gain over all of
 * them (oblivious trees, as in CatBoost: Prokhorenkova et al. 2018). There is little to choose, so little is learned by
 * heart. A leaf that the question would divide into too small children, or against a promise, stays whole.
 *
 * @returns the leaves
 */
export function growSymmetric(
  growing: GrowingTree,
  ground: Ground,
  { settings, order, directions }: GrowthRules,
): Leaf[] {
  let leaves = [growing.root];
  if (growing.canSplit(growing.root)) countLeaf(growing.root);
  const levels = Math.min(settings.maxDepth, Math.floor(Math.log2(settings.maxLeaves)));
  for (let level = 1; level <= levels; level++) {
    const question = askLevel(leaves);
    if (!question) break;
    leaves = leaves.flatMap((leaf) => divide(leaf, question, level < levels));
  }
  return leaves;

  function countLeaf(leaf: Leaf, sibling: Leaf | null = null): void {
    leaf.histogram = ground.takeHistogram();
    const counting = { histogram: leaf.histogram, sibling: sibling?.histogram ?? null };
    ground.count({ ...leaf.rows, ...counting, query: null, siblingQuery: null }, order);
  }

  function askLevel(all: readonly Leaf[]): LevelAnswer | null {
    const open = all.flatMap((leaf) =>
      leaf.histogram === null ? [] : [{ ...leaf, histogram: leaf.histogram }],
    );
    if (open.length === 0) return null;
    const whole = open.reduce((sum, { quality }) => sum + quality, 0);
    const allowed = open
      .map((leaf) => growing.allowed(leaf))
      .reduce((both, own) => (own === both ? both : both.map((allows, column) => allows & own[column]!)));
    return ground.askLevel(open, whole + growing.leastGain(), allowed, order);
  }

  /** The leaf's children, ready to be asked unless the tree ends with them, or the leaf itself where it stays whole. */
  function divide(leaf: Leaf, { column, goesLeft }: LevelAnswer, goesOn: boolean): Leaf[] {
    if (leaf.histogram === null) return [leaf];
    const middle = growing.divideRows(leaf, column, goesLeft);
    const left = ground.sumRows(leaf.rows.begin, middle);
    if (!mayDivide(leaf, left, settings, directions[column]!)) return [leaf];
    const children = growing.splitLeaf(leaf, { column, goesLeft, left }, middle);
    if (goesOn && children.some((child) => growing.canSplit(child))) {
      const [small, large] = bySize(children);
      large.histogram = leaf.histogram;
      leaf.histogram = null;
      countLeaf(small, large);
      for (const child of children) if (!growing.canSplit(child)) growing.release(child);
    }
    growing.release(leaf);
    return children;
  }
}
