import { needBothOutcomes, type Tally, tallyOutcomes } from './tally.js';

/** log-odds of churning = intercept + slope × log-odds predicted; 0 and 1 are perfect. */
export interface CalibrationLine {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * 1 ÷ 100², the precision of a normal prior around slope 1: a drop in the sea wherever there is something to
 * fit (a thousand accounts with usual spread weigh a million times more), and enough for a finite answer
 * where there is not.
 */
const SLOPE_PRECISION = 1e-4;
const PERFECT: CalibrationLine = { intercept: 0, slope: 1 };

/** The fit is done when a step moves no account's log-odds by more; steps shrink quadratically. */
const SMALL_STEP = 1e-5;
/** For a resample: the step after one of 0.02 would be about 0.0002, far below the spread of resamples. */
const SMALL_STEP_NEARBY = 0.02;

/**
 * Cox's (1958) recalibration line: a logistic regression of the outcome on the predicted log-odds. A slope
 * below 1 says that the predicted differences are too large (overfitting), above 1 too small; the intercept
 * is the log-odds of churning where the model says even odds. Fitted by Newton's method, with a very weak
 * prior N(1, 100²) on the slope, which decides only where the data cannot: when every probability is the
 * same nothing can be said of differences, so the slope stays at 1 and the intercept alone carries the base
 * rate; when churners and stayers are perfectly apart the slope is large but finite. Probabilities are held
 * 2⁻⁵² from 0 and 1, log-odds of ±36.
 *
 * @throws ChurnError `bad-target` when only one outcome is present.
 */
export function calibrationLine(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): CalibrationLine {
  return calibrationLineOf(tallyOutcomes(probabilities, churned, weights));
}

/**
 * `calibrationLine` of accounts that are already counted. A resample starts at `nearby`, the line of the full
 * sample, and is done after one or two steps (the one-step bootstrap).
 */
export function calibrationLineOf(tally: Tally, nearby?: CalibrationLine): CalibrationLine {
  needBothOutcomes('calibrationLine', tally);
  const from = nearby ?? PERFECT;
  const smallStep = nearby ? SMALL_STEP_NEARBY : SMALL_STEP;
  const { lossIfChurned, lossIfStayed } = tally.levels;
  const count = tally.weights.length;
  const mean = meanLogOdds(tally);
  const highest = lossIfStayed[0]! - lossIfChurned[0]! - mean;
  const lowest = lossIfStayed[count - 1]! - lossIfChurned[count - 1]! - mean;
  // The intercept at the mean log-odds: the two unknowns then hardly depend on each other.
  let centre = from.intercept + from.slope * mean;
  let slope = from.slope;
  for (let iteration = 0; iteration < 200; iteration++) {
    const step = newtonStep(tally, mean, centre, slope);
    // No account's log-odds may move by more than 1 in a step. Then the curvature grows by less than e, the
    // likelihood rises at every step, and the method converges from anywhere (Bach 2010, self-concordance).
    const reach = Math.max(
      Math.abs(step.centre + step.slope * highest),
      Math.abs(step.centre + step.slope * lowest),
    );
    const share = Math.min(1, 1 / reach);
    centre += share * step.centre;
    slope += share * step.slope;
    if (reach < smallStep) break;
  }
  return { intercept: centre - slope * mean, slope };
}

function meanLogOdds({ levels, weights, totalWeight }: Tally): number {
  const { lossIfChurned, lossIfStayed } = levels;
  let sum = 0;
  for (let level = 0; level < weights.length; level++) {
    sum += weights[level]! * (lossIfStayed[level]! - lossIfChurned[level]!);
  }
  return sum / totalWeight;
}

function newtonStep(
  { levels, weights, churned }: Tally,
  mean: number,
  centre: number,
  slope: number,
): { centre: number; slope: number } {
  const { lossIfChurned, lossIfStayed } = levels;
  let gradient = 0;
  let gradientSlope = SLOPE_PRECISION * (1 - slope);
  let curvature = 0;
  let curvatureMixed = 0;
  let curvatureSlope = SLOPE_PRECISION;
  for (let level = 0; level < weights.length; level++) {
    const weight = weights[level]!;
    if (weight === 0) continue;
    const x = lossIfStayed[level]! - lossIfChurned[level]! - mean;
    const logOdds = centre + slope * x;
    const odds = Math.exp(-Math.abs(logOdds));
    const p = (logOdds >= 0 ? 1 : odds) / (1 + odds);
    const surprise = churned[level]! - weight * p;
    // p (1 − p), written so that it does not vanish where p rounds to 1.
    const variance = (weight * odds) / ((1 + odds) * (1 + odds));
    gradient += surprise;
    gradientSlope += surprise * x;
    curvature += variance;
    curvatureMixed += variance * x;
    curvatureSlope += variance * x * x;
  }
  const determinant = curvature * curvatureSlope - curvatureMixed * curvatureMixed;
  return {
    centre: (gradient * curvatureSlope - gradientSlope * curvatureMixed) / determinant,
    slope: (gradientSlope * curvature - gradient * curvatureMixed) / determinant,
  };
}
