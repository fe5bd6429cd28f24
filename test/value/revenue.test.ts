import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revenueAfter, revenueOver } from '../../src/value/revenue.js';

const course = { monthlyRevenueCents: 1_000, newRevenueCents: 0, monthlyChurn: 0.2 };

describe('revenue month by month', () => {
  it('by hand, without new accounts: 1,000 + 800 + 640', () => {
    expect([0, 1, 2].map((months) => Math.round(revenueAfter(course, months)))).toEqual([1_000, 800, 640]);
    expect(revenueOver(course, 3)).toBeCloseTo(2_440, 9);
  });

  it('by hand, with new accounts that pay from the month after they join', () => {
    // month 1: 1,000; month 2: 800 + 100; month 3: 640 + 80 + 100
    const growing = { ...course, newRevenueCents: 100 };
    expect([0, 1, 2].map((months) => Math.round(revenueAfter(growing, months)))).toEqual([1_000, 900, 820]);
    expect(revenueOver(growing, 3)).toBeCloseTo(2_720, 9);
  });

  it('at the bounds: all stay, all leave after the month that is billed', () => {
    expect(revenueOver({ ...course, monthlyChurn: 0 }, 12)).toBe(12_000);
    expect(revenueOver({ ...course, monthlyChurn: 1 }, 12)).toBe(1_000);
    expect(revenueAfter({ ...course, monthlyChurn: 1, newRevenueCents: 70 }, 5)).toBe(70);
  });

  it('over some months is the sum of the months', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    const churn = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        amount,
        amount,
        churn,
        fc.integer({ min: 1, max: 60 }),
        (now, fresh, monthlyChurn, months) => {
          const any = { monthlyRevenueCents: now, newRevenueCents: fresh, monthlyChurn };
          const sum = Array.from({ length: months }, (_, month) => revenueAfter(any, month)).reduce(
            (a, b) => a + b,
            0,
          );
          expect(revenueOver(any, months)).toBeCloseTo(sum, 2);
        },
      ),
    );
  });
});
