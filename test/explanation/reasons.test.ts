import { describe, expect, it } from 'vitest';
import { formatNumber, reasonsFor, reasonsSentence } from '../../src/explanation/reasons.js';
import { makeTable } from '../../src/tables/table.js';

const table = makeTable([
  { kind: 'number', name: 'tenure', values: Float64Array.of(2, 60, Number.NaN) },
  { kind: 'category', name: 'contract', codes: Int32Array.of(0, 1, -1), levels: ['monthly', 'two years'] },
  { kind: 'number', name: 'price', values: Float64Array.of(29.854321, 20, 20) },
]);
const contributions = {
  features: ['tenure', 'contract', 'price'],
  baseline: -1,
  values: Float64Array.of(0.8, 0.9, 0.01, -1.5, -2, 0.3, 0.2, 0.1, -0.5),
};
const usual = {
  tenure: { typical: 29, unit: 'number' },
  contract: { typical: 'monthly', unit: 'category' },
  price: { typical: 70, unit: 'number' },
} as const;
const sentence = (row: number) => reasonsSentence(reasonsFor(contributions, table, row, usual));

describe('reasons', () => {
  it('name the largest pushes in the direction of the difference, and leave small ones out', () => {
    expect(sentence(0)).toBe('higher because contract is monthly; tenure is 2 (typical 29)');
    expect(sentence(1)).toBe('lower because contract is two years; tenure is 60 (typical 29)');
  });

  it('say which value is missing', () => {
    const up = { ...contributions, values: contributions.values.map((push, i) => (i === 8 ? 0 : push)) };
    expect(reasonsSentence(reasonsFor(up, table, 2, usual))).toBe(
      'higher because tenure is missing; contract is missing',
    );
  });

  it('say so when nothing stands out', () => {
    const flat = { ...contributions, values: new Float64Array(9) };
    expect(reasonsSentence(reasonsFor(flat, table, 0, usual))).toBe('nothing stands out');
  });
});

describe('a date', () => {
  it('is written as one', () => {
    const dated = makeTable([{ kind: 'number', name: 'signed_up', values: Float64Array.of(19_723) }]);
    const pushes = { features: ['signed_up'], baseline: 0, values: Float64Array.of(1) };
    const words = { signed_up: { typical: 19_000, unit: 'date' } } as const;
    expect(reasonsFor(pushes, dated, 0, words)[0]!.text).toBe('signed_up is 2024-01-01 (typical 2022-01-08)');
  });
});

describe('formatNumber', () => {
  it.each([
    [29.854321, '29.85'],
    [1889.5, '1890'],
    [12, '12'],
    [0.123456, '0.1235'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
