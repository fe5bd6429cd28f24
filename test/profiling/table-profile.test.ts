import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileTable, tableProfileSchema } from '../../src/profiling/table-profile.js';
import { hasRealData, realTable, textTable } from '../cleaning/text-table.js';

describe('profileTable', () => {
  const raw = textTable(
    ['id', 'month', 'plan', 'seats', 'churn'],
    [
      ['a', '2024-01-01', 'Gold', '1', 'No'],
      ['a', '2024-02-01', 'Gold', '3', 'Yes'],
      ['b', '2024-01-01', ' Gold', 'NA', 'No'],
      ['', '2024-01-01', 'Iron', '5', ''],
      ['b', '2024-01-01', ' Gold', 'NA', 'No'],
    ],
  );

  it('describes columns, repeats and outcomes; by hand', () => {
    const profile = profileTable(raw, { target: 'churn', id: 'id' });
    expect(profile.columns[1]).toEqual({
      name: 'month',
      type: 'instant',
      missing: 0,
      missingShare: 0,
      distinct: 2,
      unreadable: 0,
      numbers: null,
      levels: null,
      dates: { first: '2024-01-01T00:00:00.000Z', last: '2024-02-01T00:00:00.000Z' },
    });
    expect(profile.columns[2]!.levels).toEqual([
      { level: 'Gold', count: 4, share: 0.8 },
      { level: 'Iron', count: 1, share: 0.2 },
    ]);
    expect(profile.columns[3]).toMatchObject({
      missing: 2,
      missingShare: 0.4,
      numbers: { min: 1, median: 3, max: 5 },
    });
    expect(profile.duplicates).toEqual({ rows: 1, withoutId: 1, ids: 2, missingIds: 1 });
    expect(profile.target).toEqual({
      column: 'churn',
      positive: 'Yes',
      negative: 'No',
      churned: 1,
      stayed: 3,
      missing: 1,
      churnRate: 0.25,
    });
    expect(profile.notes.map(({ kind }) => kind)).toEqual([
      'missing-word',
      'positive-guessed',
      'missing-outcome',
      'duplicate-rows',
      'duplicate-ids',
      'missing-id',
    ]);
    expect(tableProfileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  });

  it('counts repeated ids per time, and repeats that differ in the id alone', () => {
    expect(profileTable(raw, { id: 'id', time: 'month' }).duplicates.ids).toBe(1);
    const twins = textTable(
      ['id', 'x'],
      [
        ['a', '1'],
        ['b', '1'],
      ],
    );
    expect(profileTable(twins, { id: 'id' })).toMatchObject({
      duplicates: { rows: 0, withoutId: 1, ids: 0 },
      notes: [{ kind: 'duplicate-rows-without-id' }],
    });
    expect(profileTable(twins).duplicates).toEqual({ rows: 0, withoutId: null, ids: null, missingIds: null });
  });

  it('refuses columns that are not there or do not fit', () => {
    expect(() => profileTable(raw, { id: 'ID' })).toThrow(
      expect.objectContaining({ code: 'missing-column' }),
    );
    expect(() => profileTable(raw, { target: 'gone' })).toThrow(
      expect.objectContaining({ code: 'bad-target' }),
    );
    expect(() => profileTable(raw, { time: 'plan' })).toThrow(expect.objectContaining({ code: 'bad-table' }));
  });

  it('profiles any junk, and a table without rows', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom('', 'NA', '1', '01/02/2024', null),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 40 }), (rows) => {
        const profile = profileTable(textTable(['a', 'b'], rows), { id: 'a' });
        expect(tableProfileSchema.safeParse(JSON.parse(JSON.stringify(profile))).success).toBe(true);
        for (const column of profile.columns) {
          expect(column.missing + column.unreadable).toBeLessThanOrEqual(rows.length);
        }
      }),
    );
  });

  it.skipIf(!hasRealData)('agrees with what is known of the real tables', () => {
    const telco = profileTable(realTable('telco/telco.csv'), { target: 'Churn', id: 'customerID' });
    expect(telco.rows).toBe(7043);
    expect(telco.target).toMatchObject({ churned: 1869, positive: 'Yes' });
    expect(telco.duplicates).toEqual({ rows: 0, withoutId: 22, ids: 0, missingIds: 0 });
    const iranian = profileTable(realTable('iranian-churn/Customer_Churn.csv'), { target: 'Churn' });
    expect(iranian.duplicates.rows).toBe(300);
    expect(iranian.target!.churnRate).toBeCloseTo(0.157, 3);
  });
});
