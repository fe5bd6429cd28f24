import { countText, decimalEstimate, percentEstimate } from '../../charts/figure-text.js';
import { backtestSentence } from '../../reports/backtest.js';
import type { Backtest } from '../../training/backtest.js';
import { type Block, heading, listBlocks } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** `backtestCompany`: every snapshot's expected and actual leavers. */
export function backtestBlocks(value: unknown): Block[] | null {
  if (!isShaped<Backtest>(value, ['company', 'folds', 'skipped', 'expected', 'actual', 'inRange']))
    return null;
  return [
    heading(backtestSentence(value)),
    resultTable(
      'Every fold; of rate, AUC and log loss with 95 % intervals',
      [
        ['Snapshot', 'text'],
        ['Expected (90 % range)', 'number'],
        ['Left', 'number'],
        ['Rate', 'number'],
        ['AUC', 'number'],
        ['Log loss', 'number'],
        ['Model', 'text'],
      ],
      value.folds.map(({ snapshotAt, range, actual, inRange, figures, chosen }) => [
        snapshotAt,
        `${countText(range.expected)} (${countText(range.low)}–${countText(range.high)})`,
        `${countText(actual)}${inRange ? '' : ' (outside)'}`,
        percentEstimate(figures.rate),
        figures.auc === null ? '–' : decimalEstimate(figures.auc),
        figures.logLoss === null ? '–' : decimalEstimate(figures.logLoss, 4),
        chosen,
      ]),
    ),
    ...listBlocks(
      'Left out',
      value.skipped.map(({ snapshotAt, reason }) => `${snapshotAt}: ${reason}`),
    ),
  ];
}
