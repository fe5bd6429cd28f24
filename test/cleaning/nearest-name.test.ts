import { describe, expect, it } from 'vitest';
import { nearestName, rawColumns, requireNames } from '../../src/cleaning/nearest-name.js';
import { textTable } from './text-table.js';

describe('nearestName', () => {
  it.each([
    ['churn', 'Churn'],
    ['monthly charges', 'MonthlyCharges'],
    ['tenur', 'tenure'],
    ['colour of the sky', null],
  ])('takes %j for %j', (wanted, nearest) => {
    expect(nearestName(wanted, ['tenure', 'MonthlyCharges', 'Churn'])).toBe(nearest);
  });
});

describe('requireNames', () => {
  it('names every column that is missing, with the nearest', () => {
    expect(() => requireNames('score', ['tenure', 'plan', 'zzzzzz'], ['Tenure ', 'plan', 'id'])).toThrow(
      expect.objectContaining({
        code: 'missing-column',
        message:
          'score: 2 columns are missing: "tenure" (nearest: "Tenure "), "zzzzzz"; add or rename them in the table',
        detail: { columns: ['tenure', 'zzzzzz'] },
      }),
    );
  });
});

describe('rawColumns', () => {
  it('gives the named columns in that order', () => {
    const raw = textTable(['a', 'b', 'c'], [['1', '2', '3']]);
    expect(rawColumns('test', raw, ['c', 'a']).map((column) => column.name)).toEqual(['c', 'a']);
  });
});
