import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineParameters, overrideParameters } from '../../../src/notebooks/cells/parameters.js';

const defined = () =>
  defineParameters({
    accounts: z.int().min(100).default(800).describe('size of the company'),
    share: z.number().describe('a share, described before its default').default(0.5),
    confirm: z.boolean().default(false),
    scenario: z.enum(['base', 'null']).default('base'),
    stage: z.string().nullable().default(null),
    days: z.array(z.int()).default([30, 90]),
    input: z.string().default(''),
  });

describe('defineParameters', () => {
  it('gives the defaults as a plain object that nothing changes', () => {
    const parameters = defined();
    expect(Object.entries(parameters)).toEqual([
      ['accounts', 800],
      ['share', 0.5],
      ['confirm', false],
      ['scenario', 'base'],
      ['stage', null],
      ['days', [30, 90]],
      ['input', ''],
    ]);
    expect(Object.isFrozen(parameters)).toBe(true);
  });

  it.each([z.int(), z.int().optional()])('refuses a schema without a default', (schema) => {
    expect(() => defineParameters({ accounts: schema })).toThrow(/accounts needs a default/);
  });
});

describe('overrideParameters', () => {
  it.each([
    ['accounts', '500', 500],
    ['share', '0.25', 0.25],
    ['share', '-1e-3', -0.001],
    ['confirm', 'true', true],
    ['scenario', 'null', 'null'],
    ['stage', 'null', null],
    ['stage', 'land', 'land'],
    ['days', '[7, 14]', [7, 14]],
    ['input', '500', '500'],
    ['input', 'null', 'null'],
    ['input', '', ''],
  ] as const)('reads %s from "%s" by its schema', (name, text, value) => {
    const parameters = overrideParameters(defined(), { [name]: text });
    expect(parameters).toEqual({ ...defined(), [name]: value });
  });

  it('may be applied again, and leaves what it was given', () => {
    const before = defined();
    const after = overrideParameters(overrideParameters(before, { accounts: '500' }), { share: '1' });
    expect([after.accounts, after.share, before.accounts]).toEqual([500, 1, 800]);
  });

  const list =
    '  accounts (800): size of the company\n' +
    '  share (0.5): a share, described before its default\n' +
    '  confirm (false)\n  scenario ("base")\n  stage (null)\n  days ([30,90])\n  input ("")';
  it.each([
    ['accuonts', '500', 'there is no parameter accuonts; the notebook knows:\n'],
    ['toString', '500', 'there is no parameter toString; the notebook knows:\n'],
    [
      'accounts',
      'many',
      'parameter accounts cannot be "many": Invalid input: expected number, received string; ',
    ],
    ['accounts', '50', 'parameter accounts cannot be "50": Too small: expected number to be >=100; '],
    [
      'confirm',
      'yes',
      'parameter confirm cannot be "yes": Invalid input: expected boolean, received string; ',
    ],
  ])('says what is wrong with %s=%s, and what there is', (name, text, message) => {
    const call = () => overrideParameters(defined(), { [name]: text });
    expect(call).toThrow(expect.objectContaining({ code: 'bad-option' }));
    expect(call).toThrow(message);
    expect(call).toThrow(list);
  });

  it('needs what defineParameters returned', () => {
    expect(() => overrideParameters({ accounts: 1 }, {})).toThrow(/defineParameters returned/);
  });
});
