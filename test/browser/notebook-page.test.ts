import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayBundle } from '../../src/displays/display-bundle.js';
import { VEGA_LITE_TYPE } from '../../src/displays/mime-bundle.js';
import { candidatesChart } from '../../src/index.js';
import { type Cell, type Notebook, type Output, readNotebook } from '../../src/notebooks/notebook.js';
import { notebookPage } from '../../src/notebooks/page/notebook-page.js';
import { signalCard } from '../reports/card-fixture.js';

const ATTACK =
  '<script>window.ran = 1</script><img src=x onerror="window.ran = 2"><svg onload="window.ran = 3"></svg>';
const shows = (data: Record<string, unknown>): Output => ({
  output_type: 'display_data',
  data,
  metadata: {},
});
const spec = (more: object) => ({
  mark: 'bar',
  data: { values: [{ a: ATTACK }] },
  encoding: { x: { field: 'a' } },
  ...more,
});

/** Every way that a notebook has to bring script along. */
const HOSTILE: Cell[] = [
  {
    cell_type: 'markdown',
    metadata: {},
    source: `# ${ATTACK}\n\n${ATTACK}\n\n[a](javascript:window.ran=4) <a href="javascript:window.ran=5">b</a>\n\n![](javascript:window.ran=6)`,
  },
  {
    cell_type: 'code',
    metadata: {},
    source: `'</code></pre>${ATTACK}'`,
    execution_count: 1,
    outputs: [
      { output_type: 'stream', name: 'stdout', text: ATTACK },
      { output_type: 'error', ename: ATTACK, evalue: ATTACK, traceback: [ATTACK] },
      shows({
        'text/html': `</div></main>${ATTACK}<table onclick="window.ran = 7"><tr><td>${ATTACK}</td></tr></table>`,
      }),
      shows({
        'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="window.ran = 8"><script>window.ran = 9</script><foreignObject>${ATTACK}</foreignObject></svg>`,
      }),
      shows({ 'image/png': `"/>${ATTACK}` }),
      shows({ 'text/markdown': ATTACK }),
      shows({ 'application/javascript': 'window.ran = 10', 'text/plain': ATTACK }),
      shows({
        [VEGA_LITE_TYPE]: spec({
          title: `</script>${ATTACK}`,
          usermeta: { embedOptions: { actions: true, ast: false } },
        }),
      }),
      shows({
        [VEGA_LITE_TYPE]: spec({ data: { url: 'https://example.org/x.csv' } }),
        'text/plain': 'elsewhere',
      }),
    ],
  },
];
const notebook = (cells: Cell[]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

const notebooks = join(import.meta.dirname, '..', '..', 'notebooks');
const NOTEBOOKS = readdirSync(notebooks).filter((name) => /^\d.*\.ipynb$/.test(name));

let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-page-'));
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A notebook's page in the browser, with what it asked for and complained about. */
async function openPage(shown: Notebook, width = 1200) {
  const file = join(folder, 'a.html');
  await writeFile(file, await notebookPage(shown, { title: 'A' }));
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const address = pathToFileURL(file).href;
  await page.goto(address);
  await page.waitForFunction("!document.querySelector('figure.chart:not(.drawn)')");
  const asked = () => requests.filter((url) => url !== address && !url.startsWith('data:image/'));
  return { page, complaints, asked };
}

async function chartNotebook(): Promise<Notebook> {
  const { candidates, chosen } = signalCard();
  const { data } = await displayBundle(candidatesChart(candidates, { chosen }));
  const cell: Cell = {
    cell_type: 'code',
    metadata: {},
    source: 'show(chart)',
    execution_count: 1,
    outputs: [shows({ ...data })],
  };
  return notebook([{ cell_type: 'markdown', metadata: {}, source: '# A\n\n## B\n\n## C' }, cell]);
}

describe('the page of a hostile notebook', () => {
  it('runs nothing, loads nothing and shows all as text', async () => {
    const { page, complaints, asked } = await openPage(notebook(HOSTILE));
    const addresses = await page.$$eval('main a', (links) => links.map((link) => link.getAttribute('href')));
    expect([...new Set(addresses)]).toEqual(['x', null]);
    await page.locator('main table').click();
    expect(await page.evaluate("'ran' in window")).toBe(false);
    expect(
      await page
        .locator('main script:not([type="application/json"]), main [onerror], main [onload], main [onclick]')
        .count(),
    ).toBe(0);
    expect(await page.locator('pre.stdout').textContent()).toBe(ATTACK);
    expect(await page.locator('pre.error').textContent()).toBe(ATTACK);
    expect(await page.locator('figure.chart').count()).toBe(1);
    expect(asked()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe("a notebook's page", () => {
  it.each([390, 1200])('draws its charts and fits %d pixels', async (width) => {
    const { page, complaints, asked } = await openPage(await chartNotebook(), width);
    const bars = page.locator('figure.chart .live .role-mark path');
    expect(await bars.count()).toBeGreaterThan(3);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const right = await page.$$eval('figure.chart .live svg', ([svg]) => svg!.getBoundingClientRect().right);
    expect(right).toBeLessThanOrEqual(width);
    expect([asked(), complaints]).toEqual([[], []]);
  });

  it('has the pictures on paper, once', async () => {
    const { page } = await openPage(await chartNotebook());
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('figure.chart .picture img').isVisible()).toBe(true);
    expect(await page.locator('figure.chart .live').isVisible()).toBe(false);
    expect(await page.locator('figure.chart figcaption').isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it.each(NOTEBOOKS)('of %s fits a phone, with every picture', async (name) => {
    const { page, complaints } = await openPage(await readNotebook(join(notebooks, name)), 390);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const broken = await page.evaluate(
      "[...document.querySelectorAll('main img')].filter((picture) => !picture.naturalWidth).length",
    );
    expect(broken).toBe(0);
    expect(await page.locator('nav a').count()).toBeGreaterThan(2);
    expect(complaints).toEqual([]);
  });
});
