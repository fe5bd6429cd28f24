import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profitOf } from '../../src/evaluation/profit.js';
import { breakEvenContactCost, breakEvenSaveRate, profitPerContact } from '../../src/value/contacts.js';

describe('contacts', () => {
  it('by hand: ten accounts, three would leave, one of three is saved, 600 each', () => {
    const terms = { precision: 0.3, saveRate: 1 / 3, saveValue: 600 };
    // ten contacts save 10 × 0.3 × ⅓ = 1 account: 600 for ten contacts
    expect(breakEvenContactCost(terms)).toBeCloseTo(60, 12);
    expect(profitPerContact({ ...terms, contactCost: 50 })).toBeCloseTo(10, 12);
    expect(profitOf(3, 10, { ...terms, contactCost: 60 })).toBeCloseTo(0, 9);
    // at 90 a contact, 10 × 90 = 900 must come back from 3 × 600: half must be saved
    expect(breakEvenSaveRate({ precision: 0.3, saveValue: 600, contactCost: 90 })).toBeCloseTo(0.5, 12);
  });

  it('cannot break even on a list without leavers', () => {
    expect(breakEvenContactCost({ precision: 0, saveRate: 0.3, saveValue: 600 })).toBe(0);
    expect(breakEvenSaveRate({ precision: 0, saveValue: 600, contactCost: 1 })).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(breakEvenSaveRate({ precision: 0, saveValue: 600, contactCost: 0 })).toBe(0);
  });

  it('brings exactly nothing at the break-even cost, and nothing at the break-even save rate', () => {
    const share = fc.double({ min: 0.001, max: 1, noNaN: true });
    const amount = fc.double({ min: 1, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(share, share, amount, amount, (precision, saveRate, saveValue, contactCost) => {
        const terms = { precision, saveRate, saveValue };
        expect(profitPerContact({ ...terms, contactCost: breakEvenContactCost(terms) })).toBe(0);
        const needed = breakEvenSaveRate({ precision, saveValue, contactCost });
        fc.pre(needed <= 1);
        const profit = profitPerContact({ ...terms, saveRate: needed, contactCost });
        expect(Math.abs(profit)).toBeLessThanOrEqual(1e-12 * contactCost);
      }),
    );
  });
});
