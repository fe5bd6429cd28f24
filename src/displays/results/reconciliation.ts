import { decimalText, signedText } from '../../charts/figure-text.js';
import type { Reconciliation } from '../../metrics/reconcile.js';
import { type Block, heading } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** `reconcileChurn`: from one formula's rate to the other's, a line for each decision. */
export function reconciliationBlocks(value: unknown): Block[] | null {
  if (!isShaped<Reconciliation>(value, ['month', 'from', 'to', 'steps', 'difference', 'exact'])) return null;
  const { month, from, to, steps, difference } = value;
  const points = (share: number) => `${signedText(100 * share, 2)} points`;
  return [
    heading(`${month}: ${from.title} ${rateText(from.rate)}, ${to.title} ${rateText(to.rate)}`),
    resultTable(
      `Why they differ by ${points(difference)}: counted, not estimated, so every step is exact`,
      [
        ['Step', 'sentence'],
        ['Rate or change', 'number'],
        ['Exactly', 'number'],
      ],
      [
        [`${from.title}: ${from.words}`, rateText(from.rate), from.exact],
        ...steps.map((step) => [step.decision, points(step.difference), step.exact]),
        [`${to.title}: ${to.words}`, rateText(to.rate), to.exact],
      ],
    ),
  ];
}

const rateText = (rate: number): string => `${decimalText(100 * rate, 2)}\u00a0%`;
