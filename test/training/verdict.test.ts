import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { pairedDifference } from '../../src/evaluation/paired-difference.js';
import { seededRandom } from '../../src/math/random.js';
import { judgeSignal } from '../../src/training/verdict.js';

function judged(rows: number, skill: number, chosen = 'logistic', flagged = false) {
  const random = seededRandom(11);
  const probabilities = Float64Array.from({ length: rows }, () => 0.3 + skill * (random.uniform() - 0.5));
  const churned = probabilities.map((p) => (random.uniform() < (skill > 0 ? p : 0.3) ? 1 : 0));
  const outcomes = Uint8Array.from(churned);
  const evaluation = evaluate(probabilities, outcomes, { random: seededRandom(1), resamples: 300 });
  const base = new Float64Array(rows).fill(0.3);
  const differences = [
    pairedDifference('base-rate', probabilities, base, outcomes, { random: seededRandom(1), resamples: 300 }),
  ];
  return judgeSignal(chosen, evaluation, differences, 'accounts', flagged);
}

describe('judgeSignal', () => {
  it('says signal when log loss and AUC lie beyond doubt', () => {
    const verdict = judged(3000, 0.5);
    expect(verdict.kind).toBe('signal');
    expect(verdict.sentence).toMatch(/^Signal: on 3,000 rows .* AUC of 0\.\d{3} \(0\.\d{3}–0\.\d{3}\)/);
  });

  it('says no signal when the interval reaches the base rate', () => {
    expect(judged(40, 0.2).kind).toBe('no-signal');
    expect(judged(40, 0.2).sentence).toMatch(/^No signal beyond doubt: on 40 rows .* Do not act/);
  });

  it('says no signal when training had to fall back on the base rate', () => {
    expect(judged(3000, 0.5, 'base-rate').sentence).toMatch(/^No signal: out of fold, nothing/);
  });

  it('judges a base rate that confirmed flags shift by what it does on the held-back rows', () => {
    expect(judged(3000, 0.5, 'base-rate', true).kind).toBe('signal');
    expect(judged(40, 0.2, 'base-rate', true).sentence).toMatch(/^No signal beyond doubt: on 40 rows/);
  });
});
