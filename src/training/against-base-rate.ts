import { applyCalibration, fitCalibration } from '../calibration/calibration.js';
import { pairedDifference } from '../evaluation/paired-difference.js';
import type { Random } from '../math/random.js';
import { combineScores, selectEnsemble } from '../models/ensemble/ensemble.js';
import { sigmoid } from '../models/model.js';
import { foldRows } from '../splits/folds.js';
import { takeBytes, takeNumbers } from '../tables/table.js';
import type { FoldedSet } from './families/family.js';

/**
 * Whether joining and calibrating the library of out-of-fold scores beats the base rate's with 95 %
 * confidence.
 *
 * Weights and calibration that are chosen on the rows that judge them flatter themselves: on tables of pure
 * noise the ensemble would pass every other time. So they are chosen on the even folds and judged on the odd
 * ones, and the other way round.
 *
 * @param library out-of-fold scores of every setting that was tried, the base rate apart
 */
export function beatsBaseRate(
  library: readonly Float64Array[],
  baseRate: Float64Array,
  { churned, fold, groups }: FoldedSet,
  random: Random,
): boolean {
  const half = fold.map((value) => value % 2);
  const probabilities = new Float64Array(churned.length);
  for (const judged of [0, 1]) {
    const { inside, outside } = foldRows(half, judged);
    const outcomes = takeBytes(churned, outside);
    const scores = library.map((each) => takeNumbers(each, outside));
    const { weights } = selectEnsemble(
      scores.map((each, i) => ({ name: String(i), scores: each })),
      outcomes,
    );
    const shares = weights.map(({ weight }) => weight);
    const calibration = fitCalibration(combineScores(shares, scores), outcomes, {
      random: random.fork(`half ${judged}`),
    });
    const judgedScores = library.map((each) => takeNumbers(each, inside));
    applyCalibration(calibration, combineScores(shares, judgedScores)).forEach((p, i) => {
      probabilities[inside[i]!] = p;
    });
  }
  const { logLoss } = pairedDifference('base-rate', probabilities, baseRate.map(sigmoid), churned, {
    random: random.fork('against base rate'),
    clusters: groups,
  });
  return logLoss.high < 0;
}
