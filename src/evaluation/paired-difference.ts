import { type BootstrapOptions, bootstrap, percentileInterval } from '../math/bootstrap.js';
import { takeBytes, takeCodes, takeNumbers } from '../tables/table.js';
import { brierScoreOf } from './brier-score.js';
import type { Estimate, PairedDifference } from './evaluation.js';
import { accountsOfShare, churnersAmongTop, topAccounts } from './lift.js';
import { logLossOf } from './log-loss.js';
import { aucOf } from './roc.js';
import { checkOutcomes, needBothOutcomes, riskLevels, type Tally, tallyLevels } from './tally.js';

interface Differences {
  readonly logLoss: number;
  readonly brier: number;
  readonly auc: number;
  readonly lift: number;
}

/**
 * The first model's log loss, Brier score, AUC and lift of the riskiest tenth minus the second's, on the same accounts. Both are measured
 * on the same resamples, so what makes an account hard for both drops out and the intervals are much narrower
 * than the two models' own would suggest. An interval that leaves out 0 is a difference beyond doubt; the
 * first is better where log loss and Brier are below 0, AUC and lift above. `against` names the second.
 *
 * @throws ChurnError `bad-table` on lengths that differ or probabilities outside [0, 1], `bad-target` when an
 * outcome is neither 0 nor 1 or only one is present, `too-few-rows` without rows.
 *
 * @example
 * const model = Float64Array.of(0.9, 0.7, 0.2, 0.4, 0.1, 0.3);
 * const baseRate = new Float64Array(6).fill(1 / 3);
 * const outcomes = Uint8Array.of(1, 1, 0, 0, 0, 0);
 * const difference = pairedDifference('base-rate', model, baseRate, outcomes, { random: seededRandom(7) });
 * difference.logLoss.high < 0; // true
 */
export function pairedDifference(
  against: string,
  first: Float64Array,
  second: Float64Array,
  churned: Uint8Array,
  { random, resamples, clusters }: BootstrapOptions,
): PairedDifference {
  checkOutcomes(first.length, churned);
  checkOutcomes(second.length, churned);
  // With the rows in the first model's order of risk one of two walks through memory is straight.
  const { order } = riskLevels(first);
  const firstLevels = riskLevels(takeNumbers(first, order));
  const secondLevels = riskLevels(takeNumbers(second, order));
  const outcomes = takeBytes(churned, order);
  const differ = (counts?: Uint8Array): Differences | null => {
    const tally = tallyLevels(firstLevels, outcomes, counts);
    if (tally.totalChurned === 0 || tally.totalChurned === tally.totalWeight) return null;
    return subtract(tally, tallyLevels(secondLevels, outcomes, counts));
  };
  needBothOutcomes('pairedDifference', tallyLevels(firstLevels, outcomes));
  const full = differ()!;
  const resampled = bootstrap(first.length, differ, {
    random: random.fork('evaluation'),
    resamples,
    clusters: clusters && takeCodes(clusters, order),
  });
  const estimate = (read: (differences: Differences) => number): Estimate => ({
    value: read(full),
    ...percentileInterval(resampled.map(read)),
  });
  return {
    against,
    logLoss: estimate((d) => d.logLoss),
    brier: estimate((d) => d.brier),
    auc: estimate((d) => d.auc),
    lift: estimate((d) => d.lift),
  };
}

function subtract(first: Tally, second: Tally): Differences {
  return {
    logLoss: logLossOf(first) - logLossOf(second),
    brier: brierScoreOf(first) - brierScoreOf(second),
    auc: aucOf(first) - aucOf(second),
    lift: topLift(first) - topLift(second),
  };
}

/** Lift of the riskiest tenth. */
function topLift(tally: Tally): number {
  const accounts = accountsOfShare(0.1, tally.totalWeight);
  return topAccounts(tally, accounts, churnersAmongTop(tally, [accounts])[0]!).lift;
}
