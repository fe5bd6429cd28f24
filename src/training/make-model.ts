import type { FittedGroupShifts } from '../calibration/group-shifts.js';
import type { FittedCandidate } from './candidates.js';
import { type ChurnModel, MODEL_FORMAT_VERSION } from './churn-model.js';

/**
 * A candidate as a model that scores; the verdict is for the caller to fill in once it is known.
 *
 * @example
 * const scores = predictBoostedTrees(trees, table);
 * const candidate = {
 *   name: 'boosted-trees',
 *   label: 'Boosted trees',
 *   settings: '20 trees',
 *   members: [{ name: 'boosted-trees', weight: 1, fitted: trees }],
 *   outOfFold: scores,
 *   logLoss: logLoss(scores.map(sigmoid), churned),
 *   calibration: fitCalibration(scores, churned, { random: seededRandom(7) }),
 * };
 * const chances = predictChurn(makeModel('trees', candidate, churned), table);
 */
export function makeModel(
  name: string,
  candidate: FittedCandidate,
  churned: Uint8Array,
  verdict: ChurnModel['verdict'] = 'no-signal',
  groupShifts: FittedGroupShifts = [],
): ChurnModel {
  return {
    formatVersion: MODEL_FORMAT_VERSION,
    kind: 'churnlab-model',
    name,
    verdict,
    baseRate: churned.reduce((sum, y) => sum + y, 0) / churned.length,
    members: candidate.members.map((member) => ({ ...member })),
    calibration: candidate.calibration,
    groupShifts,
  };
}
