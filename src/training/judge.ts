import { applyCalibration } from '../calibration/calibration.js';
import type { FittedGroupShifts } from '../calibration/group-shifts.js';
import { brierScore } from '../evaluation/brier-score.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { Evaluation, PairedDifference } from '../evaluation/evaluation.js';
import { logLoss } from '../evaluation/log-loss.js';
import { pairedDifference } from '../evaluation/paired-difference.js';
import { auc } from '../evaluation/roc.js';
import type { Random } from '../math/random.js';
import type { FittedCandidate, FittedCandidates } from './candidates.js';
import type { Card } from './card.js';
import { predictChurn } from './churn-model.js';
import type { LearningSet } from './learning-sets.js';
import { makeModel } from './make-model.js';
import type { Settled } from './options.js';

/** The final model's evaluation, every candidate's figures, and the paired differences. */
export interface Judged {
  readonly evaluation: Evaluation;
  readonly candidates: Card['candidates'];
  readonly differences: PairedDifference[];
}

/**
 * Every candidate on the held-back rows, all with the same resamples. The final model is the chosen candidate with its
 * shifts inside groups; the candidates are judged without.
 */
export function judge(
  fitted: FittedCandidates,
  heldBack: LearningSet,
  options: Settled,
  random: Random,
  groupShifts: FittedGroupShifts,
): Judged {
  const { contactCost, saveValue, saveRate } = options;
  const resampling = () => random.fork('bootstrap');
  const judgeOne = (candidate: FittedCandidate, shifts: FittedGroupShifts) => {
    const model = makeModel(candidate.name, candidate, heldBack.churned, 'no-signal', shifts);
    const probabilities = predictChurn(model, heldBack.table);
    const evaluation = evaluate(probabilities, heldBack.churned, {
      random: resampling(),
      clusters: heldBack.groups,
      profit: { contactCost, saveValue, saveRate },
    });
    return { candidate, probabilities, evaluation };
  };
  const judged = fitted.candidates.map((candidate) => judgeOne(candidate, []));
  const final =
    groupShifts.length > 0
      ? judgeOne(fitted.chosen, groupShifts)
      : judged.find(({ candidate }) => candidate === fitted.chosen)!;
  const ensemble = fitted.candidates.find(({ name }) => name === 'ensemble') ?? fitted.chosen;
  const weightOf = (family: string) =>
    ensemble.members.reduce((sum, { name, weight }) => sum + (name === family ? weight : 0), 0);
  return {
    evaluation: final.evaluation,
    candidates: judged.map(({ candidate, evaluation }) => ({
      name: candidate.name,
      label: candidate.label,
      settings: candidate.settings,
      ensembleWeight: candidate.name === 'ensemble' ? null : weightOf(candidate.name),
      outOfFold: outOfFoldFigures(candidate, fitted.searchChurned),
      heldBack: {
        auc: evaluation.auc,
        averagePrecision: evaluation.averagePrecision,
        logLoss: evaluation.logLoss,
        brier: evaluation.brier,
        calibrationError: evaluation.calibrationError,
      },
    })),
    differences: judged
      .filter(({ candidate }) => ['base-rate', 'trigger', 'logistic'].includes(candidate.name))
      .map(({ candidate, probabilities }) =>
        pairedDifference(candidate.name, final.probabilities, probabilities, heldBack.churned, {
          random: resampling(),
          clusters: heldBack.groups,
        }),
      ),
  };
}

/** Calibrated out-of-fold figures of the search rows. */
function outOfFoldFigures({ calibration, outOfFold }: FittedCandidate, churned: Uint8Array) {
  const probabilities = applyCalibration(calibration, outOfFold);
  return {
    auc: auc(probabilities, churned),
    logLoss: logLoss(probabilities, churned),
    brier: brierScore(probabilities, churned),
  };
}
