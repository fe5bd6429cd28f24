import { type FoldPart, foldPart } from './cross-fit.js';
import type { Family, FitTools, FoldedSet, FoldFit, TableShape } from './families/family.js';
import { type SearchResult, scoreLogLoss } from './search-result.js';

/** Contenders at the start, the most that the budget has room for. */
const STARTS = [16, 8, 4];
/** Contenders that are fitted on all folds. */
const FINALISTS = 3;

/** One stretch of a race: so many contenders are fitted on these folds. */
interface Stretch {
  readonly contenders: number;
  readonly folds: readonly number[];
}

/** A race that the time budget has room for. */
export interface PlannedRace {
  // biome-ignore lint/suspicious/noExplicitAny: families of different settings stand side by side
  readonly family: Family<any>;
  readonly contenders: readonly unknown[];
  readonly stretches: readonly Stretch[];
  /** Estimated seconds of the race and of the last fits. */
  readonly seconds: number;
}

/**
 * Successive halving over a family's contenders (Jamieson & Talwalkar 2016): all are fitted on the first fold, the
 * better half on the next, and so on, until three are left, which are fitted on every fold. `null` when the family
 * has none, or the budget no room for four.
 */
export function planRace(
  // biome-ignore lint/suspicious/noExplicitAny: see PlannedRace
  family: Family<any>,
  searchShape: TableShape,
  fullShape: TableShape,
  folds: number,
  budgetSeconds: number,
): PlannedRace | null {
  const all = family.race?.contenders(searchShape) ?? [];
  for (const start of STARTS) {
    const contenders = all.slice(0, start);
    if (contenders.length < start) continue;
    const stretches = halvingStretches(start, folds);
    const dearest = Math.max(...contenders.map((own) => family.seconds(searchShape, own)));
    const mean = contenders.reduce((sum, own) => sum + family.seconds(searchShape, own), 0) / start;
    const last = Math.max(...contenders.map((own) => family.seconds(fullShape, own)));
    const seconds =
      stretches.reduce(
        (sum, stretch, i) => sum + stretch.contenders * stretch.folds.length * (i === 0 ? mean : dearest),
        0,
      ) +
      FINALISTS * last;
    if (seconds <= budgetSeconds) return { family, contenders, stretches, seconds };
  }
  return null;
}

function halvingStretches(start: number, folds: number): Stretch[] {
  const stretches: Stretch[] = [];
  let fold = 0;
  for (let left = start; left > FINALISTS && fold < folds - 1; left = Math.ceil(left / 2)) {
    stretches.push({ contenders: left, folds: [fold++] });
  }
  const rest = Array.from({ length: folds - fold }, (_, i) => fold + i);
  return [...stretches, { contenders: FINALISTS, folds: rest }];
}

/** A contender and its fits so far. */
interface Runner {
  readonly setting: unknown;
  readonly fits: FoldFit[];
}

/**
 * Runs the race and cross-fits the finalists, best first. Contenders are compared on the same held-out rows.
 *
 * @param onFit called before each fold's fit with the share of fits done
 */
export async function runRace(
  { family, contenders, stretches }: PlannedRace,
  set: FoldedSet,
  tools: FitTools,
  onFit: (share: number) => void,
): Promise<SearchResult[]> {
  const race = family.race!;
  let runners: Runner[] = contenders.map((setting) => ({ setting, fits: [] }));
  const all = stretches.reduce((sum, stretch) => sum + stretch.contenders * stretch.folds.length, 0);
  let done = 0;
  for (const stretch of stretches) {
    runners = runners.toSorted((a, b) => lossOf(a) - lossOf(b)).slice(0, stretch.contenders);
    for (const fold of stretch.folds) {
      const part: FoldPart = foldPart(set, fold);
      for (const runner of runners) {
        onFit(done++ / all);
        await tools.pause();
        runner.fits.push(await race.fitFold(part, runner.setting, tools));
      }
    }
  }
  return runners
    .map(({ setting, fits }): SearchResult => {
      const joined = race.join(set, setting, fits);
      return {
        family,
        setting: joined.setting,
        scores: joined.scores,
        logLoss: scoreLogLoss(joined.scores, set.churned),
      };
    })
    .toSorted((a, b) => a.logLoss - b.logLoss);
}

/** Sum of the held-out rows' log losses. */
function lossOf({ fits }: Runner): number {
  return fits.reduce((sum, { rows, logLoss }) => sum + rows.length * logLoss, 0);
}
