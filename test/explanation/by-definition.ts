import { type Random, seededRandom } from '../../src/math/random.js';
import {
  boostedTreesSchema,
  type FittedBoostedTrees,
  type Tree,
} from '../../src/models/boosted-trees/model.js';
import type { FeatureSpec } from '../../src/tables/align.js';
import { type Column, makeTable, type Table } from '../../src/tables/table.js';

/** Shapley values and interactions by their definitions, over all subsets of features; for few features only. */

const FEATURES: readonly FeatureSpec[] = [
  { kind: 'number', name: 'tenure' },
  { kind: 'number', name: 'tickets' },
  { kind: 'category', name: 'plan', levels: ['basic', 'plus', 'team', 'whole'] },
  { kind: 'number', name: 'seats' },
  { kind: 'category', name: 'region', levels: ['north', 'south'] },
  { kind: 'number', name: 'dummy' },
];

/** Small trees that ask about a feature again and again, never about the last one, `dummy`. */
export function randomTrees(random: Random, leaves: readonly number[]): FittedBoostedTrees {
  return boostedTreesSchema.parse({
    kind: 'boosted-trees',
    features: FEATURES,
    baseScore: 0.3,
    trees: leaves.map((count) => randomTree(random, count)),
  });
}

function randomTree(random: Random, leaves: number): Tree {
  const tree: Tree = emptyTree();
  addLeaf(tree, random, 100);
  for (let split = 1; split < leaves; split++) {
    const ends = [...tree.feature.keys()].filter((node) => tree.feature[node]! < 0);
    const node = ends[random.integer(ends.length)]!;
    const feature = random.integer(FEATURES.length - 1);
    const spec = FEATURES[feature]!;
    tree.feature[node] = feature;
    if (spec.kind === 'number') tree.threshold[node] = random.normal() / 2;
    else tree.leftLevels[node] = [...spec.levels.keys()].filter(() => random.uniform() < 0.5);
    tree.missingLeft[node] = random.integer(2);
    tree.left[node] = tree.feature.length;
    tree.value[node] = 0;
    const share = 0.1 + 0.8 * random.uniform();
    addLeaf(tree, random, tree.cover[node]! * share);
    addLeaf(tree, random, tree.cover[node]! * (1 - share));
  }
  return tree;
}

function emptyTree(): Tree {
  return { feature: [], threshold: [], leftLevels: [], missingLeft: [], left: [], value: [], cover: [] };
}

function addLeaf(tree: Tree, random: Random, cover: number): void {
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.leftLevels.push([]);
  tree.missingLeft.push(0);
  tree.left.push(0);
  tree.value.push(random.normal());
  tree.cover.push(cover);
}

/** Rows for `randomTrees`, a sixth of the cells missing. */
export function randomRows(random: Random, rows: number): Table {
  const isMissing = () => random.uniform() < 1 / 6;
  return makeTable(
    FEATURES.map(
      (spec): Column =>
        spec.kind === 'number'
          ? {
              kind: 'number',
              name: spec.name,
              values: Float64Array.from({ length: rows }, () => (isMissing() ? NaN : random.normal())),
            }
          : {
              kind: 'category',
              name: spec.name,
              levels: spec.levels,
              codes: Int32Array.from({ length: rows }, () =>
                isMissing() ? -1 : random.integer(spec.levels.length),
              ),
            },
    ),
  );
}

/** A tree whose every split has a leaf on the left and asks about the next feature on the right. */
export function chainModel(splits: number): FittedBoostedTrees {
  const tree = emptyTree();
  for (let node = 0; node <= 2 * splits; node++) {
    const isSplit = node % 2 === 0 && node < 2 * splits;
    tree.feature.push(isSplit ? node / 2 : -1);
    tree.threshold.push(isSplit ? 0.4 : 0);
    tree.leftLevels.push([]);
    tree.missingLeft.push(node % 4 === 0 ? 1 : 0);
    tree.left.push(isSplit ? node + 1 : 0);
    tree.value.push(isSplit ? 0 : Math.sin(node));
    tree.cover.push(node % 2 === 0 ? 100 / (node + 1) : 100 / node - 100 / (node + 2));
  }
  const features = Array.from({ length: splits }, (_, i) => ({ kind: 'number' as const, name: `x${i}` }));
  return { kind: 'boosted-trees', features, baseScore: 0.2, trees: [tree] };
}

/** Rows for `chainModel`, of numbers in [0.2, 1), three in ten missing; the first rows are the same for any number of them. */
export function chainRows(features: number, rows: number): Table {
  const random = seededRandom(6);
  return makeTable(
    Array.from({ length: features }, (_, i) => {
      const stream = random.fork(`x${i}`);
      return {
        kind: 'number',
        name: `x${i}`,
        values: Float64Array.from({ length: rows }, () =>
          stream.uniform() < 0.3 ? NaN : 0.2 + 0.8 * stream.uniform(),
        ),
      };
    }),
  );
}

/** A row's cells in the order of the model's features: numbers, or codes of the levels as the model has them. */
export type Row = readonly number[];

export function rowsOf({ features }: FittedBoostedTrees, table: Table): Row[] {
  const columns = features.map(({ name }) => table.columns.find((column) => column.name === name)!);
  return Array.from({ length: table.rows }, (_, row) =>
    columns.map((column) => (column.kind === 'number' ? column.values[row]! : column.codes[row]!)),
  );
}

/** Which features are known, as bits → the expected score. */
export type Game = (known: number) => number;

/** Lundberg 2018, algorithm 1: unknown features send a row down both sides by training rows. */
export function pathDependentGame({ features, trees, baseScore }: FittedBoostedTrees, row: Row): Game {
  const expected = (tree: Tree, node: number, known: number): number => {
    const feature = tree.feature[node]!;
    const left = tree.left[node]!;
    if (feature < 0) return tree.value[node]!;
    if ((known >> feature) & 1) return expected(tree, childOf(features, tree, node, row), known);
    return [left, left + 1].reduce(
      (sum, child) => sum + (tree.cover[child]! / tree.cover[node]!) * expected(tree, child, known),
      0,
    );
  };
  return (known) => trees.reduce((sum, tree) => sum + expected(tree, 0, known), baseScore);
}

/** Unknown features are a background row's, averaged over these. */
export function interventionalGame(
  fitted: FittedBoostedTrees,
  row: Row,
  background: readonly Row[],
  weights: ArrayLike<number> = background.map(() => 1),
): Game {
  const total = background.reduce((sum, _, i) => sum + weights[i]!, 0);
  return (known) =>
    background.reduce((sum, other, i) => {
      const mixed = row.map((cell, feature) => ((known >> feature) & 1 ? cell : other[feature]!));
      return sum + (weights[i]! / total) * scoreOf(fitted, mixed);
    }, 0);
}

export function scoreOf({ features, trees, baseScore }: FittedBoostedTrees, row: Row): number {
  return trees.reduce((sum, tree) => {
    let node = 0;
    while (tree.feature[node]! >= 0) node = childOf(features, tree, node, row);
    return sum + tree.value[node]!;
  }, baseScore);
}

function childOf(features: readonly FeatureSpec[], tree: Tree, node: number, row: Row): number {
  const feature = tree.feature[node]!;
  const cell = row[feature]!;
  const isCategory = features[feature]!.kind === 'category';
  const isMissing = isCategory ? cell < 0 : Number.isNaN(cell);
  const known = isCategory ? tree.leftLevels[node]!.includes(cell) : cell <= tree.threshold[node]!;
  return tree.left[node]! + ((isMissing ? tree.missingLeft[node] === 1 : known) ? 0 : 1);
}

/** Σ over subsets S without feature i of |S|! (n − 1 − |S|)! / n! · (game(S, i) − game(S)). */
export function shapleyByDefinition(game: Game, count: number): number[] {
  const worth = Float64Array.from({ length: 2 ** count }, (_, known) => game(known));
  return Array.from({ length: count }, (_, feature) => {
    const bit = 1 << feature;
    return worth.reduce((push, without, known) => {
      if (known & bit) return push;
      return push + orders(bitCount(known), count) * (worth[known | bit]! - without);
    }, 0);
  });
}

/**
 * Lundberg 2018, equations 4 to 6: off the diagonal half of Σ over subsets S without i and j of
 * |S|! (n − 2 − |S|)! / (n − 1)! · (game(S, i, j) − game(S, i) − game(S, j) + game(S)); on it the rest of the
 * Shapley value. Line after line.
 */
export function interactionsByDefinition(game: Game, count: number): number[] {
  const worth = Float64Array.from({ length: 2 ** count }, (_, known) => game(known));
  const matrix = shapleyByDefinition(game, count).map((push, i) =>
    Array.from({ length: count }, (_, j) => (i === j ? push : 0)),
  );
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const [one, other] = [1 << i, 1 << j];
      worth.forEach((neither, known) => {
        if (known & (one | other)) return;
        const beyond = worth[known | one | other]! - worth[known | one]! - worth[known | other]! + neither;
        const half = (orders(bitCount(known), count - 1) * beyond) / 2;
        matrix[i]![j]! += half;
        matrix[i]![i]! -= half;
      });
    }
  }
  return matrix.flat();
}

/** size! (count − 1 − size)! / count! */
function orders(size: number, count: number): number {
  return (factorial(size) * factorial(count - 1 - size)) / factorial(count);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function bitCount(bits: number): number {
  return bits.toString(2).replaceAll('0', '').length;
}

/** One row for `chainModel` that meets the conditions of every second feature only, from the first or the second on. */
export function alternatingRow(features: number, from: 0 | 1): Table {
  return makeTable(
    Array.from({ length: features }, (_, i) => ({
      kind: 'number',
      name: `x${i}`,
      values: Float64Array.of(i % 2 === from ? 0.9 : 0.3),
    })),
  );
}
