import { auc, averagePrecision, brierScore, calibrationError, logLoss } from '../src/index.js';

/** How good the probabilities of rows held out are. */
export interface Figures {
  /** Of the pooled probabilities. */
  readonly auc: number;
  /** Mean of the folds' own AUCs. */
  readonly foldAuc: number;
  readonly averagePrecision: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly calibrationError: number;
  readonly ratio: number;
}

/** Of one repeat: every row once. */
export function figuresOf(p: Float64Array, y: Uint8Array, foldAucs: readonly number[]): Figures {
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
  return {
    auc: auc(p, y),
    foldAuc: sum(foldAucs) / foldAucs.length,
    averagePrecision: averagePrecision(p, y),
    brier: brierScore(p, y),
    logLoss: logLoss(p, y),
    calibrationError: calibrationError(p, y),
    ratio: sum(p) / sum(y),
  };
}

/** Mean over the repeats. */
export function meanFigures(repeats: readonly Figures[]): Figures {
  const mean = (key: keyof Figures) =>
    repeats.reduce((total, figures) => total + figures[key], 0) / repeats.length;
  return {
    auc: mean('auc'),
    foldAuc: mean('foldAuc'),
    averagePrecision: mean('averagePrecision'),
    brier: mean('brier'),
    logLoss: mean('logLoss'),
    calibrationError: mean('calibrationError'),
    ratio: mean('ratio'),
  };
}

export const FIGURES_HEAD =
  'table          model                    AUC  fold AUC      AP   Brier  log loss     ECE  predicted/actual  seconds';

/** A line under the head, as far as the figures are known. */
export function figuresLine(table: string, model: string, figures: Partial<Figures>): string {
  const cell = (value: number | undefined, width: number) =>
    (value === undefined ? '–' : value.toFixed(4)).padStart(width);
  return (
    table.padEnd(15) +
    model.padEnd(20) +
    cell(figures.auc, 8) +
    cell(figures.foldAuc, 10) +
    cell(figures.averagePrecision, 8) +
    cell(figures.brier, 8) +
    cell(figures.logLoss, 10) +
    cell(figures.calibrationError, 8) +
    cell(figures.ratio, 17)
  );
}
