import type { FittedGroupShifts } from '../calibration/group-shifts.js';
import type { FittedCandidate } from './candidates.js';
import { type ChurnModel, MODEL_FORMAT_VERSION } from './churn-model.js';

/**
 * A candidate as a model that scores; the verdict is for the caller to fill in once it is known.
 *
 * @example
 * const labelled = labelRows(raw, { target: 'churned', id: 'account_id', time: null, group: null });
 * const { set } = cleanRows(labelled, Int32Array.from(labelled.churned.keys()), recipe);
 * const options = { seed: 7, timeBudgetSeconds: 1, onProgress: () => {} };
 * const { candidates } = await fitCandidates(set, options);
 * const logistic = candidates.find(({ name }) => name === 'logistic');
 * if (logistic) predictChurn(makeModel('logistic', logistic, set.churned), set.table);
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
