import { meanLogLoss } from '../math/log-loss.js';
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

/** The result of each family with the lowest log loss, in the order of first appearance. */
export function bestOfEachFamily(results: readonly SearchResult[]): SearchResult[] {
  const best = new Map<string, SearchResult>();
  for (const result of results) {
    const before = best.get(result.family.name);
    if (!before || result.logLoss < before.logLoss) best.set(result.family.name, result);
  }
  return [...best.values()];
}

/** Log loss of uncalibrated scores. */
export function scoreLogLoss(scores: Float64Array, churned: Uint8Array): number {
  return meanLogLoss(scores.map(sigmoid), churned, null);
}
