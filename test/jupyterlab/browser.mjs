// Opens a notebook in a JupyterLab of its own, runs all cells by the menus, and holds that its charts are drawn:
// browser.mjs ENVIRONMENT FOLDER NOTEBOOK SCREENSHOT
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const [environment, folder, notebook, screenshot] = process.argv.slice(2);
const token = 'for-this-run';
const options = [
  '--no-browser',
  '--allow-root',
  '--port=0',
  `--IdentityProvider.token=${token}`,
  '--LabApp.news_url=',
];
const server = spawn(
  join(environment, 'bin', 'jupyter-lab'),
  [...options, `--ServerApp.root_dir=${folder}`],
  {
    stdio: ['ignore', 'ignore', 'pipe'],
  },
);
let log = '';
server.stderr.on('data', (text) => {
  log += text;
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  await run();
} catch (fault) {
  console.error(fault, `\n${log.slice(-2000)}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  server.kill('SIGINT');
  server.kill('SIGTERM');
}

async function run() {
  const address = await addressOf();
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  const complaints = [];
  page.on('console', (message) => {
    if (/vega|mime|render/i.test(message.text()) && ['error', 'warning'].includes(message.type()))
      complaints.push(message.text());
  });
  await page.goto(`${address}/lab/tree/${notebook}?token=${token}`);
  await page.locator('.jp-NotebookPanel .jp-Cell').first().waitFor({ timeout: 120_000 });
  await page
    .getByRole('button', { name: /TypeScript \(churnlab\)/ })
    .first()
    .waitFor({ timeout: 60_000 });

  // What was committed goes first: whatever is seen afterwards was drawn now.
  await clickMenu(page, 'Edit', 'Clear Outputs of All Cells');
  await clickMenu(page, 'Run', 'Run All Cells');
  const { cells } = JSON.parse(readFileSync(join(folder, notebook), 'utf8'));
  const codeCells = cells.filter(({ cell_type }) => cell_type === 'code').length;
  await page
    .waitForFunction(
      (count) => {
        const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(
          (one) => one.textContent,
        );
        return prompts.some((text) => text?.includes(`[${count}]`));
      },
      codeCells,
      { timeout: 300_000 },
    )
    .catch(async (fault) => {
      await page.screenshot({ path: screenshot });
      throw fault;
    });
  await sleep(2000);

  // Cells far from the window are drawn when they are scrolled to.
  let drawn = 0;
  let failed = 0;
  for (const cell of await page.locator('.jp-Notebook .jp-CodeCell').all()) {
    await cell.scrollIntoViewIfNeeded();
    await sleep(150);
    drawn += await cell.locator('.vega-embed canvas, .vega-embed svg.marks').count();
    failed += await cell
      .locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]')
      .count();
  }
  const charts = cells
    .flatMap(({ outputs = [] }) => outputs)
    .filter(({ data }) => data && 'application/vnd.vegalite.v5+json' in data).length;
  await scrollToChart(page);
  await page.screenshot({ path: screenshot });
  console.log(`${codeCells} cells run in JupyterLab; ${drawn} of ${charts} charts drawn; ${failed} errors`);
  if (complaints.length > 0) throw new Error(`the browser complains: ${complaints.join('\n')}`);
  if (failed > 0 || charts === 0 || drawn < charts) throw new Error('not everything was drawn');
}

/** Down from the top to a chart that is wholly in the window; the notebook draws only what is near it. */
async function scrollToChart(page) {
  for (let top = 0; top < 40_000; top += 400) {
    await page.evaluate((at) => document.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, at), top);
    await sleep(300);
    const box = await page.locator('.vega-embed').first().boundingBox();
    if (box && box.y > 100 && box.y + box.height < 960) break;
  }
  await sleep(1000);
}

/** Where the server listens, once it says so. */
async function addressOf() {
  for (let tries = 0; tries < 600; tries++) {
    const found = /(http:\/\/(?:localhost|127\.0\.0\.1):\d+)\/lab/.exec(log);
    if (found) return found[1];
    await sleep(100);
  }
  throw new Error('JupyterLab did not start');
}

async function clickMenu(page, menu, item) {
  await page.locator('.lm-MenuBar-itemLabel', { hasText: new RegExp(`^${menu}$`) }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
}
