import { sigmoid } from '../../models/model.js';
import type { LivedMonth } from './lives.js';

/**
 * How much one aspect carries: the standard deviation of its term in the log-odds over account-months, and
 * the mean Kullback–Leibler divergence (nats) between the true chance and the chance without the term. The
 * term is then replaced by the constant that keeps the mean chance, found by Newton's method.
 */
export function aspectWeight(
  months: readonly LivedMonth[],
  aspect: number,
): { readonly weight: number; readonly worth: number } {
  const terms = Float64Array.from(months, ({ aspectTerms }) => aspectTerms[aspect]!);
  const deviation = standardDeviation(terms);
  if (deviation === 0) return { weight: 0, worth: 0 };
  const rest = Float64Array.from(months, ({ hazard }, row) => Math.log(hazard / (1 - hazard)) - terms[row]!);
  const constant = constantTerm(rest, mean(Float64Array.from(months, ({ hazard }) => hazard)));
  const lost = Float64Array.from(months, ({ hazard }, row) =>
    divergence(hazard, sigmoid(rest[row]! + constant)),
  );
  return { weight: rounded(deviation), worth: rounded(mean(lost)) };
}

const NEWTON_STEPS = 12;

function constantTerm(rest: Float64Array, wanted: number): number {
  let constant = 0;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let sum = 0;
    let slope = 0;
    for (const score of rest) {
      const chance = sigmoid(score + constant);
      sum += chance;
      slope += chance * (1 - chance);
    }
    const change = (wanted * rest.length - sum) / slope;
    constant += change;
    if (Math.abs(change) < 1e-9) break;
  }
  return constant;
}

const divergence = (p: number, q: number): number =>
  p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));

function standardDeviation(values: Float64Array): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const rounded = (value: number): number => Number(value.toFixed(6));
