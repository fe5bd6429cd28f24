import { alignTable } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import type { Contributions } from '../model.js';
import { type LocatedColumns, locateColumns } from './encode.js';
import { addAnswers, type ForwardNet, finishScores, forwardNet } from './forward.js';
import type { Encoding, FittedNeuralNet } from './model.js';
import { rowsBetween } from './predict.js';

const BLOCK = 512;

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
    for (let row = from; row < Math.min(from + BLOCK, aligned.rows); row++) {
      const pushes = values.subarray(row * count, (row + 1) * count);
      for (const net of nets) scores[row]! += addPushes(net, fitted.encodings, columns, row - from, pushes);
      scores[row]! /= nets.length;
      for (let feature = 0; feature < count; feature++) pushes[feature]! /= nets.length;
    }
  }
  const baseline = nets.reduce((sum, net) => sum + typicalScore(net), 0) / nets.length;
  shareOut(values, scores, baseline, count);
  return { features: fitted.features.map(({ name }) => name), baseline, values };
}

function typicalScore(net: ForwardNet): number {
  return finishScores(net, Float64Array.from(net.biases), 1)[0]!;
}

/** Adds one net's pushes on one row. @returns the row's score */
function addPushes(
  net: ForwardNet,
  encodings: readonly Encoding[],
  columns: LocatedColumns,
  row: number,
  pushes: Float64Array,
): number {
  const { units, biases } = net;
  const count = pushes.length;
  // First-layer sums: of each feature's value alone, then of all values but it, of all and of none.
  const sums = new Float64Array((2 * count + 2) * units);
  const full = 2 * count * units;
  sums.set(biases, full);
  sums.set(biases, full + units);
  for (let feature = 0; feature < count; feature++) {
    addAnswers(net, encodings, feature, columns[feature]![row]!, sums, feature * units);
    for (let unit = 0; unit < units; unit++) sums[full + unit]! += sums[feature * units + unit]!;
  }
  for (let feature = 0; feature < count; feature++) {
    const [alone, without] = [feature * units, (count + feature) * units];
    for (let unit = 0; unit < units; unit++) {
      const answer = sums[alone + unit]!;
      sums[alone + unit] = biases[unit]! + answer;
      sums[without + unit] = sums[full + unit]! - answer;
    }
  }
  const scores = finishScores(net, sums, 2 * count + 2);
  const [score, typical] = [scores[2 * count]!, scores[2 * count + 1]!];
  for (let feature = 0; feature < count; feature++) {
    pushes[feature]! += (scores[feature]! - typical + score - scores[count + feature]!) / 2;
  }
  return score;
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
