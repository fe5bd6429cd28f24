import type { FeatureSpec } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import type { FittedBoostedTrees, Tree } from './model.js';
import { type CompiledTrees, childOf, compileTrees, treeInputs } from './walk.js';

/** Rows that pass all trees together: their cells, and each tree's nodes, then stay in the cache. */
const BLOCK_ROWS = 512;

/**
 * The log-odds of leaving of every row, in order: base score plus one leaf value per tree.
 *
 * @throws ChurnError `missing-column` or `bad-table` when the table lacks what the model learned from
 */
export function predictBoostedTrees(fitted: FittedBoostedTrees, table: Table): Float64Array {
  const scores = new Float64Array(table.rows).fill(fitted.baseScore);
  addTreeScores(scores, fitted.features, fitted.trees, treeInputs(fitted.features, table));
  return scores;
}

/** Adds the given trees' leaf values to `scores`; `inputs` as `treeInputs` gives them. */
export function addTreeScores(
  scores: Float64Array,
  features: readonly FeatureSpec[],
  trees: readonly Tree[],
  inputs: readonly Float64Array[],
): void {
  const compiled = compileTrees(features, trees);
  const cells = new Float64Array(BLOCK_ROWS * features.length);
  for (let begin = 0; begin < scores.length; begin += BLOCK_ROWS) {
    const end = Math.min(begin + BLOCK_ROWS, scores.length);
    copyBlock(cells, inputs, begin, end);
    const blockScores = scores.subarray(begin, end);
    for (const root of compiled.roots) addTree(blockScores, compiled, root, cells, features.length);
  }
}

function copyBlock(cells: Float64Array, inputs: readonly Float64Array[], begin: number, end: number): void {
  inputs.forEach((input, column) => {
    for (let row = begin, at = column; row < end; row++, at += inputs.length) cells[at] = input[row]!;
  });
}

function addTree(
  scores: Float64Array,
  trees: CompiledTrees,
  root: number,
  cells: Float64Array,
  width: number,
) {
  const { feature, value } = trees;
  for (let row = 0; row < scores.length; row++) {
    let node = root;
    for (let asked = feature[node]!; asked >= 0; asked = feature[node]!) {
      node = childOf(trees, node, cells[row * width + asked]!);
    }
    scores[row]! += value[node]!;
  }
}
