import { describe, expect, it } from 'vitest';
import { companyCents, minorDigits } from '../../src/workspace/money.js';

describe('amounts', () => {
  const toCents = companyCents('EUR', { USD: 0.92, JPY: 0.0062, KWD: 3 });

  it('in the company currency stay as they are in minor units', () => {
    expect(toCents(1234, 'EUR', 'minor')).toBe(1234);
    expect(toCents(12.5, 'EUR', 'minor')).toBe(12.5);
  });

  it('in major units become whole minor units by their decimal digits', () => {
    expect(toCents(29.85, 'EUR', 'major')).toBe(2985);
    expect(toCents(1.005, 'EUR', 'major')).toBe(101);
    expect(toCents(-1.005, 'EUR', 'major')).toBe(-101);
    expect(toCents(1e21, 'EUR', 'major')).toBe(1e23);
  });

  it('in other currencies are converted, each by the places of its own minor unit', () => {
    expect(toCents(1000, 'USD', 'minor')).toBe(920);
    expect(toCents(10, 'USD', 'major')).toBe(920);
    // 1,000 yen have no smaller unit; 6.20 euros.
    expect(toCents(1000, 'JPY', 'minor')).toBe(620);
    // A dinar has 1,000 fils.
    expect(toCents(1000, 'KWD', 'minor')).toBe(300);
  });

  it('without a rate have no value', () => {
    expect(toCents(10, 'GBP', 'major')).toBeNull();
    expect(toCents(10, 'constructor', 'major')).toBeNull();
  });

  it('know the places of minor units', () => {
    expect(['EUR', 'JPY', 'KWD', '???'].map(minorDigits)).toEqual([2, 0, 3, 2]);
  });
});
