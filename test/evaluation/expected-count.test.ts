import { expect, it } from 'vitest';
import { expectedCount } from '../../src/evaluation/expected-count.js';

it('adds the probabilities up against the churners: 1.5 for 1', () => {
  expect(expectedCount(Float64Array.of(0.5, 0.75, 0.25), Uint8Array.of(0, 1, 0))).toEqual({
    predicted: 1.5,
    actual: 1,
    ratio: 1.5,
  });
});

it('refuses a ratio to nobody', () => {
  expect(() => expectedCount(Float64Array.of(0.5), Uint8Array.of(0))).toThrow('nobody churned among 1 rows');
});
