import { expect, it } from 'vitest';
import type { Family } from '../../src/training/families/family.js';
import { bestOfEachFamily, type SearchResult, scoreLogLoss } from '../../src/training/search-result.js';

const churned = Uint8Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));

/** Scores that are right by `strength` on all rows but every `wrongEvery`th. */
function result(family: string, setting: string, strength: number, wrongEvery: number): SearchResult {
  const scores = Float64Array.from(churned, (y, row) =>
    (y === 1) === (row % wrongEvery !== 0) ? strength : -strength,
  );
  return {
    family: { name: family } as Family<unknown>,
    setting,
    scores,
    logLoss: scoreLogLoss(scores, churned),
  };
}

it('keeps the first setting of a family unless another is better beyond the standard error', () => {
  const first = result('trees', 'first', 2, 20);
  const lucky = result('trees', 'lucky', 2, 21);
  const better = result('trees', 'better', 3, 40);
  const best = result('trees', 'best', 3, 60);
  const other = result('logistic', 'only', 1, 10);
  expect(lucky.logLoss).toBeLessThan(first.logLoss);
  const chosen = (...results: SearchResult[]) =>
    bestOfEachFamily(results, churned).map(({ setting }) => setting);
  expect(chosen(first, lucky)).toEqual(['first']);
  expect(chosen(first, other, lucky, best, better)).toEqual(['best', 'only']);
  expect(chosen(first, better, lucky)).toEqual(['better']);
});
