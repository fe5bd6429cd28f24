import { alignTable } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import type { Contributions } from '../model.js';
import { type LocatedColumns, locateColumns } from './encode.js';
import { addAnswers, type ForwardNet, finishScores, forwardNet, typicalSums } from './forward.js';
import type { FittedNeuralNet } from './model.js';
import { rowsBetween } from './predict.js';

/** Rows of one block; their first-layer sums are kept for every feature. */
const BLOCK = 64;

/**
 * Each feature's push on each row's score, approximately its Shapley value against the typical account,
 * whose every input is the training mean (0).
 *
 * A push is the mean of two differences: what giving the typical account the row's value does, and what
 * taking that value back from the row undoes; the first and the last place in Shapley's orders. That is
 * exact for a score made of effects of one and of two features. What effects of three and more leave over
 * is shared out in proportion to the pushes' sizes, so that baseline and pushes sum to the score.
 *
 * @throws ChurnError `missing-column`, `bad-table`
 * @example
 * const { features, values } = contributionsNeuralNet(fitted, table);
 * values.subarray(0, features.length); // what moved the first row's score
 */
export function contributionsNeuralNet(fitted: FittedNeuralNet, table: Table): Contributions {
  const aligned = alignTable(fitted.features, table);
  const count = fitted.features.length;
  const nets = fitted.members.map((member) => forwardNet(fitted.encodings, member));
  const values = new Float64Array(aligned.rows * count);
  const scores = new Float64Array(aligned.rows);
  for (let from = 0; from < aligned.rows; from += BLOCK) {
    const columns = locateColumns(fitted.encodings, rowsBetween(aligned, from, from + BLOCK));
    const pushes = values.subarray(from * count, (from + BLOCK) * count);
    for (const net of nets) {
      addPushes(net, columns, pushes, nets.length).forEach((score, row) => {
        scores[from + row]! += score / nets.length;
      });
    }
  }
  const baseline = nets.reduce((sum, net) => sum + typicalScore(net), 0) / nets.length;
  shareOut(values, scores, baseline, count);
  return { features: fitted.features.map(({ name }) => name), baseline, values };
}

function typicalScore(net: ForwardNet): number {
  return finishScores(net, typicalSums(net, 1))[0]!;
}

/** Adds one of `members` nets' pushes on a block of rows. @returns the net's scores */
function addPushes(
  net: ForwardNet,
  columns: LocatedColumns,
  pushes: Float64Array,
  members: number,
): Float64Array {
  const count = columns.length;
  const rows = columns[0]!.length;
  const typical = typicalScore(net);
  const answers = columns.map((places, feature) => {
    const sums = new Float64Array(rows * net.units);
    addAnswers(net, feature, places, sums);
    return sums;
  });
  const none = typicalSums(net, rows);
  const all = none.map((sum, i) => answers.reduce((total, answer) => total + answer[i]!, sum));
  const scores = finishScores(net, all.slice());
  answers.forEach((answer, feature) => {
    const alone = finishScores(net, addTo(none, answer, 1));
    const without = finishScores(net, addTo(all, answer, -1));
    for (let row = 0; row < rows; row++) {
      const push = (alone[row]! - typical + scores[row]! - without[row]!) / 2;
      pushes[row * count + feature]! += push / members;
    }
  });
  return scores;
}

function addTo(sums: Float64Array, answer: Float64Array, sign: 1 | -1): Float64Array {
  const total = new Float64Array(sums.length);
  for (let i = 0; i < sums.length; i++) total[i] = sums[i]! + sign * answer[i]!;
  return total;
}

/** Makes every row's pushes sum to its score less the baseline, in place. */
function shareOut(values: Float64Array, scores: Float64Array, baseline: number, count: number): void {
  scores.forEach((score, row) => {
    const pushes = values.subarray(row * count, (row + 1) * count);
    let sum = 0;
    let size = 0;
    for (const push of pushes) {
      sum += push;
      size += Math.abs(push);
    }
    const left = score - baseline - sum;
    for (let feature = 0; feature < count; feature++) {
      const share = size > 0 ? Math.abs(pushes[feature]!) / size : 1 / count;
      pushes[feature]! += left * share;
    }
  });
}
