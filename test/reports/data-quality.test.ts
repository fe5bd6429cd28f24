import { describe, expect, it } from 'vitest';
import { profileSummary } from '../../src/reports/console.js';
import { dataQualityReport } from '../../src/reports/data-quality.js';
import { checked, profile } from './checked-fixture.js';

describe('data-quality report', () => {
  it('says what to look at, then outcome, gaps, leaks and rejects', async () => {
    const page = await dataQualityReport(checked);
    expect(page).toContain('To look at: 1 column that may give the answer away, 1 rejected cell or row');
    expect(page).toContain('stayed (no): 26 (65\u00a0%)');
    expect(page).toContain('>10 (25\u00a0%)<');
    expect(page).toContain('41 rows read, 40 kept, 1 rejected.');
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
    expect(lines).toContain('41 rows read, 40 kept, 1 rejected.');
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
