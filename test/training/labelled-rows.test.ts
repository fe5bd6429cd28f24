import { describe, expect, it } from 'vitest';
import { labelRows } from '../../src/training/labelled-rows.js';
import { rawTable } from '../raw-table-fixture.js';

const roles = { target: 'churned', id: 'id' as string | null, time: null, group: null };

describe('labelRows', () => {
  it('sets aside rows without outcome or id and exact repeats; nothing is lost', () => {
    const raw = rawTable(`id,plan,churned
a,basic,yes
b,pro,
 ,pro,no
a,basic,yes
c,pro,no`);
    const { raw: kept, churned, rejects, duplicates } = labelRows(raw, roles);
    expect([...kept.rowNumbers]).toEqual([1, 5]);
    expect([...churned]).toEqual([1, 0]);
    expect(rejects.map(({ rowNumber, reason }) => [rowNumber, reason])).toEqual([
      [2, 'outcome is missing'],
      [3, 'id is missing'],
      [4, 'repeats row 1 exactly'],
    ]);
    expect(duplicates).toBe(1);
  });

  it('refuses an id that stands for two different rows, and says the way out', () => {
    const raw = rawTable('id,plan,churned\na,basic,yes\nb,pro,no\na,pro,no');
    expect(() => labelRows(raw, roles)).toThrow(
      /id column "id" must name each row once; "a" stands in rows 1 and 3 .* --time or --group/,
    );
  });

  it('lets an id come back over time and ties its rows', () => {
    const raw = rawTable(`id,at,churned
a,2024-01-01,no
b,2024-01-01,no
a,2024-02-01,yes`);
    const { groups, time } = labelRows(raw, { ...roles, time: 'at' });
    expect(groups![0]).toBe(groups![2]);
    expect(groups![0]).not.toBe(groups![1]);
    expect(time![2]).toBe(Date.UTC(2024, 1, 1));
  });

  it('ties exact repeats when rows have no id', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},${i % 3 === 0 ? 'yes' : 'no'}`);
    const raw = rawTable(['score,churned', ...rows, rows[4], rows[4]].join('\n'));
    const { groups, notes, rejects } = labelRows(raw, { ...roles, id: null });
    expect(groups![30]).toBe(groups![4]);
    expect(groups![31]).toBe(groups![4]);
    expect(rejects).toEqual([]);
    expect(notes.map(({ kind }) => kind)).toContain('duplicates-tied');
  });

  it('takes equal rows for lookalikes when most rows are equal', () => {
    const raw = rawTable(['plan,churned', ...Array(20).fill('a,yes'), ...Array(20).fill('b,no')].join('\n'));
    const { groups, notes } = labelRows(raw, { ...roles, id: null });
    expect(groups).toBeNull();
    expect(notes.map(({ kind }) => kind)).toContain('duplicates-as-lookalikes');
  });

  it('keeps rows of one group together', () => {
    const raw = rawTable('id,region,churned\na,n,yes\nb,s,no\nc,n,no\nd,,no\ne,,yes');
    const { groups } = labelRows(raw, { ...roles, group: 'region' });
    expect(groups![0]).toBe(groups![2]);
    expect(groups![3]).not.toBe(groups![4]);
  });
});
