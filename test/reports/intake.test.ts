import { describe, expect, it } from 'vitest';
import { intakeReport } from '../../src/reports/intake.js';
import { intakeSummary } from '../../src/reports/intake-summary.js';
import type { Intake } from '../../src/workspace/intake.js';
import { intakeRejectsCsv } from '../../src/workspace/rejects-csv.js';
import { HOSTILE } from './card-fixture.js';

const counts = { read: 12, kept: 9, rejected: 2, skipped: 0, dropped: 1 };
const intake: Intake = {
  files: [{ table: 'invoices', file: 'bills.csv', sha256: 'ab12', ...counts }],
  tables: [{ table: 'invoices', files: ['bills.csv'], ...counts, doubted: 3 }],
  sideFiles: [{ file: 'regions.csv', sha256: 'cd34', read: 9, unused: 1 }],
  rejects: [
    {
      table: 'invoices',
      file: 'bills.csv',
      rowNumber: 1_234,
      column: 'amount_cents',
      value: HOSTILE.script,
      reason: 'is no number',
    },
    {
      table: 'invoices',
      file: 'bills.csv',
      rowNumber: 5,
      column: 'issued_at',
      value: '=HYPERLINK("x")',
      reason: 'is no date',
    },
  ],
  rejectCount: 2,
  doubts: [
    {
      kind: 'paid-before-issued',
      table: 'invoices',
      title: 'Invoices paid before they were issued',
      explanation: 'Columns may be swapped.',
      count: 3,
      action: 'keep',
      examples: [{ file: 'bills.csv', rowNumber: 7, text: `account ${HOSTILE.html}` }],
    },
  ],
  notes: [{ kind: 'unread-columns', file: 'bills.csv', message: 'bills.csv: nothing reads the column shoe' }],
  observedUntil: Date.UTC(2024, 6, 1),
};

describe('intake summary', () => {
  it('says what to look at, then tables, doubts, rejects and remarks', () => {
    const text = intakeSummary({ name: 'Acme', intake }, { width: 90 });
    const lines = text.split('\n');
    expect(lines[0]).toBe('To look at: 2 rejected rows and 1 kind of rows in doubt.');
    expect(text).toContain('12 rows read for 1 table: 9 kept, 2 rejected, 1 dropped.');
    expect(text).toContain('Observed until 2024-07-01');
    expect(lines).toContain('invoices    12     9         2        1         3');
    expect(text).toContain('- invoices: Invoices paid before they were issued: 3 (kept), such as account');
    expect(text).toContain('bills.csv, row 1,234: amount_cents');
    expect(text).toContain('nothing reads the column shoe');
    expect(lines.every((line) => line.length <= 90)).toBe(true);
  });

  it('says so when nothing stands out', () => {
    const clean = {
      ...intake,
      doubts: [],
      rejects: [],
      rejectCount: 0,
      tables: [{ ...intake.tables[0]!, rejected: 0 }],
    };
    expect(intakeSummary({ name: 'Acme', intake: clean })).toMatch(/^Every row keeps its contract/);
  });
});

describe('intake report', () => {
  it('holds tables, doubts, rejects and files, and no markup of the data', async () => {
    const page = await intakeReport({ name: HOSTILE.html, intake });
    const body = page.slice(page.indexOf('<main>'), page.indexOf('</main>'));
    for (const text of [
      'Invoices paid before they were issued',
      'Columns may be swapped.',
      'row 7',
      '1,234',
      'regions.csv',
      'cd34',
      'ab12',
      '2024-07-01',
      'shoe',
    ]) {
      expect(body).toContain(text);
    }
    expect(body).not.toMatch(/<script|<img|<b>/);
  });
});

describe('rejects as csv', () => {
  it('names file and table, and holds no formula', () => {
    expect(intakeRejectsCsv(intake.rejects.slice(1))).toBe(
      'file,table,row,column,value,reason\nbills.csv,invoices,5,issued_at,"\'=HYPERLINK(""x"")",is no date\n',
    );
  });
});
