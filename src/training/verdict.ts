import type { Evaluation, PairedDifference } from '../evaluation/evaluation.js';

export interface Verdict {
  readonly kind: 'signal' | 'no-signal';
  readonly sentence: string;
}

/**
 * Whether the model knows more than the base rate, beyond doubt: a candidate had to beat the base rate
 * out of fold (else `chosen` is the base rate) or a flag was confirmed on rows of its own, and on the held-back part the 95 % interval of the paired
 * difference in log loss must lie below 0 and that of the AUC above 0.5.
 *
 * @param counted what a row is: an account, or an account at one of several times
 * @param flagged whether confirmed flags shift the probabilities, so that even the base rate's tell accounts apart
 */
export function judgeSignal(
  chosen: string,
  evaluation: Evaluation,
  differences: readonly PairedDifference[],
  counted: 'accounts' | 'rows' = 'accounts',
  flagged = false,
): Verdict {
  const rate = percent(evaluation.baseRate);
  if (chosen === 'base-rate' && !flagged) {
    return {
      kind: 'no-signal',
      sentence:
        'No signal: out of fold, nothing that was tried predicts churn better than the base rate beyond doubt. ' +
        'The model gives every account the base rate; do not pick accounts by it.',
    };
  }
  const { auc } = evaluation;
  const rows = evaluation.rows.toLocaleString('en-US');
  const { logLoss } = differences.find(({ against }) => against === 'base-rate')!;
  if (logLoss.high >= 0 || auc.low <= 0.5) {
    return {
      kind: 'no-signal',
      sentence:
        `No signal beyond doubt: on ${rows} rows it did not learn from (${rate} churned) the model's log loss differs ` +
        `from the base rate's by ${signed(logLoss.value)} ` +
        `(${signed(logLoss.low)} to ${signed(logLoss.high)}). ` +
        'Do not act on its probabilities.',
    };
  }
  const top = evaluation.liftAt.find(({ share }) => share === 0.1);
  const headline = top
    ? ` Of the riskiest 10 % of ${counted} ${percent(top.rate.value)} churned ` +
      `(${percent(top.rate.low)}–${percent(top.rate.high)}), against ${rate} overall.`
    : '';
  return {
    kind: 'signal',
    sentence:
      `Signal: on ${rows} rows it did not learn from the model tells churners from others with an AUC of ` +
      `${auc.value.toFixed(3)} (${auc.low.toFixed(3)}–${auc.high.toFixed(3)}).${headline}`,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
