import { type FittedCalibration, fitCalibration } from '../calibration/calibration.js';
import { ChurnError } from '../errors.js';
import { type Random, seededRandom } from '../math/random.js';
import { combineScores, selectEnsemble } from '../models/ensemble/ensemble.js';
import type { FittedModel } from '../models/fitted-model.js';
import { foldRows, stratifiedFolds } from '../splits/folds.js';
import type { Note } from '../tables/raw-table.js';
import { beatsBaseRate } from './against-base-rate.js';
import { designWidth, takeTrainingRows } from './cross-fit.js';
import { additiveTreesFamily, boostedTreesFamily } from './families/boosted-trees.js';
import type { FitTools, FoldedSet, TableShape } from './families/family.js';
import { logisticFamily } from './families/logistic.js';
import { neuralNetFamily } from './families/neural-net.js';
import { baseRateFamily, triggerFamily } from './families/simple.js';
import type { LearningSet } from './learning-sets.js';
import { planSearch, type SearchPlan, searchSettings } from './search.js';
import { bestOfEachFamily, type SearchResult, scoreLogLoss } from './search-result.js';

const FAMILIES = [
  baseRateFamily,
  triggerFamily,
  logisticFamily,
  additiveTreesFamily,
  boostedTreesFamily,
  neuralNetFamily,
];

/** Settings are searched on at most this many rows; the last fit uses all. */
const MOST_SEARCH_ROWS = 50_000;

/** A model that was fitted on all training rows, with the out-of-fold scores that speak for it. */
export interface FittedCandidate {
  readonly name: string;
  readonly label: string;
  readonly settings: string;
  /** Weighted members; a single model is its own only member. */
  readonly members: readonly {
    readonly name: string;
    readonly weight: number;
    readonly fitted: FittedModel;
  }[];
  /** Scores of the search rows from models that did not see them. */
  readonly outOfFold: Float64Array;
  readonly logLoss: number;
  readonly calibration: FittedCalibration;
}

/** All candidates, and which of them the model will be. */
export interface FittedCandidates {
  readonly candidates: readonly FittedCandidate[];
  readonly chosen: FittedCandidate;
  /** Outcomes of the search rows, in the order of `outOfFold`. */
  readonly searchChurned: Uint8Array;
  /** Which training rows those are: all, or part of very many. */
  readonly searchRows: Int32Array;
  readonly folds: number;
  /** Families that the time budget left out. */
  readonly notes: readonly Note[];
}

export interface FitCandidatesOptions {
  readonly seed: number;
  readonly timeBudgetSeconds: number;
  readonly onProgress: (label: string, share: number) => void;
}

/**
 * Searches settings by inner resampling, fits each family's best on all training rows, joins them by greedy
 * selection, calibrates on out-of-fold scores, and chooses: the ensemble (or its only member), unless it
 * does not beat the base rate beyond doubt out of fold; then the base rate.
 *
 * @throws ChurnError `too-few-rows` with fewer than ten rows of either outcome
 * @example
 * const labelled = labelRows(raw, { target: 'churned', id: 'account_id', time: null, group: null });
 * const { set } = cleanRows(labelled, Int32Array.from(labelled.churned.keys()), recipe);
 * const { candidates, chosen } = await fitCandidates(set, {
 *   seed: 7,
 *   timeBudgetSeconds: 1,
 *   onProgress: (label) => console.log(label),
 * });
 * console.log(
 *   candidates.map(({ label, logLoss }) => `${label}: ${logLoss}`),
 *   chosen.name,
 * );
 */
export async function fitCandidates(
  train: LearningSet,
  options: FitCandidatesOptions,
): Promise<FittedCandidates> {
  const random = seededRandom(options.seed).fork('candidates');
  const { rows: searchRows, ...search } = searchSet(train, random.fork('search rows'));
  const tools: FitTools = {
    seed: options.seed,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  };
  const plan = planSearch(FAMILIES, shapeOf(search), shapeOf(train), search.folds, options.timeBudgetSeconds);
  const notes = leftOutNotes(plan, options.timeBudgetSeconds);
  const total = plan.seconds || 1;
  const results = await searchSettings(plan, search, tools, (label, done) =>
    options.onProgress(label, (0.8 * done) / total),
  );

  const best = bestOfEachFamily(results, search.churned);
  const joined = selectMembers(results, search.churned);
  const wanted = [...new Set([...best, ...joined.map(({ result }) => result)])];
  const fitted = new Map<SearchResult, FittedModel>();
  for (const result of wanted) {
    options.onProgress(`${result.family.label}, all rows`, 0.8 + (0.15 * fitted.size) / wanted.length);
    await tools.pause();
    fitted.set(result, await result.family.fit(train, result.setting, tools));
  }
  const calibrate = (name: string, scores: Float64Array) =>
    fitCalibration(scores, search.churned, { random: random.fork(`calibration ${name}`) });
  const singles = best.map((result) => singleCandidate(result, fitted.get(result)!, calibrate));
  const candidates =
    joined.length > 1 ? [...singles, joinCandidate(joined, fitted, search.churned, calibrate)] : singles;
  const favourite = joined.length > 1 ? candidates.at(-1)! : bestSingle(singles);
  const baseRate = singles.find(({ name }) => name === baseRateFamily.name)!;
  const library = results.filter(({ family }) => family !== baseRateFamily).map(({ scores }) => scores);
  const chosen = beatsBaseRate(library, baseRate.outOfFold, search, random) ? favourite : baseRate;
  return { candidates, chosen, searchChurned: search.churned, searchRows, folds: search.folds, notes };
}

function leftOutNotes(plan: SearchPlan, budgetSeconds: number): Note[] {
  const leftOut = FAMILIES.filter((family) => !plan.fits.some((fit) => fit.family === family));
  return leftOut.map(({ label }) => ({
    kind: 'family-left-out',
    message:
      `${label}: not tried, on this table it would take longer than the time budget of ${budgetSeconds} s leaves; ` +
      'a longer --time-budget tries it',
  }));
}

/** At most 50,000 rows, stratified and with whole groups, dealt into folds. */
function searchSet(train: LearningSet, random: Random): FoldedSet & { readonly rows: Int32Array } {
  const leavers = train.churned.reduce((sum, y) => sum + y, 0);
  const fewest = Math.min(leavers, train.churned.length - leavers);
  if (fewest < 8) {
    throw new ChurnError(
      'too-few-rows',
      `train needs at least 10 churned and 10 staying accounts; the training part has ${leavers} churned and ` +
        `${train.churned.length - leavers} staying`,
    );
  }
  const parts = Math.ceil(train.churned.length / MOST_SEARCH_ROWS);
  const rows =
    parts === 1
      ? Int32Array.from(train.churned, (_, row) => row)
      : foldRows(stratifiedFolds(train.churned, train.groups, parts, random), 0).inside;
  const set = takeTrainingRows(train, rows);
  const groups = train.groups && Int32Array.from(rows, (row) => train.groups![row]!);
  const most = rows.length < 2_000 ? Math.min(10, fewest) : 5;
  const folds = groups ? Math.min(most, fewestGroups(set.churned, groups)) : most;
  if (folds < 2) {
    throw new ChurnError(
      'too-few-rows',
      'train needs churned and staying accounts in at least 2 groups each of the training part, or some folds have one outcome alone',
    );
  }
  return { ...set, rows, groups, folds, fold: stratifiedFolds(set.churned, groups, folds, random) };
}

/** Groups with an outcome, of the outcome that is in fewer. */
function fewestGroups(churned: Uint8Array, groups: Int32Array): number {
  const withOutcome = [0, 1].map((outcome) => groups.filter((_, row) => churned[row] === outcome));
  return Math.min(...withOutcome.map((found) => new Set(found).size));
}

function shapeOf({ table, churned }: { table: LearningSet['table']; churned: Uint8Array }): TableShape {
  return {
    rows: table.rows,
    churned: churned.reduce((sum, y) => sum + y, 0),
    columns: table.columns.length,
    designWidth: designWidth(table),
  };
}

type Calibrate = (name: string, scores: Float64Array) => FittedCalibration;

function singleCandidate(result: SearchResult, fitted: FittedModel, calibrate: Calibrate): FittedCandidate {
  const { family, setting, scores, logLoss } = result;
  return {
    name: family.name,
    label: family.label,
    settings: family.describe(setting),
    members: [{ name: family.name, weight: 1, fitted }],
    outOfFold: scores,
    logLoss,
    calibration: calibrate(family.name, scores),
  };
}

/** A search result with its weight in the ensemble. */
interface WeightedResult {
  readonly result: SearchResult;
  readonly weight: number;
}

/** The greedy ensemble over all settings that were tried, the base rate apart. */
function selectMembers(results: readonly SearchResult[], churned: Uint8Array): WeightedResult[] {
  const library = results.filter(({ family }) => family !== baseRateFamily);
  const { weights } = selectEnsemble(
    library.map(({ scores }, i) => ({ name: String(i), scores })),
    churned,
  );
  return library
    .map((result, i) => ({ result, weight: weights[i]!.weight }))
    .filter(({ weight }) => weight > 0);
}

function joinCandidate(
  joined: readonly WeightedResult[],
  fitted: ReadonlyMap<SearchResult, FittedModel>,
  churned: Uint8Array,
  calibrate: Calibrate,
): FittedCandidate {
  const outOfFold = combineScores(
    joined.map(({ weight }) => weight),
    joined.map(({ result }) => result.scores),
  );
  return {
    name: 'ensemble',
    label: 'Ensemble',
    settings: joined
      .map(({ weight, result: { family } }) => `${Math.round(100 * weight)} % ${family.label.toLowerCase()}`)
      .join(', '),
    members: joined.map(({ weight, result }) => ({
      name: result.family.name,
      weight,
      fitted: fitted.get(result)!,
    })),
    outOfFold,
    logLoss: scoreLogLoss(outOfFold, churned),
    calibration: calibrate('ensemble', outOfFold),
  };
}

function bestSingle(singles: readonly FittedCandidate[]): FittedCandidate {
  return singles.reduce((best, candidate) => (candidate.logLoss < best.logLoss ? candidate : best));
}
