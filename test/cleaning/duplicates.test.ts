import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRepeats, duplicateGroups } from '../../src/cleaning/duplicates.js';
import type { RawTable } from '../../src/tables/raw-table.js';
import { hasRealData, realTable, textTable } from './text-table.js';

describe('duplicateGroups', () => {
  it('names the first row that equals each row in the given columns', () => {
    const raw = textTable(
      ['plan', 'seats', 'id'],
      [
        ['a', '1', '1'],
        ['b', '1', '2'],
        ['a', '1', '3'],
        ['a', null, '4'],
        ['a', '', '5'],
        ['a', null, '6'],
      ],
    );
    expect([...duplicateGroups(raw, ['plan', 'seats'])]).toEqual([0, 1, 0, 3, 4, 3]);
    expect(countRepeats(duplicateGroups(raw, ['plan', 'seats']))).toBe(2);
    expect(countRepeats(duplicateGroups(raw, ['plan', 'seats', 'id']))).toBe(0);
    expect(() => duplicateGroups(raw, ['plans'])).toThrow(/"plans" \(nearest: "plan"\)/);
  });

  it('takes missing numbers for equal, and −0 for 0', () => {
    const raw: RawTable = {
      rows: 4,
      rowNumbers: new Float64Array(4),
      columns: [{ kind: 'number', name: 'n', values: Float64Array.of(Number.NaN, 0, Number.NaN, -0) }],
    };
    expect([...duplicateGroups(raw, ['n'])]).toEqual([0, 1, 0, 1]);
    expect([...duplicateGroups({ ...raw, rows: 0 }, ['n'])]).toEqual([]);
  });

  it('agrees with comparing all pairs', () => {
    const cell = fc.constantFrom('a', 'b', '', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 40 }), (rows) => {
        const texts = rows.map((row) => JSON.stringify(row));
        const groups = duplicateGroups(textTable(['x', 'y', 'z'], rows), ['x', 'y', 'z']);
        expect([...groups]).toEqual(texts.map((text) => texts.indexOf(text)));
      }),
    );
  });

  it.skipIf(!hasRealData)('finds the 300 repeats of the Iranian table', () => {
    const raw = realTable('iranian-churn/Customer_Churn.csv');
    const names = raw.columns.map((column) => column.name);
    expect(countRepeats(duplicateGroups(raw, names))).toBe(300);
  });
});
