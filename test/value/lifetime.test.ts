import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountedMonths, lifetimeMonths, monthlyDiscount } from '../../src/value/lifetime.js';

const reference = JSON.parse(readFileSync(new URL('../references/value.json', import.meta.url), 'utf8'));

describe('lifetime', () => {
  it('is one over churn: 50 months at 2 %, one month when all leave, endless when none does', () => {
    expect(lifetimeMonths(0.02)).toBe(50);
    expect(lifetimeMonths(1)).toBe(1);
    expect(lifetimeMonths(0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('compounds twelve monthly rates to the yearly one', () => {
    expect((1 + monthlyDiscount(0.12)) ** 12).toBeCloseTo(1.12, 12);
  });
});

describe('discounted payments', () => {
  it('by hand: half stay, money loses a quarter a month', () => {
    // 1 + 0.5/1.25 + 0.25/1.5625 + … = 1 ÷ (1 − 0.4)
    expect(discountedMonths(0.5, 0.25)).toBeCloseTo(1 / 0.6, 12);
  });

  it('as in the example', () => {
    expect(discountedMonths(0.02, 0.01)).toBeCloseTo(33.67, 2);
  });

  it('authority: one more than the margin multiples of Gupta and Lehmann (2003)', () => {
    for (const { retention, rate, multiple } of reference.marginMultiples) {
      expect(discountedMonths(1 - retention, rate) - 1).toBeCloseTo(multiple, 12);
    }
  });

  it('authority: the three formulas that Fader and Hardie (2012) reconcile', () => {
    const [churn, discount] = [0.2, 0.1];
    const [r, d] = [1 - churn, discount];
    const first = discountedMonths(churn, discount);
    expect(first).toBeCloseTo((1 + d) / (1 + d - r), 12);
    expect(first - 1).toBeCloseTo(r / (1 + d - r), 12);
    expect(first / (1 + d)).toBeCloseTo(1 / (1 + d - r), 12);
  });

  it('falls with churn and with the discount, and is never more than the lifetime', () => {
    const share = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, (a, b, discount) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(discountedMonths(high, discount)).toBeLessThanOrEqual(discountedMonths(low, discount));
        expect(discountedMonths(a, discount)).toBeLessThanOrEqual(lifetimeMonths(a) * (1 + 1e-12));
        expect(discountedMonths(a, discount)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
