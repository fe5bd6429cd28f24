import { ChurnError } from '../../errors.js';
import { scoreLoss } from '../../math/log-loss.js';
import type { TrainingSet } from '../model.js';

/** Follows the log loss on rows that the trees do not learn from. */
export class ValidationWatch {
  /** Mean log loss in nats after each tree. */
  readonly losses: number[] = [];
  /** The number of trees with the lowest loss so far. */
  bestCount = 0;
  private readonly weight: number;

  /** @throws ChurnError `bad-table` when lengths differ, `too-few-rows` without rows */
  constructor(private readonly rows: TrainingSet) {
    const { table, churned, weights } = rows;
    if (churned.length !== table.rows || (weights && weights.length !== table.rows)) {
      throw new ChurnError(
        'bad-table',
        `fitBoostedTrees: ${table.rows} validation rows with ${churned.length} outcomes and ${weights?.length ?? 'no'} weights`,
      );
    }
    if (table.rows === 0) throw new ChurnError('too-few-rows', 'fitBoostedTrees: no validation rows');
    this.weight = weights ? weights.reduce((sum, weight) => sum + weight, 0) : table.rows;
  }

  /** Takes the loss of the rows' scores with one more tree. */
  add(scores: Float64Array): void {
    const { churned, weights } = this.rows;
    let total = 0;
    for (let row = 0; row < churned.length; row++) {
      total += (weights ? weights[row]! : 1) * scoreLoss(scores[row]!, churned[row]!);
    }
    this.losses.push(total / this.weight);
    if (!(this.losses.at(-1)! >= this.losses[this.bestCount - 1]!)) this.bestCount = this.losses.length;
  }

  /** Whether the loss has not fallen for `patience` trees. */
  hasStalled(patience: number | null): boolean {
    return patience !== null && this.losses.length - this.bestCount >= patience;
  }
}
