import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dataQualityReport } from '../../src/reports/data-quality.js';
import { flagsReport } from '../../src/reports/flags.js';
import { trainingReport } from '../../src/reports/training.js';
import { datedLedger, hostileLedger, seedLedger } from '../flags/ledger-fixture.js';
import { HOSTILE, hostileCard, noSignalCard, signalCard } from '../reports/card-fixture.js';
import { checked } from '../reports/checked-fixture.js';
import { companyCard, hostileCompanyCard } from '../reports/company-fixture.js';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const REPORTS = {
  signal: () => trainingReport(signalCard()),
  'no-signal': () => trainingReport(noSignalCard()),
  hostile: () => trainingReport(hostileCard()),
  company: () => trainingReport(companyCard()),
  'hostile-company': () => trainingReport(hostileCompanyCard()),
  check: () => dataQualityReport(checked),
  flags: () => flagsReport(seedLedger()),
  'dated-flags': () => flagsReport(datedLedger()),
  'hostile-flags': () => flagsReport(hostileLedger()),
};
type Kind = keyof typeof REPORTS;

let folder: string;
let browser: Browser;
let open: Page[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-report-'));
  for (const [kind, write] of Object.entries(REPORTS)) {
    await writeFile(join(folder, `${kind}.html`), await write());
  }
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
});
afterEach(async () => {
  await Promise.all(open.map((page) => page.close()));
  open = [];
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A report in the browser, with what it asked for and complained about. */
async function openReport(kind: Kind, { width = 1200, scripts = true } = {}) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: scripts });
  open.push(page);
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  const address = pathToFileURL(join(folder, `${kind}.html`)).href;
  await page.goto(address);
  if (scripts) await page.waitForFunction("!document.querySelector('figure.chart:not(.drawn)')");
  return { page, requests, complaints, address };
}

describe.each(Object.keys(REPORTS) as Kind[])('the %s report', (kind) => {
  it('draws every chart, asks the network for nothing and complains of nothing', async () => {
    const { page, requests, complaints, address } = await openReport(kind);
    const marks = await page.$$eval('figure.chart .live svg', (charts) =>
      charts.map((chart) => chart.querySelectorAll('.role-mark path, .role-mark line').length),
    );
    expect(marks).toHaveLength(await page.locator('figure.chart').count());
    expect(Math.min(...marks)).toBeGreaterThan(0);
    expect(requests).toEqual([address]);
    expect(complaints).toEqual([]);
  });

  it.each([360, 1200])('fits %d pixels without scrolling sideways', async (width) => {
    const { page } = await openReport(kind, { width });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const charts = await page.$$eval('figure.chart .live svg', (all) =>
      all.map((svg) => svg.getBoundingClientRect().right),
    );
    expect(Math.max(...charts)).toBeLessThanOrEqual(width);
  });
});

describe('the report', () => {
  it('shows a tooltip with data as text', async () => {
    const { page, complaints } = await openReport('hostile');
    const drivers = page.locator('figure.chart', { hasText: 'What moves the prediction' });
    const bar = drivers.locator('.live .mark-rect path').first();
    await bar.scrollIntoViewIfNeeded();
    await bar.hover();
    const tooltip = page.locator('#vg-tooltip-element.visible');
    await tooltip.waitFor();
    expect(await tooltip.textContent()).toContain(HOSTILE.html);
    expect(await tooltip.locator('img, script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('keeps long lists of dated tables folded until they are asked for', async () => {
    const { page } = await openReport('company');
    const table = page.locator('details table', { hasText: 'Features as of each snapshot' });
    expect(await table.isVisible()).toBe(false);
    await page.locator('summary', { hasText: 'features and what they mean' }).click();
    expect(await table.isVisible()).toBe(true);
  });

  it('shows the words of a flag whole in its tooltip, and its figures unfolded when asked', async () => {
    const { page } = await openReport('dated-flags', { width: 400 });
    const rates = page.locator('figure.chart', { hasText: 'of the accounts that raise a flag left' });
    const words = rates.locator('.live .mark-text text', { hasText: 'Small and medium' });
    await words.scrollIntoViewIfNeeded();
    await words.hover();
    const tooltip = page.locator('#vg-tooltip-element.visible');
    await tooltip.waitFor();
    expect(await tooltip.textContent()).toContain('and executive_contacts_left_180d >= 1');
    const parts = page.locator('details table', { hasText: 'Does each condition earn its place?' }).first();
    expect(await parts.isVisible()).toBe(false);
    await page.locator('summary', { hasText: 'Flag 1 in detail' }).click();
    expect(await parts.isVisible()).toBe(true);
  });

  it('follows the width of the window', async () => {
    const { page } = await openReport('signal');
    const chart = page.locator('figure.chart .live svg').first();
    const wide = (await chart.boundingBox())!.width;
    await page.setViewportSize({ width: 360, height: 900 });
    await expect.poll(async () => (await chart.boundingBox())!.width).toBeLessThan(Math.min(wide, 330));
  });

  it('shows pictures in place of charts without scripts', async () => {
    const { page } = await openReport('signal', { scripts: false });
    const pictures = page.locator('figure.chart .picture svg');
    expect(await pictures.count()).toBeGreaterThan(10);
    for (const picture of await pictures.all()) expect(await picture.isVisible()).toBe(true);
  });

  it('draws bars of the same length on screen and on paper', async () => {
    const { page } = await openReport('signal');
    const drivers = page.locator('figure.chart', { hasText: 'What moves the prediction' });
    const shares = (where: string) =>
      drivers.locator(`${where} .mark-rect path`).evaluateAll((bars) => {
        const widths = bars.map((bar) => bar.getBoundingClientRect().width);
        return widths.map((width) => width / widths[0]!);
      });
    const live = await shares('.live');
    await page.emulateMedia({ media: 'print' });
    const printed = await shares('.picture');
    expect(printed).toHaveLength(live.length);
    for (const [i, share] of printed.entries()) expect(share).toBeCloseTo(live[i]!, 2);
    expect(await drivers.locator('.live').isVisible()).toBe(false);
  });

  it('prints to PDF', async () => {
    const { page } = await openReport('signal');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;
    expect(pages).toBeGreaterThan(3);
    expect(pages).toBeLessThan(14);
  });

  it('runs no script that its data brings, even past the escaping', async () => {
    const { page, complaints } = await openReport('signal');
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
    }`);
    expect(await page.evaluate("'ran' in window")).toBe(false);
    expect(complaints.join()).toContain('Content Security Policy');
  });
});
