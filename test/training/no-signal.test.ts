import { expect, it } from 'vitest';
import { trainOnNoise } from './noise-tables.js';

it('says "no signal" of shuffled outcomes, and predicts as many leavers as there are', async () => {
  const cards = [];
  for (let seed = 1; seed <= 20; seed++) cards.push(await trainOnNoise(50 + seed, seed));
  expect(cards.filter(({ verdict }) => verdict.kind === 'signal').length).toBeLessThanOrEqual(1);
  const counts = cards.map(({ evaluation }) => evaluation.expectedCount);
  const total = (of: 'predicted' | 'actual') => counts.reduce((sum, count) => sum + count[of], 0);
  expect(total('predicted') / total('actual')).toBeGreaterThan(0.9);
  expect(total('predicted') / total('actual')).toBeLessThan(1.1);
});
