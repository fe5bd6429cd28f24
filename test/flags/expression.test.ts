import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChurnError } from '../../src/errors.js';
import { checkFlag, parseFlag, writeFlag } from '../../src/flags/expression.js';
import type { Flag } from '../../src/flags/flag.js';
import type { Condition } from '../../src/models/condition.js';
import { makeTable } from '../../src/tables/table.js';
import { anyFlag } from './any-flag.js';

const one = (condition: Condition): Flag => ({ conditions: [condition] });

function errorOf(run: () => unknown): ChurnError {
  try {
    run();
  } catch (error) {
    if (error instanceof ChurnError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('parseFlag', () => {
  it('reads conditions joined by and, in any case of its letters and over several lines', () => {
    expect(parseFlag('days_since_login >= 14 AND\n\tcases_28d>10 and csat < 5 And x <=-.5')).toEqual({
      conditions: [
        { test: 'at-least', feature: 'days_since_login', threshold: 14 },
        { test: 'above', feature: 'cases_28d', threshold: 10 },
        { test: 'below', feature: 'csat', threshold: 5 },
        { test: 'at-most', feature: 'x', threshold: -0.5 },
      ],
    });
  });

  it.each([
    ['Contract is "Month-to-month"', { test: 'equals', feature: 'Contract', level: 'Month-to-month' }],
    ['Contract = Month-to-month', { test: 'equals', feature: 'Contract', level: 'Month-to-month' }],
    ["'Payment ''method''' == `a``b`", { test: 'equals', feature: "Payment 'method'", level: 'a`b' }],
    ['x = 5', { test: 'equals', feature: 'x', level: '5' }],
    ['x is -5.0', { test: 'equals', feature: 'x', level: '-5.0' }],
    ['x is missing', { test: 'missing', feature: 'x' }],
    ['x IS Missing', { test: 'missing', feature: 'x' }],
    ['x is "missing"', { test: 'equals', feature: 'x', level: 'missing' }],
    ['"" is ""', { test: 'equals', feature: '', level: '' }],
    ['"5" > 1e3', { test: 'above', feature: '5', threshold: 1000 }],
    ['Größe\u00a0> +1.5E-3', { test: 'above', feature: 'Größe', threshold: 0.0015 }],
  ] as [string, Condition][])('reads %s', (text, condition) => {
    expect(parseFlag(text)).toEqual(one(condition));
  });

  it.each([
    ['', 1, '', 'the name of a feature'],
    ['   ', 4, '', 'the name of a feature'],
    ['x', 2, '', '>=, >, <=, <, = or is'],
    ['x >', 4, '', 'a number'],
    ['x > 5 and', 10, '', 'the name of a feature'],
    ['and x > 5', 1, 'and', 'the name of a feature'],
    ['x > 5 and and y > 2', 11, 'and', 'the name of a feature'],
    ['x > missing', 5, 'missing', 'is missing'],
    ['x = missing', 5, 'missing', 'in quotes'],
    ['x is', 5, '', 'a level'],
    ['x is and', 6, 'and', 'a level'],
    ['x > "5"', 5, '5', 'a number'],
    ['x > 0x10', 5, '0x10', 'a number'],
    ['x > Infinity', 5, 'Infinity', 'a number'],
    ['x > 1e999', 5, '1e999', 'a number'],
    ['x > 1,000', 6, ',', 'thousands'],
    ['x > 10%', 7, '%', 'and, or the end'],
    ['5 < x', 1, '5', 'the feature first'],
    ['x > 5 < 10', 7, '<', 'and, or the end'],
    ['x > 5 or y > 2', 7, 'or', 'write two flags'],
    ['x > 5 || y > 2', 7, '||', 'write two flags'],
    ['x > 5 && y > 2', 7, '&&', 'by and'],
    ['x > 5; DROP TABLE t', 6, ';', 'and, or the end'],
    ['not x > 5', 1, 'not', 'should hold'],
    ['x is not missing', 6, 'not', 'should hold'],
    ['x != 5', 3, '!=', 'should hold'],
    ['x === 5', 3, '===', '>=, >, <=, <, = or is'],
    ['x => 5', 3, '=>', '>='],
    ['x ≥ 5', 3, '≥', '>='],
    ['(x > 5)', 1, '(', 'brackets'],
    ['process.exit(1)', 13, '(', 'brackets'],
    ['x contains y', 3, 'contains', '>=, >, <=, <, = or is'],
    ['days since login > 5', 6, 'since', 'in quotes'],
    ['x is Month to month', 12, 'to', 'in quotes'],
    ['"x > 5', 1, '"', 'close the quote'],
    ['"a"" > 5', 1, '"', 'close the quote'],
    ["x is 'a''", 6, "'", 'close the quote'],
    ['x is “a”', 6, '“', 'straight quotes'],
    ['😀x > 5', 1, '😀', 'the name of a feature'],
    ['"😀" ~ 5', 5, '~', '>=, >, <=, <, = or is'],
    ['x >\u0000 5', 4, '\u0000', 'a number'],
    ['\u001b[2Jx > 5', 1, '\u001b', 'the name of a feature'],
    ['x\u202e > 5', 2, '\u202e', '>=, >, <=, <, = or is'],
  ])('does not read %o', (text, position, found, words) => {
    const error = errorOf(() => parseFlag(text));
    expect(error.code).toBe('bad-option');
    expect(error.detail).toMatchObject({ position, found });
    expect(error.message).toMatch(`at character ${position}`);
    expect(error.message).toContain(words);
  });

  it('says where, what was needed, what was found, and the way out', () => {
    expect(errorOf(() => parseFlag('csat < 5 or cases > 10')).message).toBe(
      'flag: at character 10, needed and, or the end, found "or"; write two flags',
    );
  });

  it('reads any text, or says why not, and what it reads it writes to be read again', () => {
    const pieces = fc.constantFrom(
      'x',
      ' ',
      '"',
      "'",
      '`',
      '<',
      '>=',
      '=',
      'is',
      'and',
      'missing',
      '5',
      '-',
      '\0',
      'é',
      '\ud800',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let flag: Flag;
        try {
          flag = parseFlag(text);
        } catch (error) {
          expect((error as ChurnError).code).toBe('bad-option');
          return;
        }
        expect(parseFlag(writeFlag(flag))).toEqual(flag);
      }),
      { numRuns: 2000 },
    );
  });

  it('is done with a long text at once', () => {
    for (const text of [
      '"'.repeat(300_001),
      "'a''".repeat(100_000),
      'x > 5 and '.repeat(30_000),
      '('.repeat(300_000),
    ]) {
      expect(errorOf(() => parseFlag(text)).code).toBe('bad-option');
    }
  });
});

describe('writeFlag', () => {
  it('quotes what would not be read as one word', () => {
    const flag: Flag = {
      conditions: [
        { test: 'at-least', feature: 'days_since_login', threshold: 14 },
        { test: 'equals', feature: 'Contract', level: 'Month-to-month' },
        { test: 'equals', feature: 'Payment method', level: 'say "check"' },
        { test: 'equals', feature: 'And', level: 'Missing' },
        { test: 'equals', feature: '5', level: '-5' },
        { test: 'missing', feature: '' },
      ],
    };
    expect(writeFlag(flag)).toBe(
      'days_since_login >= 14 and Contract is Month-to-month and "Payment method" is "say ""check""" and ' +
        '"And" is "Missing" and "5" is -5 and "" is missing',
    );
  });

  it('writes any flag so that it is read as the same', () => {
    fc.assert(
      fc.property(anyFlag, (flag) => {
        expect(parseFlag(writeFlag(flag))).toEqual(flag);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes a threshold of −0 as 0', () => {
    expect(writeFlag(one({ test: 'below', feature: 'x', threshold: -0 }))).toBe('x < 0');
  });
});

describe('checkFlag', () => {
  const levels = ['Month-to-month', 'One year', 'Two year'];
  const many = Array.from({ length: 9 }, (_, i) => `country ${i}`);
  const table = makeTable([
    { kind: 'category', name: 'Contract', codes: Int32Array.of(0, 2), levels },
    { kind: 'category', name: 'country', codes: Int32Array.of(0, 2), levels: many },
    { kind: 'number', name: 'cases_28d', values: Float64Array.of(1, 2) },
  ]);
  const check = (text: string) => checkFlag(parseFlag(text), table);

  it('lets through what can be tested', () => {
    check(
      'Contract is "One year" and cases_28d > 10 and cases_28d = 5 and country is missing and cases_28d is missing',
    );
  });

  it.each([
    ['cases28d > 10', 'missing-column', 'flag: a column is missing: "cases28d" (nearest: "cases_28d")'],
    ['csat < 5 and csat > 1', 'missing-column', 'a column is missing: "csat";'],
    ['constructor > 1', 'missing-column', '"constructor"'],
    [
      'Contract > 1',
      'bad-option',
      'flag: Contract > 1: needs a column of numbers, found levels: Month-to-month, "One year"',
    ],
    ['Contract is "one year"', 'bad-option', 'the nearest is "One year"'],
    [
      'Contract is 1234567',
      'bad-option',
      'needs a level of the column, which has Month-to-month, "One year", "Two year"',
    ],
    ['country is Transsylvania', 'bad-option', '"country 3", "country 4" and 4 more'],
    ['cases_28d is many', 'bad-option', 'needs a number'],
  ])('does not let through %s', (text, code, words) => {
    const error = errorOf(() => check(text));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });
});
