import { meanLogLoss, scoreLoss } from '../math/log-loss.js';
import { sigmoid } from '../models/model.js';
import type { Family } from './families/family.js';

/** One cross-fitted setting of a family. */
export interface SearchResult {
  // biome-ignore lint/suspicious/noExplicitAny: families of different settings stand side by side
  readonly family: Family<any>;
  readonly setting: unknown;
  readonly scores: Float64Array;
  readonly logLoss: number;
}

/**
 * The result of each family that is to stand for it, in the order of first appearance: the first setting, which is a good
 * one for most tables, unless another's log loss is lower by more than the standard error of the difference; then the
 * lowest of those. Of many settings one is always lucky.
 */
export function bestOfEachFamily(results: readonly SearchResult[], churned: Uint8Array): SearchResult[] {
  const first = new Map<string, SearchResult>();
  const best = new Map<string, SearchResult>();
  for (const result of results) {
    const { name } = result.family;
    if (!first.has(name)) first.set(name, result);
    const before = best.get(name) ?? result;
    if (
      before === result ||
      (result.logLoss < before.logLoss && isBetter(result, first.get(name)!, churned))
    ) {
      best.set(name, result);
    }
  }
  return [...best.values()];
}

/** Whether the mean difference of the rows' log losses is below minus its standard error. */
function isBetter(result: SearchResult, other: SearchResult, churned: Uint8Array): boolean {
  let [sum, squares] = [0, 0];
  churned.forEach((y, row) => {
    const difference = scoreLoss(result.scores[row]!, y) - scoreLoss(other.scores[row]!, y);
    sum += difference;
    squares += difference * difference;
  });
  const mean = sum / churned.length;
  const error = Math.sqrt(Math.max(squares / churned.length - mean * mean, 0) / churned.length);
  return mean < -error;
}

/** Log loss of uncalibrated scores. */
export function scoreLogLoss(scores: Float64Array, churned: Uint8Array): number {
  return meanLogLoss(scores.map(sigmoid), churned, null);
}
