import { describe, expect, it } from 'vitest';
import { rankCorrelation } from '../../src/audit/rank-correlation.js';

describe('rankCorrelation', () => {
  it('agrees with R: cor(c(1, 2, 2, 9, 4), c(3, 1, 5, 8, 8), method = "spearman")', () => {
    const ours = rankCorrelation(Float64Array.of(1, 2, 2, 9, 4), Float64Array.of(3, 1, 5, 8, 8));
    expect(ours).toBeCloseTo(0.7894736842105264, 12);
  });

  it('leaves out missing cells, and is unknown without enough or without change', () => {
    const { NaN: none } = Number;
    expect(rankCorrelation(Float64Array.of(1, none, 3, 4), Float64Array.of(1, 2, 3, 4))).toBeCloseTo(1, 12);
    expect(rankCorrelation(Float64Array.of(1, none, 3, none), Float64Array.of(1, 2, 3, 4))).toBeNaN();
    expect(rankCorrelation(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNaN();
  });
});
