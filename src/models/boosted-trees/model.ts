import { z } from 'zod';
import { featureSpecSchema } from '../../tables/align.js';

/** Level codes from here on share one group, `other`: a byte holds no more bins. */
export const OTHER_LEVELS = 254;

/** No path from root to leaf is longer: tree SHAP keeps one bit per question. */
export const DEEPEST = 30;

/**
 * One tree as columns over its nodes; node 0 is the root and every child comes after its parent.
 *
 * A row at a split goes to node `left` or to `left + 1`. A number goes left when it is at most `threshold`;
 * a category goes left when `min(code, 254)` is in `leftLevels`, codes being those of the feature's
 * `levels`; a missing value and a level that was never seen go left when `missingLeft` is 1.
 */
export const treeSchema = z.strictObject({
  /** Index into the model's `features`; −1 at a leaf. */
  feature: z.array(z.int()),
  /** 0 at leaves and category splits. */
  threshold: z.array(z.number()),
  /** Empty at leaves and number splits. */
  leftLevels: z.array(z.array(z.int().min(0).max(OTHER_LEVELS))),
  missingLeft: z.array(z.int().min(0).max(1)),
  /** The left child, the right one being next; 0 at a leaf. */
  left: z.array(z.int()),
  /** Log-odds that a leaf adds, learning rate included; 0 at a split. */
  value: z.array(z.number()),
  /** Weighted training rows that reached the node. */
  cover: z.array(z.number().positive()),
});

export type Tree = z.infer<typeof treeSchema>;

/**
 * Gradient-boosted trees: score in log-odds = `baseScore` + the value of the row's leaf in every tree.
 * Category levels stand in the order of their training weight, and only levels that had rows are kept.
 *
 * @example
 * const saved = JSON.stringify(trees);
 * const loaded = boostedTreesSchema.parse(JSON.parse(saved));
 * loaded.kind; // 'boosted-trees'
 */
export const boostedTreesSchema = z
  .strictObject({
    kind: z.literal('boosted-trees'),
    features: z.array(featureSpecSchema),
    /** Log-odds of the weighted training churn rate. */
    baseScore: z.number(),
    trees: z.array(treeSchema),
  })
  .superRefine(({ features, trees }, context) => {
    trees.forEach((tree, index) => {
      const fault = treeFault(tree, features.length);
      if (fault) context.addIssue({ code: 'custom', path: ['trees', index], message: fault });
    });
  });

export type FittedBoostedTrees = z.infer<typeof boostedTreesSchema>;

/** What would send a walk through the tree astray, or `null`. */
function treeFault(tree: Tree, features: number): string | null {
  const nodes = tree.feature.length;
  if (nodes === 0 || Object.values(tree).some((column) => column.length !== nodes)) {
    return 'a tree needs at least one node and columns of equal length';
  }
  const depth = new Uint8Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const left = tree.left[node]!;
    const feature = tree.feature[node]!;
    if (feature === -1 && left === 0) continue;
    if (feature < 0 || feature >= features)
      return `node ${node} asks about feature ${feature} of ${features}`;
    if (left <= node || left + 1 >= nodes)
      return `node ${node} has children ${left} and ${left + 1} of ${nodes}`;
    if (depth[node] === DEEPEST) return `node ${node} is more than ${DEEPEST} questions deep`;
    depth[left] = depth[left + 1] = depth[node]! + 1;
  }
  return null;
}
