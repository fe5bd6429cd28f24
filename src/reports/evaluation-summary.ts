import { countText, decimalEstimate } from '../charts/figure-text.js';
import type { Evaluation, PairedDifference } from '../evaluation/evaluation.js';
import type { Card } from '../training/card.js';
import { alignRows, type ConsoleOptions, makeInk, wrapText } from './console-text.js';
import { differenceSentence, headlines, verdictWords } from './training-words.js';

/** A saved model on other rows with known outcomes, as the console tells of it. */
export interface EvaluatedModel {
  readonly verdict: Card['verdict'];
  readonly evaluation: Evaluation;
  readonly differences: readonly PairedDifference[];
}

/**
 * An evaluation for the terminal: verdict, headlines, figures with their intervals.
 *
 * @example
 * console.log(evaluationSummary(await evaluateFile('next-quarter.csv', { model: 'models/churn' })));
 */
export function evaluationSummary(
  { verdict, evaluation, differences }: EvaluatedModel,
  { width = 100, colour = false }: ConsoleOptions = {},
): string {
  const ink = makeInk(colour);
  const { heading, sentence } = verdictWords(verdict);
  const signal = verdict.kind === 'signal';
  const figures = alignRows(evaluationFigures(evaluation));
  return [
    `${(signal ? ink.good : ink.warn)(heading.toUpperCase())}\n${wrapText(sentence, width)}`,
    headlines(evaluation)
      .map(({ figure, words }) => `  ${figure}  ${wrapText(words, width, '    ')}`)
      .join('\n'),
    [ink.bold(`Figures on ${countText(evaluation.rows)} rows, 95 % intervals in brackets`), ...figures].join(
      '\n',
    ),
    differences.map((one) => wrapText(differenceSentence(one, 'Base rate'), width)).join('\n'),
  ].join('\n\n');
}

/** Every figure of an evaluation by its name, with its 95 % interval. */
export function evaluationFigures(evaluation: Evaluation): [name: string, figure: string][] {
  return [
    ['AUC', decimalEstimate(evaluation.auc)],
    ['Average precision', decimalEstimate(evaluation.averagePrecision)],
    ['Log loss', decimalEstimate(evaluation.logLoss, 4)],
    ['Brier score', decimalEstimate(evaluation.brier, 4)],
    ['Calibration error', decimalEstimate(evaluation.calibrationError)],
    ['Calibration slope', decimalEstimate(evaluation.calibrationSlope)],
    ['Predicted ÷ actual', decimalEstimate(evaluation.expectedCount.ratio)],
  ];
}
