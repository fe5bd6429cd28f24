import { expect, it } from 'vitest';
import {
  type Condition,
  conditionSchema,
  conditionTest,
  describeCondition,
  saidNumber,
} from '../../src/models/condition.js';
import type { Column } from '../../src/tables/table.js';

const numbers: Column = { kind: 'number', name: 'x', values: Float64Array.of(9, 10, 11, NaN, -0, Infinity) };
const plans: Column = {
  kind: 'category',
  name: 'x',
  codes: Int32Array.of(0, 1, -1, 2, 0),
  levels: ['10', 'M', ''],
};

function holdsFor(condition: Condition, column: Column): number[] {
  const holds = conditionTest(condition, column);
  const rows = column.kind === 'number' ? column.values.length : column.codes.length;
  return Array.from({ length: rows }, (_, row) => row).filter(holds);
}

it.each([
  [{ test: 'below', feature: 'x', threshold: 10 }, 'x < 10', [0, 4], []],
  [{ test: 'at-least', feature: 'x', threshold: 10 }, 'x >= 10', [1, 2, 5], []],
  [{ test: 'above', feature: 'x', threshold: 10 }, 'x > 10', [2, 5], []],
  [{ test: 'at-most', feature: 'x', threshold: 10 }, 'x <= 10', [0, 1, 4], []],
  [{ test: 'equals', feature: 'x', level: '10' }, 'x is 10', [1], [0, 4]],
  [{ test: 'equals', feature: 'x', level: '1e1' }, 'x is 1e1', [1], []],
  [{ test: 'equals', feature: 'x', level: '0' }, 'x is 0', [4], []],
  [{ test: 'equals', feature: 'x', level: 'M' }, 'x is M', [], [1]],
  [{ test: 'equals', feature: 'x', level: '' }, 'x is ', [], [3]],
  [{ test: 'equals', feature: 'x', level: 'Infinity' }, 'x is Infinity', [], []],
  [{ test: 'equals', feature: 'x', level: 'NaN' }, 'x is NaN', [], []],
  [{ test: 'missing', feature: 'x' }, 'x is missing', [3], [2]],
] as [Condition, string, number[], number[]][])(
  'tests and describes %o',
  (condition, words, ofNumbers, ofPlans) => {
    expect(conditionSchema.parse(condition)).toEqual(condition);
    expect(describeCondition(condition)).toBe(words);
    expect(holdsFor(condition, numbers)).toEqual(ofNumbers);
    expect(holdsFor(condition, plans)).toEqual(ofPlans);
  },
);

it('reads decimal digits as a number, and nothing else', () => {
  expect(['5', '+5', '-0.5', '.5', '5.', '1e3', '1E-2'].map(saidNumber)).toEqual([
    5, 5, -0.5, 0.5, 5, 1e3, 0.01,
  ]);
  for (const text of [
    '',
    ' ',
    ' 5',
    '5 ',
    '0x10',
    '1_000',
    '1,5',
    '.',
    '-',
    'e3',
    '1e999',
    'Infinity',
    '５',
  ]) {
    expect(saidNumber(text)).toBeNaN();
  }
});
