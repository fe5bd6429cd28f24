import { describe, expect, it } from 'vitest';
import {
  amountFormat,
  minorUnits,
  moneyEstimate,
  moneyFigure,
  moneyText,
} from '../../src/charts/money-text.js';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('money text', () => {
  it('writes small amounts with their minor digits, larger ones whole, large ones in words', () => {
    expect(plain(moneyText(1_995, 'EUR'))).toBe('19.95 EUR');
    expect(plain(moneyText(16_822_804, 'EUR'))).toBe('168,228 EUR');
    expect(plain(moneyText(123_456_789, 'EUR'))).toBe('1.23 million EUR');
    expect(plain(moneyText(-4.2e11, 'EUR'))).toBe('−4.20 billion EUR');
    expect(plain(moneyText(0, 'EUR'))).toBe('0.00 EUR');
  });

  it('knows currencies without minor units, and with a thousand', () => {
    expect([minorUnits('JPY'), minorUnits('EUR'), minorUnits('KWD')]).toEqual([1, 100, 1_000]);
    expect(plain(moneyText(1_995, 'JPY'))).toBe('1,995 JPY');
    expect(plain(moneyText(1_995, 'KWD'))).toBe('1.995 KWD');
  });

  it('writes an interval in the scale of its largest end', () => {
    const estimate = { value: 126_000_000, low: 97_000_000, high: 158_000_000 };
    expect(plain(moneyEstimate(estimate, 'EUR'))).toBe('1.26 million EUR (0.97–1.58)');
    expect(plain(moneyEstimate({ value: 900, low: -100, high: 2_000 }, 'EUR'))).toBe(
      '9.00 EUR (−1.00 to 20.00)',
    );
  });

  it('leaves the currency out of tables, and letters off axes of small amounts', () => {
    expect(moneyFigure(123_456_789, 'EUR')).toBe('1.23 million');
    expect([amountFormat(168_228), amountFormat(539)]).toEqual(['~s', ',.2~f']);
  });
});
