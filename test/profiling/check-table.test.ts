import { describe, expect, it } from 'vitest';
import { checkTable } from '../../src/profiling/check-table.js';
import { rawTable } from '../raw-table-fixture.js';

/** 60 customers; `exit_survey` is filled in by leavers alone. */
function customers() {
  const lines = Array.from({ length: 60 }, (_, i) => {
    const churned = i % 3 === 0;
    return `c${i},${(i * 7) % 19},${churned ? 'price' : ''},${churned ? 'yes' : 'no'}`;
  });
  lines[10] = 'c10,many,,no';
  lines[20] = 'c20,4,,';
  return rawTable(['id,logins,exit_survey,churned', ...lines].join('\n'));
}
const input = { raw: customers(), file: 'customers.csv', read: 60, rejects: [], notes: [] };

describe('checkTable', () => {
  const checked = checkTable(input, { target: 'churned', id: 'id' });

  it('counts every row once: read = kept + rejected', () => {
    expect(checked.rejects.map(({ rowNumber, reason }) => [rowNumber, reason])).toEqual([
      [11, 'not a number'],
      [21, 'outcome is missing'],
    ]);
    expect(checked.kept + checked.rejects.length).toBe(checked.read);
  });

  it('names the column that gives the answer away', () => {
    expect(checked.leaks.map(({ column }) => column)).toEqual(['exit_survey']);
  });

  it('suspects nothing without an outcome', () => {
    const { leaks, profile } = checkTable(input, { id: 'id' });
    expect(leaks).toEqual([]);
    expect(profile.target).toBeNull();
  });
});
