import { describe, expect, it } from 'vitest';
import { profileTable } from '../../src/profiling/table-profile.js';
import { profileSummary } from '../../src/reports/console.js';
import { dataQualityReport } from '../../src/reports/data-quality.js';
import { textTable } from '../cleaning/text-table.js';
import { HOSTILE } from './card-fixture.js';

const rows = Array.from({ length: 40 }, (_, i) => [
  `A${i}`,
  i % 3 === 0 ? 'yes' : 'no',
  i % 4 === 0 ? 'NA' : String(10 + i),
  i % 2 ? HOSTILE.script : HOSTILE.emoji,
]);
const profile = profileTable(textTable(['id', 'churned', HOSTILE.html, 'plan'], rows), {
  target: 'churned',
  positive: 'yes',
  id: 'id',
});
const checked = {
  file: 'customers.csv',
  profile,
  leaks: [
    {
      column: HOSTILE.html,
      signs: ['skill' as const, 'name' as const],
      auc: 0.987,
      message: `${HOSTILE.html} knows.`,
    },
  ],
  rejects: [{ rowNumber: 1041, column: 'seats', value: HOSTILE.html, reason: 'not a number' }],
};

describe('data-quality report', () => {
  it('says what to look at, then outcome, gaps, leaks and rejects', async () => {
    const page = await dataQualityReport(checked);
    expect(page).toContain('To look at: 1 column that may give the answer away, 1 rejected cell or row');
    expect(page).toContain('stayed (no): 26 (65\u00a0%)');
    expect(page).toContain('>10 (25\u00a0%)<');
    expect(page).toContain('1,041');
    expect(page.slice(0, page.indexOf('<script>'))).not.toMatch(/<img|<script>/);
  });

  it('says so when nothing stands out', async () => {
    const page = await dataQualityReport({ profile: { ...profile, notes: [], target: null } });
    expect(page).toContain('Nothing stands out');
    expect(page).not.toContain('class="verdict warning"');
  });
});

describe('profile summary', () => {
  it('lines up columns and names what to look at first', () => {
    const lines = profileSummary(checked, { width: 80 }).split('\n');
    expect(lines[0]).toContain('To look at: 1 column that may give the answer away');
    expect(lines).toContain('churned = yes: 14 left, 26 stayed, a churn rate of 35 %.');
    const header = lines.find((line) => line.startsWith('Column '))!;
    const churned = lines.find((line) => /^churned\s+category/.test(line))!;
    expect(churned.indexOf('category')).toBe(header.indexOf('Type'));
    expect(lines.join('\n')).toMatch(/suspected; AUC alone 0\.987\):\s+it predicts too well alone/);
    expect(lines.every((line) => [...line].length <= 80)).toBe(true);
  });

  it('cuts a table of two thousand columns short', () => {
    const columns = Array.from({ length: 2000 }, (_, i) => ({ ...profile.columns[2]!, name: `c${i}` }));
    const text = profileSummary({ profile: { ...profile, columns } });
    expect(text.split('\n').length).toBeLessThan(100);
    expect(text).toContain('and 1,960 more columns');
  });
});
