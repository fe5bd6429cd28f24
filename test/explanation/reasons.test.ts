import { describe, expect, it } from 'vitest';
import {
  type FeatureMeaning,
  formatNumber,
  reasonsByAspect,
  reasonsFor,
  reasonsSentence,
} from '../../src/explanation/reasons.js';
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

describe('reasonsByAspect', () => {
  const meaning = (aspect: string, unit: string, description: string): FeatureMeaning => ({
    aspect,
    title: aspect === 'support' ? 'Support' : 'Usage',
    unit,
    description,
  });
  const meanings = new Map([
    ['tickets_28d', meaning('support', 'tickets', 'Tickets opened in the 28 days before')],
    ['phone_share', meaning('support', 'share', 'Share of phone among the tickets; of 90 days')],
    ['answer_hours', meaning('support', 'hours', 'Mean time to the first answer')],
    ['usage_change', meaning('usage', 'share', 'Change of usage: 28 days against those before')],
    ['plan_used', meaning('usage', 'level', 'Plan that people use')],
    ['users', meaning('usage', 'people', 'People who used the product')],
  ]);
  const number = (name: string, value: number) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.of(value, value),
  });
  const company = makeTable([
    number('tickets_28d', 14),
    number('usage_change', -0.355),
    { kind: 'category', name: 'plan_used', codes: Int32Array.of(1, 1), levels: ['basic', 'plus'] },
    number('phone_share', 0.4),
    number('answer_hours', 7.5),
    number('users', Number.NaN),
    number('seats', 3),
  ]);
  const typical = Object.fromEntries(
    [...meanings.keys(), 'seats'].map((name) => [name, { typical: 2, unit: 'number' as const }]),
  );
  const features = company.columns.map(({ name }) => name);
  /** Pushes of one row, in the order of the columns. */
  const explain = (...pushes: number[]) =>
    reasonsByAspect(
      { features, baseline: -1, values: Float64Array.of(...new Array(7).fill(9), ...pushes) },
      company,
      1,
      typical,
      meanings,
    );

  it('sums the pushes of an aspect, orders aspects by them and names their strongest features', () => {
    const reasons = explain(0.3, 0.5, -0.4, 0.2, 0.06, 0, 0.07);
    expect(reasons.map(({ aspect }) => aspect)).toEqual(['support', 'usage', 'seats']);
    expect(reasons[0]!.push).toBeCloseTo(0.56, 12);
    expect(reasons[1]!.push).toBeCloseTo(0.1, 12);
    expect(reasons[0]!.reasons.map(({ feature, push }) => [feature, push])).toEqual([
      ['tickets_28d', 0.3],
      ['phone_share', 0.2],
    ]);
    expect(reasonsSentence(reasons)).toBe(
      'higher because Support: 14 tickets opened in the 28 days before (typical 2) and share of phone among the ' +
        'tickets is 40% (typical 200%); Usage: change of usage is -35.5% (typical 200%); seats is 3 (typical 2)',
    );
  });

  it('names what lowers the risk where the score is lower, and categories, hours and missing values as such', () => {
    expect(reasonsSentence(explain(0.3, 0, -0.6, 0, -0.7, -0.5, 0))).toBe(
      'lower because Usage: plan that people use is plus and people who used the product is missing; ' +
        'Support: mean time to the first answer is 7.5 hours (typical 2)',
    );
  });

  it('hears many small pushes of one aspect, and leaves out aspects whose pushes cancel', () => {
    const reasons = explain(0.04, 0.5, -0.5, 0.03, 0.02, 0, 0);
    expect(reasons.map(({ text }) => text)).toEqual([
      'Support: 14 tickets opened in the 28 days before (typical 2)',
    ]);
    expect(explain(0, 0, 0, 0, 0, 0, 0)).toEqual([]);
  });

  it('says the unit once', () => {
    const attempts = meaning('support', 'attempts', 'Failed attempts to pay');
    const [reason] = reasonsByAspect(
      { features: ['tickets_28d'], baseline: 0, values: Float64Array.of(1) },
      company,
      0,
      typical,
      new Map([['tickets_28d', attempts]]),
    );
    expect(reason!.text).toBe('Support: failed attempts to pay is 14 (typical 2)');
  });

  it('names at most as many aspects as asked for', () => {
    const values = Float64Array.of(0.3, 0.5, 0.4, 0.2, 0.1, 0, 1.2);
    const reasons = reasonsByAspect({ features, baseline: 0, values }, company, 0, typical, meanings, 2);
    expect(reasons.map(({ aspect }) => aspect)).toEqual(['seats', 'usage']);
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
