import { describe, expect, it } from 'vitest';
import { churnersAmongTop, liftAt } from '../../src/evaluation/lift.js';
import { tallyOutcomes } from '../../src/evaluation/tally.js';

describe('liftAt', () => {
  it('compares the top half with all: (1/2) ÷ (1/4)', () => {
    const top = liftAt(0.5, Float64Array.of(0.9, 0.7, 0.2, 0.1), Uint8Array.of(1, 0, 0, 0));
    expect(top).toEqual({ accounts: 2, rate: 0.5, lift: 2, captured: 1 });
  });

  it('takes at least one account', () => {
    expect(liftAt(0.01, Float64Array.of(0.9, 0.7, 0.2), Uint8Array.of(1, 0, 0)).accounts).toBe(1);
  });

  it('expects of accounts tied at the border what all of them give on average', () => {
    // The first of four is sure; the second is one of three of which one churned.
    const top = liftAt(0.5, Float64Array.of(0.9, 0.5, 0.5, 0.5), Uint8Array.of(1, 0, 0, 1));
    expect(top.rate).toBeCloseTo((1 + 1 / 3) / 2, 15);
    expect(top.captured).toBeCloseTo((1 + 1 / 3) / 2, 15);
  });
});

it('churnersAmongTop walks several borders at once', () => {
  const tally = tallyOutcomes(Float64Array.of(0.9, 0.5, 0.5, 0.1), Uint8Array.of(1, 1, 0, 1));
  expect(churnersAmongTop(tally, [0, 1, 2, 3, 4])).toEqual([0, 1, 1.5, 2, 3]);
});
