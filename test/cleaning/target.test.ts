import { describe, expect, it } from 'vitest';
import { readTarget } from '../../src/cleaning/target.js';
import { textColumn } from './text-table.js';

const read = (cells: (string | null)[], positive?: string, name = 'churn') =>
  readTarget(textColumn(cells, name), name, positive);
const problem = (cells: (string | null)[], positive?: string, name = 'churn') => {
  try {
    read(cells, positive, name);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('no error');
};

describe('readTarget', () => {
  it.each([
    [['Yes', 'No'], 'Yes', 'No'],
    [['0', '1'], '1', '0'],
    [['FALSE', 'TRUE'], 'TRUE', 'FALSE'],
    [['churned', 'active'], 'churned', 'active'],
    [['left', 'stayed'], 'left', 'stayed'],
    [['None', 'Exited'], 'Exited', 'None'],
  ])('of %j takes %j as churned', (cells, positive, negative) => {
    expect(read(cells)).toMatchObject({ positive, negative });
  });

  it('marks outcomes, missing ones with 255, and says what it guessed', () => {
    const target = read(['Yes', 'No', '', 'yes ', null, 'NA', 'Yes']);
    expect([...target.churned]).toEqual([1, 0, 255, 1, 255, 255, 1]);
    expect(target.positive).toBe('Yes');
    expect(target.notes.map((note) => note.kind)).toEqual([
      'positive-guessed',
      'mostly-churned',
      'missing-outcome',
    ]);
    expect(read(['Yes', 'No'], 'Yes').notes).toEqual([]);
  });

  it('names a level by its most frequent spelling, whatever the order of rows', () => {
    expect(read(['yes', 'Yes', 'No']).positive).toBe('Yes');
    expect(read(['Yes', 'yes', 'No']).positive).toBe('Yes');
    expect(read(['Yes', 'yes', 'yes', 'No']).positive).toBe('yes');
  });

  it('reads typed numbers, and 1.0 as 1', () => {
    const raw = {
      ...textColumn(['', '', '']),
      columns: [{ kind: 'number' as const, name: 'y', values: Float64Array.of(0, 1, Number.NaN) }],
    };
    expect([...readTarget(raw, 'y').churned]).toEqual([0, 1, 255]);
    expect([...read(['1.0', '0', '1'], '1').churned]).toEqual([1, 0, 1]);
  });

  it('turns one named level into churned against the rest', () => {
    const target = read(['cancelled', 'active', 'paused'], 'Cancelled');
    expect([...target.churned]).toEqual([1, 0, 0]);
    expect(target).toMatchObject({ positive: 'cancelled', negative: 'not cancelled' });
  });

  it('suggests the nearest name for a missing column', () => {
    expect(() => readTarget(textColumn(['a'], 'Churn'), 'churned')).toThrow(
      expect.objectContaining({
        code: 'bad-target',
        message: 'target column "churned" is not in the table; did you mean "Churn"?',
      }),
    );
    expect(() => readTarget(textColumn(['a'], 'Churn'), 'outcome')).toThrow(/found "Churn"/);
  });

  it.each([
    ['constant', ['No', 'no'], undefined, 'churn', /is constant, found only "No" \(2 rows\)|"no" \(2 rows\)/],
    ['all missing', ['', null], undefined, 'churn', /is missing in all of its 2 rows/],
    [
      'three levels',
      ['a', 'b', 'b', 'c'],
      undefined,
      'churn',
      /3 levels.*"b" \(2 rows\), "a".*--positive LEVEL/,
    ],
    ['no word for leaving', ['A', 'B'], undefined, 'churn', /which one means leaving.*--positive/],
    ['two words for leaving', ['left', 'churned'], undefined, 'churn', /--positive/],
    ['a name that means staying', ['Yes', 'No'], undefined, 'isActive', /sounds like staying.*--positive/],
    ['positive not found', ['Yes', 'No'], 'maybe', 'churn', /no level "maybe", found "No".*"Yes"/],
  ])('refuses a target: %s', (_, cells, positive, name, message) => {
    const error = problem(cells, positive, name);
    expect(error.code).toBe('bad-target');
    expect(error.message).toMatch(message);
  });

  it('shows ten of many levels', () => {
    expect(problem(Array.from({ length: 500 }, (_, i) => String(i))).message).toMatch(
      /500 levels.* and 490 more;/,
    );
  });

  it('lets a staying name pass when positive is given', () => {
    expect([...read(['Yes', 'No'], 'No', 'retained').churned]).toEqual([0, 1]);
  });
});
