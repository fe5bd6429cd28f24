import { describe, expect, it } from 'vitest';
import { changedChurn, checkChanges, isBounded } from '../../src/value/churn-change.js';

describe('changed churn', () => {
  it('by a share of itself, by points, by points of yearly retention', () => {
    expect(changedChurn(0.02, { kind: 'relative', amount: -0.05 })).toBeCloseTo(0.019, 12);
    expect(changedChurn(0.02, { kind: 'points', amount: -0.01 })).toBeCloseTo(0.01, 12);
    // 0.8 kept a year becomes 0.85
    const monthly = 1 - 0.8 ** (1 / 12);
    const after = changedChurn(monthly, { kind: 'yearly-retention-points', amount: 0.05 });
    expect((1 - after) ** 12).toBeCloseTo(0.85, 12);
  });

  it('stops at 0 and 1, and says so', () => {
    expect(changedChurn(0.008, { kind: 'points', amount: -0.01 })).toBe(0);
    expect(isBounded(0.008, { kind: 'points', amount: -0.01 })).toBe(true);
    expect(changedChurn(0.995, { kind: 'points', amount: 0.01 })).toBe(1);
    expect(changedChurn(0.001, { kind: 'yearly-retention-points', amount: 0.05 })).toBe(0);
    expect(isBounded(0.02, { kind: 'relative', amount: -1 })).toBe(false);
  });

  it('is the very same number for an amount of 0', () => {
    for (const kind of ['relative', 'points', 'yearly-retention-points'] as const) {
      for (let churn = 0; churn <= 1; churn += 0.0137) {
        expect(changedChurn(churn, { kind, amount: 0 })).toBe(churn);
        expect(isBounded(churn, { kind, amount: 0 })).toBe(false);
      }
    }
  });

  it('refuses percent written as whole numbers, and an empty list', () => {
    expect(() => checkChanges([{ kind: 'relative', amount: -5 }])).toThrow(
      /-0.05 is five percent less.*found -5/,
    );
    expect(() => checkChanges([{ kind: 'points', amount: Number.NaN }])).toThrow(/found NaN/);
    expect(() => checkChanges([])).toThrow(/at least one change/);
  });
});
