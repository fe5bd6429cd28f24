import { alignTable } from '../../tables/align.js';
import type { CategoryColumn, Column, NumberColumn, Table } from '../../tables/table.js';
import type { Contributions } from '../model.js';
import type { FittedLogistic, LogisticTerm } from './logistic.js';

/** Log-odds of every row. */
export function predictLogistic(fitted: FittedLogistic, table: Table): Float64Array {
  const { columns, rows } = alignTable(fitted.features, table);
  const scores = new Float64Array(rows).fill(fitted.intercept);
  fitted.terms.forEach((term, i) => {
    const value = termValue(term, columns[i]!);
    for (let row = 0; row < rows; row++) scores[row]! += value(row);
  });
  return scores;
}

/**
 * Each feature's term less its mean over the training rows: the exact Shapley values of a linear model with
 * independent features. Baseline and pushes sum to the score within rounding.
 *
 * @see Lundberg & Lee 2017, corollary 1 ("Linear SHAP")
 */
export function contributionsLogistic(fitted: FittedLogistic, table: Table): Contributions {
  const { columns, rows } = alignTable(fitted.features, table);
  const width = fitted.terms.length;
  const values = new Float64Array(rows * width);
  fitted.terms.forEach((term, i) => {
    const value = termValue(term, columns[i]!);
    for (let row = 0; row < rows; row++) values[row * width + i] = value(row) - term.average;
  });
  return {
    features: fitted.features.map(({ name }) => name),
    baseline: fitted.terms.reduce((sum, term) => sum + term.average, fitted.intercept),
    values,
  };
}

/** The term of a row; `alignTable` has made sure that column and term are of one kind. */
function termValue(term: LogisticTerm, column: Column): (row: number) => number {
  if (term.kind === 'category') {
    const { codes } = column as CategoryColumn;
    return (row) => (codes[row]! < 0 ? term.missing : term.coefficients[codes[row]!]!);
  }
  const { values } = column as NumberColumn;
  const { mean, sd, coefficient, missing } = term;
  return (row) => (Number.isNaN(values[row]!) ? missing : (coefficient * (values[row]! - mean)) / sd);
}
