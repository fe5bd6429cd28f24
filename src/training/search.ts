import type { Family, FitTools, FoldedSet, TableShape } from './families/family.js';
import { type PlannedRace, planRace, runRace } from './race.js';
import { type SearchResult, scoreLogLoss } from './search-result.js';

/** Estimated seconds that the families' first settings may take whatever the budget. */
const FEWEST_SECONDS = 15;

/** One setting that the plan has room for. */
export interface PlannedFit {
  // biome-ignore lint/suspicious/noExplicitAny: see SearchResult
  readonly family: Family<any>;
  readonly setting: unknown;
  /** Estimated seconds: all folds, and the last fit on all training rows. */
  readonly seconds: number;
}

/** What the budget has room for. */
export interface SearchPlan {
  readonly fits: readonly PlannedFit[];
  readonly races: readonly PlannedRace[];
  /** Estimated seconds of it all. */
  readonly seconds: number;
}

/** Share of what the first settings leave of the budget that races may take; the rest goes to further settings. */
const RACE_SHARE = 0.7;

/**
 * Which settings fit into the time budget, by estimated cost and never by the clock, so that the same
 * options plan the same work on every machine. The first setting of every yardstick is in; those of the other
 * families while they fit into the budget or into fifteen seconds. Of what is left, families that race their further
 * settings may take the larger part; then further settings of all are added in turn, while they fit.
 */
export function planSearch(
  // biome-ignore lint/suspicious/noExplicitAny: see SearchResult
  families: readonly Family<any>[],
  searchShape: TableShape,
  fullShape: TableShape,
  folds: number,
  budgetSeconds: number,
): SearchPlan {
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
  const races: PlannedRace[] = [];
  for (const queue of queues) {
    if (!queue[0] || !planned.includes(queue[0])) continue;
    const race = planRace(queue[0].family, searchShape, fullShape, folds, RACE_SHARE * left);
    if (!race) continue;
    races.push(race);
    left -= race.seconds;
  }
  for (let turn = 1; turn < Math.max(...queues.map((queue) => queue.length)); turn++) {
    for (const queue of queues) {
      const fit = queue[turn];
      if (!fit || fit.seconds > left || !planned.includes(queue[0]!)) continue;
      planned.push(fit);
      left -= fit.seconds;
    }
  }
  const seconds = [...planned, ...races].reduce((sum, own) => sum + own.seconds, 0);
  return { fits: planned, races, seconds };
}

/**
 * Cross-fits every planned setting, in the order of the plan, then runs the races.
 *
 * @param onFit called before each fit with the estimated seconds done
 */
export async function searchSettings(
  { fits, races }: SearchPlan,
  set: FoldedSet,
  tools: FitTools,
  onFit: (label: string, doneSeconds: number) => void,
): Promise<SearchResult[]> {
  const results: SearchResult[] = [];
  let done = 0;
  for (const { family, setting, seconds } of fits) {
    onFit(family.label, done);
    const fit = await family.crossFit(set, setting, tools);
    const logLoss = scoreLogLoss(fit.scores, set.churned);
    results.push({ family, setting: fit.setting, scores: fit.scores, logLoss });
    done += seconds;
  }
  for (const race of races) {
    const before = done;
    const finalists = await runRace(race, set, tools, (share) =>
      onFit(`${race.family.label}, ${race.contenders.length} settings`, before + share * race.seconds),
    );
    results.push(...finalists);
    done += race.seconds;
  }
  return results;
}
