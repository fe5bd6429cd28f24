import type { Ground } from './ground.js';
import { bySize, type GrowingTree, type GrowthRules, type Leaf } from './growing-tree.js';

/**
 * Grows a tree leaf by leaf: the leaf whose best split gains most is split next (ties: the older leaf), until there are
 * `maxLeaves` or no split is left. Only the child with fewer rows has its histogram counted; the other's is the
 * difference to their parent's.
 *
 * @returns the leaves
 */
export function growLeafWise(growing: GrowingTree, ground: Ground, { settings, order }: GrowthRules): Leaf[] {
  const { root } = growing;
  if (growing.canSplit(root)) countLeaf(root, null);
  const leaves = [root];
  for (let at = bestLeaf(leaves); at >= 0 && leaves.length < settings.maxLeaves; at = bestLeaf(leaves)) {
    const leaf = leaves[at]!;
    const split = leaf.split!;
    const children = growing.splitLeaf(leaf, split, growing.divideRows(leaf, split.column, split.goesLeft));
    leaves[at] = children[0];
    leaves.push(children[1]);
    if (leaves.length < settings.maxLeaves) prepareChildren(leaf, children);
    growing.release(leaf);
  }
  return leaves;

  /** Finds the children's best splits, unless both are too small or too deep for one. */
  function prepareChildren(parent: Leaf, children: readonly [Leaf, Leaf]): void {
    const [small, large] = bySize(children);
    if (!growing.canSplit(large) && !growing.canSplit(small)) return;
    large.histogram = parent.histogram;
    parent.histogram = null;
    countLeaf(small, large);
  }

  function countLeaf(leaf: Leaf, sibling: Leaf | null): void {
    leaf.histogram = ground.takeHistogram();
    const { split, siblingSplit } = ground.count(
      {
        ...leaf.rows,
        histogram: leaf.histogram,
        sibling: sibling?.histogram ?? null,
        query: queryOf(leaf),
        siblingQuery: sibling && queryOf(sibling),
      },
      order,
    );
    leaf.split = split;
    if (!split) growing.release(leaf);
    if (!sibling) return;
    sibling.split = siblingSplit;
    if (!siblingSplit) growing.release(sibling);
  }

  function queryOf(leaf: Leaf) {
    if (!growing.canSplit(leaf)) return null;
    const { sums, bounds, quality } = leaf;
    return { sums, bounds, least: quality + growing.leastGain(), allowed: growing.allowed(leaf) };
  }
}

/** The leaf with the highest gain, or −1 when none has a split. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  let most = 0;
  leaves.forEach(({ split, quality }, i) => {
    if (!split) return;
    const gain = split.quality - quality;
    if (best >= 0 && gain <= most) return;
    best = i;
    most = gain;
  });
  return best;
}
