import { describe, expect, it } from 'vitest';
import { overInterval, overIntervalOpen } from '../../src/value/over-interval.js';

const churn = { value: 0.02, low: 0.01, high: 0.04 };

describe('a figure over the interval of the churn', () => {
  it('has its ends at the ends of a figure that only falls', () => {
    expect(overInterval(churn, (c) => 1 / c)).toEqual({ value: 50, low: 25, high: 100 });
  });

  it('finds the top of a figure that rises and falls again', () => {
    const { low, high } = overInterval({ value: 0.5, low: 0, high: 1 }, (c) => c * (1 - c));
    expect([low, high]).toEqual([0, 0.25]);
    expect(overInterval({ value: 0.1, low: 0.1, high: 0.8 }, (c) => c * (1 - c)).high).toBeCloseTo(0.25, 4);
  });

  it('always holds its value, and writes endless as null', () => {
    const one = { value: 0.013, low: 0.013, high: 0.013 };
    expect(overInterval(one, (c) => c)).toEqual(one);
    expect(overIntervalOpen({ value: 0.02, low: 0, high: 0.04 }, (c) => 1 / c)).toEqual({
      value: 50,
      low: 25,
      high: null,
    });
  });
});
