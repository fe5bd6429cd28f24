import { averagePrecisionOf } from './average-precision.js';
import { type BrierParts, brierPartsOf, brierScoreOf } from './brier-score.js';
import { type CalibrationLine, calibrationLineOf } from './calibration-slope.js';
import { type ExpectedCount, expectedCountOf } from './expected-count.js';
import { accountsOfShare, churnersAmongTop, type TopAccounts, topAccounts } from './lift.js';
import { logLossOf } from './log-loss.js';
import { type ProfitTerms, profitOf } from './profit.js';
import { calibrationErrorOf, equalCountBins } from './reliability.js';
import { aucOf } from './roc.js';
import type { Tally } from './tally.js';

/** Shares of accounts at which lift is told. */
export const LIFT_SHARES = [0.01, 0.05, 0.1, 0.2] as const;

/** All figures that get an interval, of the full sample or of one resample. */
export interface Figures {
  readonly auc: number;
  readonly averagePrecision: number;
  readonly logLoss: number;
  readonly brier: number;
  readonly brierParts: BrierParts;
  readonly calibrationError: number;
  readonly calibrationLine: CalibrationLine;
  readonly expectedCount: ExpectedCount;
  /** One for each of `LIFT_SHARES`. */
  readonly top: readonly TopAccounts[];
  /** Profit at each point of the contact plan. */
  readonly profits: readonly number[];
}

/**
 * Takes every figure of one tally.
 *
 * @param contactShares the shares at which profit is taken; fixed by the full sample, as resamples of whole clusters
 * differ in size
 * @param near where the calibration line is looked for first: the full sample's, for a resample
 */
export function takeFigures(
  tally: Tally,
  terms: ProfitTerms,
  contactShares: readonly number[],
  near?: CalibrationLine,
): Figures {
  const bins = equalCountBins(tally);
  const listed = LIFT_SHARES.map((share) => accountsOfShare(share, tally.totalWeight));
  const leaving = churnersAmongTop(tally, listed);
  const contacted = contactShares.map((share) => Math.round(share * tally.totalWeight));
  const reached = churnersAmongTop(tally, contacted);
  return {
    auc: aucOf(tally),
    averagePrecision: averagePrecisionOf(tally),
    logLoss: logLossOf(tally),
    brier: brierScoreOf(tally),
    brierParts: brierPartsOf(tally, bins),
    calibrationError: calibrationErrorOf(bins),
    calibrationLine: calibrationLineOf(tally, near),
    expectedCount: expectedCountOf(tally),
    top: listed.map((accounts, i) => topAccounts(tally, accounts, leaving[i]!)),
    profits: contacted.map((accounts, i) => profitOf(reached[i]!, accounts, terms)),
  };
}
