import { beforeAll, describe, expect, it } from 'vitest';
import { trainingSummary } from '../../src/reports/console.js';
import { displayWidth } from '../../src/reports/console-text.js';
import { modelCard } from '../../src/reports/model-card.js';
import { trainingReport } from '../../src/reports/training.js';
import { HOSTILE } from './card-fixture.js';
import { companyCard, hostileCompanyCard, noSignalCompanyCard } from './company-fixture.js';

/** The page without its scripts, styles and tags: what a reader reads. */
function readText(page: string): string {
  return page
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

const TELLING = [
  'What each side of customer health is worth',
  'How far ahead it tells',
  'Where it holds',
] as const;

let page: string;
let text: string;
let noSignal: string;
beforeAll(async () => {
  page = await trainingReport(companyCard());
  text = readText(page);
  noSignal = readText(await trainingReport(noSignalCompanyCard()));
});

describe('training report of dated tables', () => {
  it('tells worth, lead, parts and audit in this order, after the verdict and before the list to call', () => {
    const titles = [...page.matchAll(/<h2>([^<]+)<\/h2>/g)].map((match) => match[1]);
    expect(titles.slice(0, 5)).toEqual([
      ...TELLING,
      'No fact from after the snapshot',
      'How far down the list is worth calling?',
    ]);
    expect(text.indexOf('The model tells churners apart')).toBeLessThan(text.indexOf(TELLING[0]));
  });

  it('says whether usage is enough before the figures, with a loss of skill shown as a gain of the aspect', () => {
    const section = text.slice(text.indexOf(`${TELLING[0]} Usage is not enough`));
    expect(section).not.toBe('');
    // Left out: +0.0138 ± 0.0097 and lift −0.552 ± 0.3; alone: −0.0166 ± 0.0077 against the base rate, lift 1.992 ± 0.5.
    expect(section).toMatch(
      /Executive relationship 9 features; needed: [^+]+ \+0\.0138 \+0\.0041 to \+0\.0235 \+0\.55 \+0\.25 to \+0\.85 \+0\.0166 \+0\.0089 to \+0\.0243 \+1\.99/,
    );
    expect(section).toContain('22 features; no evidence that it tells anything');
    expect(section).toContain('1 feature; misleads: the prediction is better without it');
  });

  it('counts the days from fact to flag and what is left to act', () => {
    expect(text).toContain(
      '“Days since a meeting of executives” begins to tell 77 days before leaving (95 % interval 68–86); leavers have the lower values. Left to act: 62 days.',
    );
    expect(text).toMatch(/overdue_cents 9 days 0–18 3 days 15 days 9 days too late to act/);
    expect(text).toContain('1 that tell all along');
    expect(text).toContain('2 that do not tell leavers apart beyond doubt');
  });

  it('sets accounts never seen beside all rows, and a dash where nobody left', () => {
    expect(text).toMatch(/All held-back rows 1,409 – 27 % 371 374 0\.850/);
    expect(text).toMatch(/Accounts never seen in training 61 38 23 % 18–28 % 15 14 0\.810/);
    expect(text).toMatch(/land stage 69 52 0 % 0–5 % 1 0 –/);
    expect(text).toContain('but 3 points (1.2 to 4.8) less frequent inside segment');
  });

  it('shows the audit, its changes, and the tables that know who left', () => {
    expect(text).toContain('Audit passed Everything dated after the snapshot of 2024-04-01 was changed');
    expect(text).toMatch(/usage_events 48,210 48,217 48,224/);
    expect(text).toMatch(/accounts\.plan rewritten after leaving left out: plan 188 of 201/);
    expect(text).toMatch(/surveys\.answered_at arrives after leaving harmless: rows are not read/);
  });

  it('explains rows, embargo, snapshots and features', () => {
    expect(text).toContain(
      '5,060 rows of 11 snapshots (2023-01-01 to 2023-11-01) to learn from; 1,409 rows of the latest 3 snapshots (2024-02-01 to 2024-04-01) held back for the test and used once.',
    );
    expect(text).toContain('Between the parts, 2 snapshots (2023-12-01 to 2024-01-01) are under embargo');
    expect(text).toContain('37 have a horizon that was not over when the records end; 12 were lost');
    expect(text).toMatch(/2023-12-01 496 115 23 % under embargo/);
    expect(text).toMatch(/overdue_cents Invoices cents Amount of the bills/);
    expect(page).toMatch(/<details><summary>7 features and what they mean<\/summary>/);
  });

  it('speaks of rows where it counts rows, and of features in words', () => {
    expect(text).toContain('of the 10 % riskiest rows left');
    expect(text).not.toMatch(/held-back accounts|riskiest accounts left|accounts to learn from/);
    expect(text).toContain('Days with usage in the 28 days before: 3 (typical 12)');
    expect(text).toContain(
      'Amount of the bills that should have been paid by now, in cents: 99000 (typical 0)',
    );
    expect(text).not.toContain('active_days_28d is 3');
  });

  it('shows nothing that one might act on without signal, but audit, leaks, snapshots and what was tried', () => {
    for (const part of [...TELLING, 'Usage is not enough', 'begins to tell', 'What drives']) {
      expect(noSignal).not.toContain(part);
    }
    for (const part of ['Audit passed', 'accounts.plan', 'under embargo', 'What was tried']) {
      expect(noSignal).toContain(part);
    }
  });

  it('says at the top that features know the future, and shows hostile names as text alone', async () => {
    const hostile = await trainingReport(hostileCompanyCard());
    const shown = readText(hostile);
    const warning = 'Audit NOT passed: features know the future';
    expect(shown.indexOf(warning)).toBeLessThan(shown.indexOf('riskiest rows left'));
    expect(shown.split(warning)).toHaveLength(3);
    expect(text).not.toContain(warning);
    const own = hostile.replace(/<script>[\s\S]*?<\/script>\n/g, '');
    expect(own).not.toMatch(/<img|<\/script><script>alert/);
    expect(hostile.match(/<script\b/g)).toHaveLength(page.match(/<script\b/g)!.length);
    expect(shown).toContain(HOSTILE.html);
  });
});

describe('model card of dated tables', () => {
  it('has a section for each thing that dated tables add', () => {
    const headings = modelCard(companyCard()).match(/^## .*/gm)!;
    expect(headings.slice(0, 6)).toEqual([
      ...TELLING.map((title) => `## ${title}`),
      '## No fact from after the snapshot',
      '## Red flags',
      '## Candidates',
    ]);
    expect(headings.at(-1)).toBe('## Snapshots');
    expect(modelCard(noSignalCompanyCard()).match(/^## .*/gm)![0]).toBe('## No fact from after the snapshot');
  });

  it('keeps hostile names inside their cells and out of the markup', () => {
    const card = modelCard(hostileCompanyCard());
    expect(card).toContain('**Audit NOT passed: features know the future.**');
    expect(card).not.toMatch(/(?<!\\)<|(?<!\\)\]\(/);
    expect(card).not.toContain('\u001b');
    const parts = card.split('\n').filter((line) => /^\| (stage|segment|never)/.test(line));
    expect(parts).toHaveLength(6);
    for (const line of parts) expect(line.match(/(?<!\\)\|/g)).toHaveLength(8);
  });
});

describe('training summary of dated tables', () => {
  const summary = trainingSummary(companyCard(), { width: 100 });

  it('tells usage, lead times, parts, audit and leaks', () => {
    const order = [
      'SIGNAL',
      ...TELLING,
      'Audit passed',
      'Tables that know who left',
      'Candidates on 1,409 held-back rows',
    ];
    const places = order.map((part) => summary.indexOf(part));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(summary).toMatch(/Executive relationship +\+0\.0138 \(\+0\.0041 to \+0\.0235\) +−0\.0166/);
    for (const width of [80, 100]) {
      const lines = trainingSummary(companyCard(), { width }).split('\n');
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
    }
  });

  it('holds back what one might act on without signal, but not the audit, and lets no name steer the terminal', () => {
    const silent = trainingSummary(noSignalCompanyCard());
    for (const part of TELLING) expect(silent).not.toContain(part);
    expect(silent).toContain('Audit passed');
    const hostile = trainingSummary(hostileCompanyCard());
    expect(hostile).toContain('AUDIT NOT PASSED');
    for (const sign of ['\u001b', '\u0007', '\u202e']) expect(hostile).not.toContain(sign);
  });
});
