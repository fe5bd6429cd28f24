import { describe, expect, it } from 'vitest';
import { holm } from '../../src/math/holm.js';

describe('holm', () => {
  it('agrees with R: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.9), "holm")', () => {
    const corrected = holm([0.01, 0.04, 0.03, 0.005, 0.9]);
    for (const [i, p] of [0.04, 0.09, 0.09, 0.025, 0.9].entries()) expect(corrected[i]).toBeCloseTo(p, 12);
  });

  it('stays at 1 at most, and is empty for nothing', () => {
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});
