import { z } from 'zod';
import { applyCalibration } from '../calibration/calibration.js';
import { type CountedMonth, countRange, levelSpread } from '../evaluation/count-range.js';
import { seededRandom } from '../math/random.js';
import { dayText } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';
import { type FittedCandidates, fitCandidates } from './candidates.js';
import { predictChurn } from './churn-model.js';
import { cleanFeatures } from './company-audit.js';
import { partFiguresSchema } from './company-card.js';
import { companyRows, learningSnapshots } from './company-rows.js';
import { type LabelledRows, labelRows } from './labelled-rows.js';
import { cleanRows, type LearningSet, learnRecipe } from './learning-sets.js';
import { makeModel } from './make-model.js';
import { settleOptions } from './options.js';
import { partFigures } from './part-figures.js';
import { type CompanyTrainOptions, companyRoles } from './train-company.js';

const DAY = 86_400_000;
/** Fewer leavers among the rows to learn from make no model. */
const FEWEST_LEAVERS = 20;

/** One snapshot, predicted by a model that was learned from what was known by then. */
export const backtestFoldSchema = z.strictObject({
  /** ISO date. */
  snapshotAt: z.string(),
  trainingRows: z.int(),
  trainingSnapshots: z.int(),
  /** The candidate that was chosen. */
  chosen: z.string(),
  /** 90 % range of the count, chance and the spread between months together. */
  range: z.strictObject({ expected: z.number(), low: z.int(), high: z.int() }),
  /** Spread of the level of leaving from month to month, learned from the training snapshots. */
  levelSpread: z.number(),
  actual: z.int(),
  inRange: z.boolean(),
  figures: partFiguresSchema,
});
export type BacktestFold = z.infer<typeof backtestFoldSchema>;

/** Expected and actual leavers of each fold, and of all of them together. */
export const backtestSchema = z.strictObject({
  company: z.string(),
  gapDays: z.int(),
  horizonDays: z.int(),
  folds: z.array(backtestFoldSchema),
  /** Snapshots that were asked for and had too little before them. */
  skipped: z.array(z.strictObject({ snapshotAt: z.string(), reason: z.string() })),
  /** Over all folds. */
  expected: z.number(),
  actual: z.int(),
  inRange: z.int(),
});
export type Backtest = z.infer<typeof backtestSchema>;

export interface BacktestOptions extends CompanyTrainOptions {
  /** How many of the latest snapshots are predicted; default 6. */
  readonly folds?: number;
}

/**
 * The rolling origin: each of the latest snapshots is predicted by a whole training of its own (recipe, search, choice,
 * calibration) on the snapshots whose outcomes were fully known by then. Overlapping horizons make neighbouring folds
 * alike: twelve monthly folds of a 90-day horizon are no twelve independent trials.
 *
 * @throws ChurnError `too-few-rows` when no snapshot has a known outcome
 * @see Tashman (2000), Out-of-sample tests of forecasting accuracy
 * @example
 * const { expected, actual } = await backtestCompany(company, {
 *   seed: 7,
 *   horizonDays: 60,
 *   snapshots: 5,
 *   folds: 1,
 *   timeBudgetSeconds: 1,
 * });
 * console.log(`${expected} leavers expected, ${actual} left`);
 */
export async function backtestCompany(company: Company, options: BacktestOptions): Promise<Backtest> {
  const {
    gapDays = 0,
    horizonDays = 90,
    rhythm = 'month',
    snapshots = 36,
    stage = null,
    folds = 6,
  } = options;
  const settled = settleOptions({ ...options, ...companyRoles });
  const window = { gapDays, horizonDays, rhythm, snapshots };
  const dates = await learningSnapshots(company, window);
  const { raw } = await companyRows(company, dates, window, {
    labelled: true,
    stage,
    features: await cleanFeatures(company, settled.allow),
  });
  const labelled = labelRows(raw, settled);
  const judged = dates.slice(-folds);
  const results: BacktestFold[] = [];
  const skipped: Backtest['skipped'] = [];
  for (const [done, snapshot] of judged.entries()) {
    settled.onProgress(`Snapshot ${dayText(snapshot)}`, done / judged.length);
    const learn = rowsWhere(labelled, (at) => at + (gapDays + horizonDays) * DAY <= snapshot);
    const leavers = learn.reduce((sum, row) => sum + labelled.churned[row]!, 0);
    if (Math.min(leavers, learn.length - leavers) < FEWEST_LEAVERS) {
      const reason = `${leavers} leavers among ${learn.length} rows known by then; ${FEWEST_LEAVERS} are needed`;
      skipped.push({ snapshotAt: dayText(snapshot), reason });
      continue;
    }
    results.push(await backtestFold(labelled, snapshot, learn, settled));
  }
  const sum = (read: (fold: BacktestFold) => number) =>
    results.reduce((total, fold) => total + read(fold), 0);
  return {
    company: company.settings.name,
    gapDays,
    horizonDays,
    folds: results,
    skipped,
    expected: sum(({ range }) => range.expected),
    actual: sum(({ actual }) => actual),
    inRange: sum(({ inRange }) => (inRange ? 1 : 0)),
  };
}

async function backtestFold(
  labelled: LabelledRows,
  snapshot: number,
  learn: Int32Array,
  settled: ReturnType<typeof settleOptions>,
): Promise<BacktestFold> {
  const { recipe } = learnRecipe(labelled, learn, settled, settled.allow);
  const training = cleanRows(labelled, learn, recipe).set;
  const test = cleanRows(
    labelled,
    rowsWhere(labelled, (at) => at === snapshot),
    recipe,
  ).set;
  const fitted = await fitCandidates(training, { ...settled, onProgress: () => {} });
  const model = makeModel(settled.name, fitted.chosen, training.churned);
  const probabilities = predictChurn(model, test.table);
  const spread = levelSpread(monthsOf(fitted, training, labelled));
  const range = countRange(probabilities, { levelSpread: spread });
  const actual = test.churned.reduce((sum, y) => sum + y, 0);
  const random = seededRandom(settled.seed).fork(`backtest ${snapshot}`);
  return {
    snapshotAt: dayText(snapshot),
    trainingRows: training.churned.length,
    trainingSnapshots: new Set(Array.from(training.labelledRows, (row) => labelled.time![row])).size,
    chosen: fitted.chosen.name,
    range,
    levelSpread: spread,
    actual,
    inRange: actual >= range.low && actual <= range.high,
    figures: partFigures(
      { probabilities, churned: test.churned, accounts: test.groups! },
      [...test.churned.keys()],
      random,
    ),
  };
}

/** Expected and actual leavers of each training snapshot, from models that had not seen the accounts. */
function monthsOf(
  { chosen, searchChurned, searchRows }: FittedCandidates,
  { labelledRows }: LearningSet,
  { time }: LabelledRows,
): CountedMonth[] {
  const probabilities = applyCalibration(chosen.calibration, chosen.outOfFold);
  const months = new Map<number, { expected: number; actual: number; variance: number }>();
  probabilities.forEach((p, row) => {
    const at = time![labelledRows[searchRows[row]!]!]!;
    const month = months.get(at) ?? { expected: 0, actual: 0, variance: 0 };
    month.expected += p;
    month.actual += searchChurned[row]!;
    month.variance += p * (1 - p);
    months.set(at, month);
  });
  return [...months.values()];
}

function rowsWhere({ time }: LabelledRows, test: (snapshot: number) => boolean): Int32Array {
  return Int32Array.from([...time!.keys()].filter((row) => test(time![row]!)));
}
