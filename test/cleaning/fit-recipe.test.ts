import { describe, expect, it } from 'vitest';
import { applyRecipe, fitRecipe, recipeSchema, usualValues } from '../../src/cleaning/recipe.js';
import { permutation, seededRandom } from '../../src/math/random.js';
import { takeRawRows } from '../../src/tables/raw-table.js';
import { hasRealData, realTable, textTable } from './text-table.js';

const accounts = textTable(
  ['id', 'plan', 'seats', 'signup', 'region', 'churn'],
  [
    ['a', 'Gold', '1', '1970-01-02', 'EU', 'No'],
    ['b', 'Silver', '3', '1970-01-03', 'EU', 'Yes'],
    ['c', 'Gold', '', '1970-01-05', 'EU', 'No'],
    ['d', '', '8', '', 'EU', 'Yes'],
  ],
);

describe('fitRecipe', () => {
  it('learns types, numbers and levels; by hand', () => {
    const recipe = fitRecipe(accounts, { id: 'id', target: 'churn', positive: 'Yes' });
    expect(recipe).toEqual({
      formatVersion: 1,
      rows: 4,
      id: 'id',
      target: 'churn',
      positive: 'Yes',
      group: null,
      time: null,
      features: [
        {
          kind: 'category',
          name: 'plan',
          missingShare: 0.25,
          levels: ['Gold', 'Silver'],
          mostFrequent: 'Gold',
        },
        { kind: 'number', name: 'seats', missingShare: 0.25, min: 1, max: 8, median: 3, decimalComma: false },
        {
          kind: 'instant',
          name: 'signup',
          missingShare: 0.25,
          min: 1,
          max: 4,
          median: 2,
          order: 'ymd',
          unit: 'days-since-1970',
        },
      ],
      leftOut: [
        { name: 'id', reason: 'id' },
        { name: 'region', reason: 'constant' },
        { name: 'churn', reason: 'target' },
      ],
      notes: [],
    });
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    expect(usualValues(recipe)).toEqual({
      plan: { typical: 'Gold', unit: 'category' },
      seats: { typical: 3, unit: 'number' },
      signup: { typical: 2, unit: 'date' },
    });
  });

  it('learns from the given rows alone', () => {
    const options = { id: 'id', target: 'churn' };
    const some = fitRecipe(accounts, { ...options, rows: [2, 0, 1] });
    const others = textTable(
      accounts.columns.map((column) => column.name),
      [['x', 'Iron', '1e6', '2024-01-01', 'US', 'No']],
    );
    expect(some).toEqual(fitRecipe(takeRawRows(accounts, [0, 1, 2]), options));
    expect(some.features[1]).toMatchObject({ max: 3 });
    expect(applyRecipe(some, others).table.columns[0]).toMatchObject({ levels: ['Gold', 'Silver'] });
  });

  it('leaves out roles, leaks and columns that tell nothing, each with its reason', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [
      `${i}`,
      `name ${i}`,
      'same',
      '',
      '01/02/2024',
      `comment ${i % 30}`,
      String(i % 3),
      String(i % 2),
      `g${i % 5}`,
      `2024-01-${10 + (i % 20)}`,
      String((i * 7) % 40),
      i % 2 ? 'Yes' : 'No',
    ]);
    const names = 'id,name,same,empty,when,comment,kept,leak,group,time,salary,churn'.split(',');
    const recipe = fitRecipe(textTable(names, rows), {
      id: 'id',
      target: 'churn',
      group: 'group',
      time: 'time',
      leaveOut: ['leak'],
    });
    expect(Object.fromEntries(recipe.leftOut.map(({ name, reason }) => [name, reason]))).toEqual({
      id: 'id',
      name: 'id-like',
      same: 'constant',
      empty: 'all-missing',
      when: 'ambiguous-date',
      comment: 'mostly-distinct',
      leak: 'leak',
      group: 'group',
      time: 'time',
      churn: 'target',
    });
    expect(recipe.features.map(({ name }) => name)).toEqual(['kept', 'salary']);
  });

  it('leaves ambiguous dates out with a note on what to do', () => {
    const raw = textTable(
      ['when', 'n'],
      [
        ['01/02/2024', '1'],
        ['03/04/2024', '2'],
      ],
    );
    const recipe = fitRecipe(raw, { id: null, target: null });
    expect(recipe.leftOut).toEqual([{ name: 'when', reason: 'ambiguous-date' }]);
    expect(recipe.notes).toMatchObject([
      { kind: 'ambiguous-date', message: expect.stringContaining('YYYY-MM-DD') },
    ]);
  });

  it('lumps rare levels of a long list, and keeps a short list whole', () => {
    const city = (cities: number, rows: number) =>
      Array.from({ length: cities }, (_, i) =>
        Array.from({ length: i < 2 ? 10 : rows }, () => [`city ${i}`]),
      ).flat();
    const fit = (cells: string[][]) =>
      fitRecipe(textTable(['city'], cells), { id: null, target: null }).features[0] as { levels: string[] };
    expect(fit(city(31, 9)).levels).toEqual(['city 0', 'city 1', '(other)']);
    expect(fit(city(31, 9))).toMatchObject({ mostFrequent: '(other)' });
    expect(fit(city(30, 3)).levels).toHaveLength(30);
    expect(fit(city(31, 10)).levels).toHaveLength(31);
  });

  it('sorts levels by text, not by frequency, row order or locale', () => {
    const raw = textTable(
      ['x'],
      ['ä', 'z', 'Z', 'a', 'z'].map((level) => [level]),
    );
    const levels = (rows: number[]) =>
      (fitRecipe(takeRawRows(raw, rows), { id: null, target: null }).features[0] as { levels: string[] })
        .levels;
    expect(levels([0, 1, 2, 3, 4])).toEqual(['Z', 'a', 'z', 'ä']);
    expect(levels([4, 2, 0, 3, 1])).toEqual(['Z', 'a', 'z', 'ä']);
  });

  it('refuses a column that is not there, no rows, and a time that is no date', () => {
    expect(() => fitRecipe(accounts, { id: 'account', target: 'churned' })).toThrow(
      expect.objectContaining({ code: 'missing-column', detail: { columns: ['account', 'churned'] } }),
    );
    expect(() => fitRecipe(accounts, { id: null, target: null, rows: [] })).toThrow(
      expect.objectContaining({ code: 'too-few-rows' }),
    );
    expect(() => fitRecipe(accounts, { id: null, target: null, time: 'plan' })).toThrow(
      expect.objectContaining({ code: 'bad-table' }),
    );
  });

  it.skipIf(!hasRealData)('gives the same for any order of rows (telco)', () => {
    const raw = realTable('telco/telco.csv');
    const options = { id: 'customerID', target: 'Churn', positive: 'Yes' };
    const shuffled = takeRawRows(raw, permutation(raw.rows, seededRandom(5)));
    expect(JSON.stringify(fitRecipe(shuffled, options))).toBe(JSON.stringify(fitRecipe(raw, options)));
  });
});
