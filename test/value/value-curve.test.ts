import { describe, expect, it } from 'vitest';
import { valueOfChurn } from '../../src/value/value-of-churn.js';

const curveAt = (value: number, low: number, high: number) =>
  valueOfChurn({
    accounts: 400,
    monthlyRevenueCents: 20_000_000,
    monthlyLogoChurn: { value, low, high },
    currency: 'EUR',
  }).curve;

describe('value curve', () => {
  it('runs from no churn to twice today’s, or beyond the interval where that is wider', () => {
    const endOf = (curve: ReturnType<typeof curveAt>) => curve.points.at(-1)!.monthlyChurn;
    expect(curveAt(0.02, 0.015, 0.026).points[0]!.monthlyChurn).toBe(0);
    expect(endOf(curveAt(0.02, 0.015, 0.026))).toBe(0.04);
    expect(endOf(curveAt(0.02, 0.01, 0.1))).toBeCloseTo(0.11, 12);
    expect(endOf(curveAt(0, 0, 0))).toBe(0.02);
    expect(endOf(curveAt(0.9, 0.8, 1))).toBe(1);
  });

  it('falls all the way, and stands at today’s worth and at each change’s', () => {
    const { points, today, changes } = curveAt(0.02, 0.015, 0.026);
    points.slice(1).forEach(({ cents }, i) => {
      expect(cents).toBeLessThan(points[i]!.cents);
    });
    const { today: told, changes: worth } = valueOfChurn({
      accounts: 400,
      monthlyRevenueCents: 20_000_000,
      monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
      currency: 'EUR',
    });
    expect(today).toEqual({ monthlyChurn: 0.02, cents: told.customerBaseValueCents.value });
    expect(changes.map(({ cents }) => cents - today.cents)).toEqual(
      worth.map(({ customerBaseGainCents }) => customerBaseGainCents.value),
    );
  });
});
