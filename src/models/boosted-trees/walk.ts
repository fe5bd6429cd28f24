import { alignTable, type FeatureSpec } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import { OTHER_LEVELS, type Tree } from './model.js';

/** Trees in flat typed arrays, nodes of all trees one after the other. */
export interface CompiledTrees {
  /** Node of each tree's root. */
  readonly roots: Int32Array;
  /** Feature that the node asks about; −1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly missingLeft: Uint8Array;
  /** Where in `levelGoesLeft` a category split's sides begin, missing first; −1 at a number split. */
  readonly levels: Int32Array;
  readonly levelGoesLeft: Uint8Array;
  /** The left child; the right one is next. */
  readonly left: Int32Array;
  readonly value: Float64Array;
}

/** Lays trees out for walking; plain JSON in, typed arrays out. */
export function compileTrees(features: readonly FeatureSpec[], trees: readonly Tree[]): CompiledTrees {
  const roots = new Int32Array(trees.length);
  let nodes = 0;
  trees.forEach((tree, index) => {
    roots[index] = nodes;
    nodes += tree.feature.length;
  });
  const column = (read: (tree: Tree, root: number) => readonly number[]): number[] =>
    trees.flatMap((tree, index) => read(tree, roots[index]!));
  const sides: number[] = [];
  return {
    roots,
    feature: Int32Array.from(column((tree) => tree.feature)),
    threshold: Float64Array.from(column((tree) => tree.threshold)),
    missingLeft: Uint8Array.from(column((tree) => tree.missingLeft)),
    levels: Int32Array.from(
      column((tree) => tree.feature.map((feature, node) => addSides(sides, features[feature], tree, node))),
    ),
    levelGoesLeft: Uint8Array.from(sides),
    left: Int32Array.from(column((tree, root) => tree.left.map((left) => root + left))),
    value: Float64Array.from(column((tree) => tree.value)),
  };
}

/** Appends the sides of missing and of every level at a category split; returns where they begin, or −1. */
function addSides(sides: number[], feature: FeatureSpec | undefined, tree: Tree, node: number): number {
  if (feature?.kind !== 'category') return -1;
  const start = sides.length;
  const levels = Math.min(feature.levels.length, OTHER_LEVELS + 1);
  const leftLevels = new Set(tree.leftLevels[node]);
  sides.push(tree.missingLeft[node]!);
  for (let level = 0; level < levels; level++) sides.push(leftLevels.has(level) ? 1 : 0);
  return start;
}

/** The child of a split that a row goes to; `value` is its number (NaN missing) or level code (−1 missing). */
export function childOf(trees: CompiledTrees, node: number, value: number): number {
  const left = trees.left[node]!;
  const sides = trees.levels[node]!;
  if (sides >= 0) return left + 1 - trees.levelGoesLeft[sides + 1 + value]!;
  if (trees.missingLeft[node] === 1) return value > trees.threshold[node]! ? left + 1 : left;
  return value <= trees.threshold[node]! ? left : left + 1;
}

/** A table's columns as the trees read them: numbers, or level codes with rare levels joined. */
export function treeInputs(features: readonly FeatureSpec[], table: Table): Float64Array[] {
  return alignTable(features, table).columns.map((column) => {
    if (column.kind === 'number') return column.values;
    const codes = Float64Array.from(column.codes);
    for (let row = 0; row < codes.length; row++) codes[row] = Math.min(codes[row]!, OTHER_LEVELS);
    return codes;
  });
}
