import type { Counted } from '../../charts/counted.js';
import { countedTitle } from '../../charts/counted.js';
import { countText, decimalEstimate, percentEstimate, percentText } from '../../charts/figure-text.js';
import type { Evaluation, PairedDifference } from '../../evaluation/evaluation.js';
import { type EvaluatedModel, evaluationFigures } from '../../reports/evaluation-summary.js';
import {
  differenceSentence,
  differenceText,
  differenceVerdict,
  headlines,
  verdictWords,
} from '../../reports/training-words.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isEstimate, isListOf, isShaped } from '../shapes.js';

/** `evaluate`, and `evaluateFile` with its verdict: every figure with its 95 % interval. */
export function evaluationBlocks(value: unknown): Block[] | null {
  if (isEvaluation(value)) return figureBlocks(value);
  if (!isShaped<EvaluatedModel>(value, ['verdict', 'evaluation', 'differences'])) return null;
  if (!isEvaluation(value.evaluation)) return null;
  const { heading: title, sentence } = verdictWords(value.verdict);
  return [
    heading(title),
    paragraph(sentence),
    ...figureBlocks(value.evaluation),
    ...listBlocks(
      'Beyond the base rate?',
      value.differences.map((one) => differenceSentence(one, 'Base rate')),
    ),
  ];
}

const isEvaluation = (value: unknown): value is Evaluation =>
  isShaped<Evaluation>(value, [
    'auc',
    'averagePrecision',
    'logLoss',
    'brier',
    'liftAt',
    'expectedCount',
    'roc',
  ]);

function figureBlocks(evaluation: Evaluation): Block[] {
  return [headlineList(evaluation, 'accounts'), figuresTable(evaluation), liftTable(evaluation, 'accounts')];
}

/** The figures to take away, each with its interval. */
export function headlineList(evaluation: Evaluation, counted: Counted): Block {
  return {
    kind: 'list',
    title: 'In short',
    lines: headlines(evaluation, counted).map(({ figure, words }) => `${figure} ${words}`),
  };
}

function figuresTable(evaluation: Evaluation): Block {
  const { rows, churned, baseRate } = evaluation;
  return resultTable(
    `On ${countText(rows)} rows, of which ${countText(churned)} left (${percentText(baseRate)})`,
    [
      ['Figure', 'text'],
      ['Value (95 % interval)', 'number'],
    ],
    evaluationFigures(evaluation),
  );
}

/** What contacting the riskiest would have caught. */
export function liftTable({ liftAt }: Evaluation, counted: Counted): Block {
  return resultTable(
    'The riskiest, 95 % intervals in brackets',
    [
      ['Riskiest', 'text'],
      [countedTitle(counted), 'number'],
      ['Left', 'number'],
      ['Lift', 'number'],
      ['Of all leavers', 'number'],
    ],
    liftAt.map(({ share, accounts, rate, lift, captured }) => [
      percentText(share),
      countText(accounts),
      percentEstimate(rate),
      decimalEstimate(lift, 2),
      percentEstimate(captured),
    ]),
  );
}

/** One paired difference, or several. */
export function differenceBlocks(value: unknown): Block[] | null {
  const list: unknown = Array.isArray(value) ? value : [value];
  if (!isListOf(list, isDifference)) return null;
  return [
    resultTable(
      'Differences on the same rows, 95 % intervals in brackets; below 0 is better for log loss and Brier, above for AUC and lift',
      [
        ['Against', 'text'],
        ['Log loss', 'number'],
        ['Brier', 'number'],
        ['AUC', 'number'],
        ['Lift of the riskiest tenth', 'number'],
        ['By log loss', 'text'],
      ],
      list.map(({ against, logLoss, brier, auc, lift }) => [
        against,
        differenceText(logLoss, 4),
        differenceText(brier, 4),
        differenceText(auc, 3),
        differenceText(lift, 2),
        differenceVerdict(logLoss),
      ]),
    ),
  ];
}

const isDifference = (value: unknown): value is PairedDifference =>
  isShaped<PairedDifference>(value, ['against', 'logLoss', 'brier', 'auc', 'lift']) &&
  [value.logLoss, value.brier, value.auc, value.lift].every(isEstimate);
