import { describe, expect, it } from 'vitest';
import { assumptionKeys, assumptionsSchema } from '../../src/value/assumptions.js';
import { DEFAULT_ASSUMPTIONS } from '../../src/value/default-assumptions.js';
import { parseAssumptions, settleAssumptions } from '../../src/value/settle-assumptions.js';

const message = (overrides: unknown) => {
  try {
    settleAssumptions(overrides, 'own.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('assumptions', () => {
  it('have defaults that keep their own schema and limits, each with a source', () => {
    expect(assumptionsSchema.parse(DEFAULT_ASSUMPTIONS)).toEqual(DEFAULT_ASSUMPTIONS);
    expect(settleAssumptions(DEFAULT_ASSUMPTIONS)).toEqual(DEFAULT_ASSUMPTIONS);
    expect(Object.keys(DEFAULT_ASSUMPTIONS)).toEqual([...assumptionKeys]);
  });

  it('take a bare number as known exactly, and say where it is from', () => {
    const { grossMargin, saveRate } = settleAssumptions({ grossMargin: 0.8 }, 'own.json');
    expect(grossMargin).toMatchObject({
      value: 0.8,
      low: 0.8,
      high: 0.8,
      unit: 'share',
      source: 'given in own.json',
    });
    expect(saveRate).toBe(DEFAULT_ASSUMPTIONS.saveRate);
  });

  it('take a range with its source and note', () => {
    const given = { value: 0.2, low: 0.1, high: 0.4, source: 'trial of May', note: '400 accounts held back' };
    expect(settleAssumptions({ saveRate: given }).saveRate).toEqual({ ...given, unit: 'share' });
  });

  it.each([
    [{ grosMargin: 0.8 }, 'own.json: there is no assumption "grosMargin"; did you mean "grossMargin"?'],
    [{ zzz: 1 }, /no assumption "zzz"; known are grossMargin, keepingCostShare/],
    [{ grossMargin: 80 }, 'own.json: assumption "grossMargin" value must be a share in [0, 1], found 80'],
    [{ discountRate: 0 }, /"discountRate" value must be a yearly rate from 0.0001/],
    [{ saveRate: { value: 0.2, low: 0.3 } }, /"saveRate" needs low ≤ value ≤ high, found 0.3, 0.2, 0.2/],
    [{ saveRate: { low: 0.3 } }, /"saveRate" value is missing/],
    [{ saveRate: { value: '0.2' } }, /"saveRate" value cannot be "0.2"/],
    [{ saveRate: { value: 0.2, hihg: 0.3 } }, /"saveRate" has no field "hihg"; did you mean "high"\?/],
    [{ saveRate: { value: 0.2, unit: 'times' } }, /unit must be "share", found "times"/],
    [{ saveRate: null }, /"saveRate" must be a number or an object with "value", found null/],
    [{ saveRate: [0.2] }, /found a list/],
    [[], /must be a JSON object .*found a list/],
    ['0.8', /must be a JSON object .*found a string/],
  ])('refuse %j', (overrides, expected) => {
    if (typeof expected === 'string') expect(message(overrides)).toBe(expected);
    else expect(message(overrides)).toMatch(expected);
  });

  it('are read from the text of a file', () => {
    expect(parseAssumptions('\ufeff{"revenueMultiple": 4}', 'own.json').revenueMultiple.value).toBe(4);
    expect(() => parseAssumptions('{"revenueMultiple": 4,}', 'own.json')).toThrow(/^own.json: not JSON/);
  });

  it('are left alone by overrides, and do not take names of Object.prototype', () => {
    settleAssumptions({ grossMargin: 0.1 });
    expect(DEFAULT_ASSUMPTIONS.grossMargin.value).toBe(0.75);
    expect(message({ constructor: 1 })).toMatch(/no assumption "constructor"/);
    expect(message(JSON.parse('{"__proto__": 1}'))).toMatch(/no assumption "__proto__"/);
  });
});
