import { ChurnError } from '../../errors.js';
import { scoreLoss } from '../../math/log-loss.js';
import type { FeatureSpec } from '../../tables/align.js';
import type { TrainingSet } from '../model.js';
import type { Tree } from './model.js';
import { addTreeScores } from './predict.js';
import { treeInputs } from './walk.js';

/** Follows the log loss on rows that the trees do not learn from. */
export class ValidationWatch {
  /** Mean log loss in nats after each tree. */
  readonly losses: number[] = [];
  /** The number of trees with the lowest loss so far. */
  bestCount = 0;
  private readonly inputs: readonly Float64Array[];
  private readonly scores: Float64Array;

  /** @throws ChurnError `bad-table` when lengths differ, `too-few-rows` without rows */
  constructor(
    private readonly rows: TrainingSet,
    private readonly features: readonly FeatureSpec[],
    baseScore: number,
  ) {
    const { table, churned, weights } = rows;
    if (churned.length !== table.rows || (weights && weights.length !== table.rows)) {
      throw new ChurnError(
        'bad-table',
        `fitBoostedTrees: ${table.rows} validation rows with ${churned.length} outcomes and ${weights?.length ?? 'no'} weights`,
      );
    }
    if (table.rows === 0) throw new ChurnError('too-few-rows', 'fitBoostedTrees: no validation rows');
    this.inputs = treeInputs(features, table);
    this.scores = new Float64Array(table.rows).fill(baseScore);
  }

  /** Takes the loss with one more tree. */
  add(tree: Tree): void {
    addTreeScores(this.scores, this.features, [tree], this.inputs);
    this.losses.push(meanScoreLoss(this.scores, this.rows));
    if (!(this.losses.at(-1)! >= this.losses[this.bestCount - 1]!)) this.bestCount = this.losses.length;
  }

  /** Whether the loss has not fallen for `patience` trees. */
  hasStalled(patience: number | null): boolean {
    return patience !== null && this.losses.length - this.bestCount >= patience;
  }
}

function meanScoreLoss(scores: Float64Array, { churned, weights }: TrainingSet): number {
  let total = 0;
  let all = 0;
  scores.forEach((score, row) => {
    const weight = weights ? weights[row]! : 1;
    total += weight * scoreLoss(score, churned[row]!);
    all += weight;
  });
  return total / all;
}
