import type { Tree } from '../models/boosted-trees/model.js';

/** The way from the root to a node. */
interface NodePath {
  /** The features asked about, each once, in order of first asking. */
  readonly features: readonly number[];
  /** Share of the training rows that meet the path's conditions on that feature, given those before. */
  readonly shares: readonly number[];
  /** Every split on the way, and 1 where the path goes left. */
  readonly steps: readonly { readonly split: number; readonly left: number }[];
}

/**
 * A part of a tree, from one node down. Its pushes on a row depend on the few bits of the row's *line*: for
 * each feature of the path to its top, whether the row meets the path's conditions on it; for each of its
 * own splits, whether the row goes left.
 */
export interface Branch {
  readonly bits: number;
  /** A bit of the line is 1 when the row goes as given at every split that names the bit. */
  readonly conditions: readonly { readonly split: number; readonly left: number; readonly bit: number }[];
  readonly leaves: readonly BranchLeaf[];
  /** The features that the branch pushes. */
  readonly features: Int32Array;
}

export interface BranchLeaf {
  readonly value: number;
  readonly shares: readonly number[];
  /** Where in the branch's `features` the features of the leaf's path are. */
  readonly places: readonly number[];
  /** The row meets the conditions on a feature of the path when all the bits that name it are as given. */
  readonly conditions: readonly { readonly bit: number; readonly set: number; readonly feature: number }[];
}

/** The path to every node. */
function nodePaths(tree: Tree): NodePath[] {
  const paths: NodePath[] = [{ features: [], shares: [], steps: [] }];
  tree.feature.forEach((feature, split) => {
    if (feature < 0) return;
    const { features, shares, steps } = paths[split]!;
    const place = features.indexOf(feature);
    for (const left of [1, 0]) {
      const child = tree.left[split]! + 1 - left;
      const share = tree.cover[child]! / tree.cover[split]!;
      paths[child] = {
        features: place < 0 ? [...features, feature] : features,
        shares: place < 0 ? [...shares, share] : shares.with(place, shares[place]! * share),
        steps: [...steps, { split, left }],
      };
    }
  });
  return paths;
}

/** Cuts a tree into branches of at most `mostBits` bits, or down to single leaves where a path needs more. */
export function cutTree(tree: Tree, mostBits: number): Branch[] {
  const paths = nodePaths(tree);
  const splits = tree.feature.map((feature) => (feature < 0 ? 0 : 1));
  for (let node = splits.length - 1; node >= 0; node--) {
    const left = tree.left[node]!;
    if (left > 0) splits[node]! += splits[left]! + splits[left + 1]!;
  }
  const branches: Branch[] = [];
  for (const waiting = [0]; waiting.length > 0; ) {
    const node = waiting.pop()!;
    const isSmall = paths[node]!.features.length + splits[node]! <= mostBits;
    if (isSmall || splits[node] === 0) branches.push(makeBranch(tree, paths, node));
    else waiting.push(tree.left[node]!, tree.left[node]! + 1);
  }
  return branches;
}

function makeBranch(tree: Tree, paths: readonly NodePath[], top: number): Branch {
  const nodes = [top];
  for (const node of nodes) {
    if (tree.feature[node]! >= 0) nodes.push(tree.left[node]!, tree.left[node]! + 1);
  }
  const splits = nodes.filter((node) => tree.feature[node]! >= 0);
  const leaves = nodes.filter((node) => tree.feature[node]! < 0);
  const features = [...new Set(leaves.flatMap((node) => paths[node]!.features))];
  const above = paths[top]!;
  const ownBit = (split: number): number => above.features.length + splits.indexOf(split);
  return {
    bits: above.features.length + splits.length,
    conditions: [
      ...above.steps.map((step) => ({ ...step, bit: above.features.indexOf(tree.feature[step.split]!) })),
      ...splits.map((split) => ({ split, left: 1, bit: ownBit(split) })),
    ],
    leaves: leaves.map((node) => {
      const path = paths[node]!;
      return {
        value: tree.value[node]!,
        shares: path.shares,
        places: path.features.map((feature) => features.indexOf(feature)),
        conditions: [
          ...above.features.map((_, feature) => ({ bit: feature, set: 1, feature })),
          ...path.steps.slice(above.steps.length).map(({ split, left }) => ({
            bit: ownBit(split),
            set: left,
            feature: path.features.indexOf(tree.feature[split]!),
          })),
        ],
      };
    }),
    features: Int32Array.from(features),
  };
}
