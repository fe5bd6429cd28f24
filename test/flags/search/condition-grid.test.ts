import { describe, expect, it } from 'vitest';
import { writeFlag } from '../../../src/flags/expression.js';
import { conditionGrid, countsDays } from '../../../src/flags/search/condition-grid.js';
import { holdsFor } from '../../../src/flags/search/grid.js';
import { seededRandom } from '../../../src/math/random.js';
import { conditionTest } from '../../../src/models/condition.js';
import { columnNamed, makeTable } from '../../../src/tables/table.js';
import { noiseColumns } from '../seed-world.js';

const rows = 2000;
const random = seededRandom(4);
const number = (name: string, of: (row: number) => number) => ({
  kind: 'number' as const,
  name,
  values: Float64Array.from({ length: rows }, (_, row) => of(row)),
});
const table = makeTable([
  ...noiseColumns(rows, 6, random),
  number('holes', (row) => (row % 7 === 0 ? Number.NaN : row % 40)),
  number('yes_no', (row) => (row % 11 === 0 ? Number.NaN : row % 2)),
  number('constant', () => 3),
  {
    kind: 'category',
    name: 'plan',
    levels: ['basic', 'rare', 'team'],
    codes: Int32Array.from({ length: rows }, (_, row) =>
      row % 10 === 0 ? -1 : row < 15 ? 1 : row % 3 ? 0 : 2,
    ),
  },
]);
const grid = conditionGrid(table, { least: 30, most: 1000 });

describe('conditionGrid', () => {
  it('puts rows into bins so that ranges of bins are what the conditions say', () => {
    expect(grid.conditions.length).toBeGreaterThan(60);
    for (const place of grid.conditions) {
      const holds = conditionTest(place.condition, columnNamed(table, place.condition.feature));
      for (let row = 0; row < rows; row++) {
        if (holds(row) !== holdsFor(grid, place, row))
          expect.fail(`${writeFlag({ conditions: [place.condition] })} in row ${row}`);
      }
    }
  });

  it('knows numbers from both sides, levels, and missing values, and yes and no in numbers', () => {
    const of = (name: string) =>
      grid.conditions
        .map(({ condition }) => condition)
        .filter(({ feature }) => feature === name)
        .map((condition) => writeFlag({ conditions: [condition] }));
    expect(of('plan')).toEqual(['plan is missing', 'plan is basic', 'plan is team']);
    expect(of('yes_no')).toEqual(['yes_no is missing', 'yes_no is 0', 'yes_no is 1']);
    expect(of('holes')).toEqual(expect.arrayContaining(['holes is missing', 'holes < 20', 'holes >= 20']));
    expect(of('constant')).toEqual([]);
  });

  it('leaves out what holds, or fails to hold, for too few rows', () => {
    for (const place of grid.conditions) {
      const inside = Array.from({ length: rows }, (_, row) => holdsFor(grid, place, row)).filter(
        Boolean,
      ).length;
      expect(inside).toBeGreaterThanOrEqual(30);
      expect(rows - inside).toBeGreaterThanOrEqual(30);
    }
  });

  it('says nothing twice: of two columns that are the same, one stays', () => {
    const twice = makeTable([...table.columns, { ...table.columns[0]!, name: 'copy' }]);
    expect(conditionGrid(twice, { least: 30, most: 1000 }).conditions).toEqual(grid.conditions);
  });

  it('cuts more coarsely when there are many features', () => {
    const coarse = conditionGrid(table, { least: 30, most: 40 });
    expect(coarse.conditions.length).toBeLessThanOrEqual(40);
    expect(coarse.features.map(({ name }) => name)).toEqual(grid.features.map(({ name }) => name));
  });
});

describe('countsDays', () => {
  it.each([
    ['days_since_login', true],
    ['tenureDays', true],
    ['account age (days)', true],
    ['usage_events_28d', false],
    ['cases_30_days', false],
    ['daytime_minutes', false],
    ['holidays', false],
  ])('%s: %s', (name, expected) => {
    expect(countsDays(name)).toBe(expected);
  });
});
