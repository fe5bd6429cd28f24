import { describe, expect, it } from 'vitest';
import { brierScore } from '../../src/evaluation/brier-score.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { pairedDifferenceSchema } from '../../src/evaluation/evaluation.js';
import { logLoss } from '../../src/evaluation/log-loss.js';
import { pairedDifference } from '../../src/evaluation/paired-difference.js';
import { auc } from '../../src/evaluation/roc.js';
import { seededRandom } from '../../src/math/random.js';
import { sampleAccounts } from './sample-accounts.js';

const { probabilities, churned } = sampleAccounts(500, seededRandom(8));
const random = seededRandom(9);
const noisy = probabilities.map((p) => Math.min(0.99, Math.max(0.01, p + 0.05 * random.normal())));

describe('pairedDifference', () => {
  const difference = pairedDifference('noisy', probabilities, noisy, churned, { random });

  it('subtracts the second’s figures from the first’s', () => {
    expect(pairedDifferenceSchema.parse(difference).against).toBe('noisy');
    expect(difference.logLoss.value).toBeCloseTo(
      logLoss(probabilities, churned) - logLoss(noisy, churned),
      12,
    );
    expect(difference.brier.value).toBeCloseTo(
      brierScore(probabilities, churned) - brierScore(noisy, churned),
      12,
    );
    expect(difference.auc.value).toBeCloseTo(auc(probabilities, churned) - auc(noisy, churned), 12);
  });

  it('turns its signs when the models change places', () => {
    const turned = pairedDifference('plain', noisy, probabilities, churned, { random });
    expect(turned.logLoss.value).toBeCloseTo(-difference.logLoss.value, 12);
    // The rows are drawn in another order, so the ends agree as those of two seeds do.
    expect(turned.logLoss.low).toBeCloseTo(-difference.logLoss.high, 2);
  });

  it('is much narrower than the models’ own intervals', () => {
    const own = evaluate(probabilities, churned, { random }).logLoss;
    expect(difference.logLoss.high - difference.logLoss.low).toBeLessThan((own.high - own.low) / 2);
  });

  it('is 0 without width between equal models', () => {
    const none = { value: 0, low: 0, high: 0 };
    expect(pairedDifference('itself', noisy, noisy, churned, { random, resamples: 50 })).toEqual({
      against: 'itself',
      logLoss: none,
      brier: none,
      auc: none,
      lift: none,
    });
  });

  it('refuses lengths that differ', () => {
    expect(() => pairedDifference('x', probabilities, noisy.slice(1), churned, { random })).toThrow(
      '499 probabilities with 500 outcomes',
    );
  });
});
