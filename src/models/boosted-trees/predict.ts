import { ChurnError } from '../../errors.js';
import { coreCount, openWorkshop } from '../../kernels/workshop.js';
import type { FeatureSpec } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import { addScoresByKernel, fitsKernel } from './kernel-walk.js';
import { type FittedBoostedTrees, OTHER_LEVELS, type Tree } from './model.js';
import { type CompiledTrees, childOf, compileTrees, treeInputs } from './walk.js';

/** Rows that pass all trees together: their cells, and each tree's nodes, then stay in the cache. */
const BLOCK_ROWS = 512;
/** Walks, one per row and tree, from which the kernels are worth being set up, and from which a second thread is. */
const KERNEL_WALKS = 20_000;
const PARALLEL_WALKS = 500_000;

/**
 * The log-odds of leaving of every row, in order: base score plus one leaf value per tree.
 *
 * @throws ChurnError `missing-column` or `bad-table` when the table lacks what the model learned from
 * @example
 * const probabilities = predictBoostedTrees(trees, table).map(sigmoid);
 */
export function predictBoostedTrees(fitted: FittedBoostedTrees, table: Table): Float64Array {
  const scores = new Float64Array(table.rows).fill(fitted.baseScore);
  addTreeScores(scores, fitted.features, fitted.trees, treeInputs(fitted.features, table));
  return scores;
}

/**
 * As `predictBoostedTrees`, of flat rows: `cells[row * features + feature]`, features in the model's order, numbers with
 * `NaN` for missing, categories as codes of the model's levels with −1 for missing or unknown. Single-precision
 * copies of the training rows score as the rows themselves, where rounding keeps their numbers apart.
 *
 * @throws ChurnError `bad-table` when the cells fill no whole number of rows, or a code is none
 * @example
 * const seats = { kind: 'number', name: 'seats', values: Float64Array.of(1, 2, 30, 40) } as const;
 * const learned = { table: makeTable([seats]), churned: Uint8Array.of(1, 1, 0, 0), weights: null };
 * const { fitted } = fitBoostedTrees(learned, { trees: 5, minLeafRows: 1, minLeafHessian: 0.1 });
 * const [few = 0, many = 0] = predictFlatRows(fitted, Float32Array.of(2, 35)); // two rows of one feature
 * few > many; // true
 */
export function predictFlatRows(
  fitted: FittedBoostedTrees,
  cells: Float32Array | Float64Array,
): Float64Array {
  const { features, baseScore, trees } = fitted;
  const rows = features.length === 0 ? 0 : cells.length / features.length;
  if (!Number.isInteger(rows)) {
    throw new ChurnError(
      'bad-table',
      `predictFlatRows: ${cells.length} cells are no whole number of rows of ${features.length} features`,
    );
  }
  const inputs = features.map((feature, column) => {
    const input = new Float64Array(rows);
    for (let row = 0, at = column; row < rows; row++, at += features.length) input[row] = cells[at]!;
    return feature.kind === 'number' ? input : checkedCodes(input, feature);
  });
  const scores = new Float64Array(rows).fill(baseScore);
  addTreeScores(scores, features, trees, inputs);
  return scores;
}

function checkedCodes(codes: Float64Array, feature: FeatureSpec & { kind: 'category' }): Float64Array {
  const { name, levels } = feature;
  const fault = codes.findIndex((code) => !(Number.isInteger(code) && code >= -1 && code < levels.length));
  if (fault >= 0) {
    throw new ChurnError(
      'bad-table',
      `predictFlatRows: ${name} takes codes from −1 to ${levels.length - 1}, found ${codes[fault]} in row ${fault}`,
    );
  }
  return codes.map((code) => Math.min(code, OTHER_LEVELS));
}

/**
 * Adds the given trees' leaf values to `scores`; `inputs` as `treeInputs` gives them. Large batches go through the
 * kernels on all cores; the bits are the same.
 */
export function addTreeScores(
  scores: Float64Array,
  features: readonly FeatureSpec[],
  trees: readonly Tree[],
  inputs: readonly Float64Array[],
): void {
  const compiled = compileTrees(features, trees);
  const walks = scores.length * trees.length;
  const workshop =
    walks >= KERNEL_WALKS && fitsKernel(compiled)
      ? openWorkshop(walks >= PARALLEL_WALKS ? coreCount() : 1)
      : null;
  if (!workshop) {
    addScoresPlainly(scores, compiled, inputs);
    return;
  }
  try {
    addScoresByKernel(workshop, scores, compiled, inputs);
  } finally {
    workshop.close();
  }
}

/** The plain twin of `addScoresByKernel`. */
export function addScoresPlainly(
  scores: Float64Array,
  compiled: CompiledTrees,
  inputs: readonly Float64Array[],
): void {
  const cells = new Float64Array(BLOCK_ROWS * inputs.length);
  for (let begin = 0; begin < scores.length; begin += BLOCK_ROWS) {
    const end = Math.min(begin + BLOCK_ROWS, scores.length);
    copyBlock(cells, inputs, begin, end);
    const blockScores = scores.subarray(begin, end);
    for (const root of compiled.roots) addTree(blockScores, compiled, root, cells, inputs.length);
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
