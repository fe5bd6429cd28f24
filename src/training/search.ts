import { meanLogLoss } from '../math/log-loss.js';
import { sigmoid } from '../models/model.js';
import type { Family, FitTools, FoldedSet, TableShape } from './families/family.js';

/** Estimated seconds that the families' first settings may take whatever the budget. */
const FEWEST_SECONDS = 15;

/** One cross-fitted setting of a family. */
export interface SearchResult {
  // biome-ignore lint/suspicious/noExplicitAny: families of different settings stand side by side
  readonly family: Family<any>;
  readonly setting: unknown;
  readonly scores: Float64Array;
  readonly logLoss: number;
}

/** One setting that the plan has room for. */
export interface PlannedFit {
  // biome-ignore lint/suspicious/noExplicitAny: see SearchResult
  readonly family: Family<any>;
  readonly setting: unknown;
  /** Estimated seconds: all folds, and the last fit on all training rows. */
  readonly seconds: number;
}

/**
 * Which settings fit into the time budget, by estimated cost and never by the clock, so that the same
 * options plan the same work on every machine. The first setting of every yardstick is in; those of the other
 * families while they fit into the budget or into fifteen seconds; further ones are added in turn, family by
 * family, while they fit into the budget.
 */
export function planSearch(
  // biome-ignore lint/suspicious/noExplicitAny: see SearchResult
  families: readonly Family<any>[],
  searchShape: TableShape,
  fullShape: TableShape,
  folds: number,
  budgetSeconds: number,
): PlannedFit[] {
  const cost = (family: Family<unknown>, setting: unknown) =>
    folds * family.seconds(searchShape, setting) + family.seconds(fullShape, setting);
  const queues = families.map((family) =>
    family
      .settings(searchShape)
      .map((setting: unknown): PlannedFit => ({ family, setting, seconds: cost(family, setting) })),
  );
  const yardsticks = queues.map((queue) => queue[0]!).filter(({ family }) => family.isYardstick);
  const planned = [...yardsticks];
  let left = budgetSeconds - yardsticks.reduce((sum, fit) => sum + fit.seconds, 0);
  const spared = Math.max(0, FEWEST_SECONDS - budgetSeconds);
  for (const [fit] of queues) {
    if (!fit || fit.family.isYardstick || fit.seconds > left + spared) continue;
    planned.push(fit);
    left -= fit.seconds;
  }
  for (let turn = 1; turn < Math.max(...queues.map((queue) => queue.length)); turn++) {
    for (const queue of queues) {
      const fit = queue[turn];
      if (!fit || fit.seconds > left || !planned.includes(queue[0]!)) continue;
      planned.push(fit);
      left -= fit.seconds;
    }
  }
  return planned;
}

/**
 * Cross-fits every planned setting, in the order of the plan.
 *
 * @param onFit called before each fit with the estimated seconds done
 */
export async function searchSettings(
  plan: readonly PlannedFit[],
  set: FoldedSet,
  tools: FitTools,
  onFit: (label: string, doneSeconds: number) => void,
): Promise<SearchResult[]> {
  const results: SearchResult[] = [];
  let done = 0;
  for (const { family, setting, seconds } of plan) {
    onFit(family.label, done);
    const fit = await family.crossFit(set, setting, tools);
    const logLoss = scoreLogLoss(fit.scores, set.churned);
    results.push({ family, setting: fit.setting, scores: fit.scores, logLoss });
    done += seconds;
  }
  return results;
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
