import { describe, expect, it } from 'vitest';
import {
  countEstimate,
  countText,
  decimalEstimate,
  decimalText,
  percentEstimate,
  percentText,
  signedText,
} from '../../src/charts/figure-text.js';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('figure texts', () => {
  it.each([
    [0.742, '74 %'],
    [0.1, '10 %'],
    [0.0996, '10 %'],
    [0.034, '3.4 %'],
    [0.05, '5 %'],
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.996, '99.6 %'],
    [0.99999, '>99.9 %'],
    [1, '100 %'],
    [1.2, '120 %'],
  ])('writes the share %d as %s', (share, text) => {
    expect(plain(percentText(share))).toBe(text);
  });

  it('writes an interval under one percent sign', () => {
    expect(plain(percentEstimate({ value: 0.742, low: 0.7, high: 0.784 }))).toBe('74 % (70–78 %)');
  });

  it('keeps thousands apart and uses a true minus', () => {
    expect(countText(1234567)).toBe('1,234,567');
    expect(countText(-1234.4)).toBe('−1,234');
    expect(decimalText(-0.0001, 2)).toBe('0.00');
    expect(signedText(-0.0077, 4)).toBe('−0.0077');
    expect(signedText(0.0056)).toBe('+0.006');
    expect(signedText(0)).toBe('0.000');
  });

  it('writes "to" where a dash would meet a minus', () => {
    expect(decimalEstimate({ value: 0.8504, low: 0.8312, high: 0.8696 })).toBe('0.850 (0.831–0.870)');
    expect(decimalEstimate({ value: -0.01, low: -0.02, high: 0.001 })).toBe('−0.010 (−0.020 to 0.001)');
    expect(countEstimate({ value: 10, low: -1000, high: 1020 })).toBe('10 (−1,000 to 1,020)');
  });
});
