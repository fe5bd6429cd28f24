import { join } from 'node:path';
import type { Command } from 'commander';
import { checkCompany } from './check.js';
import { measureCompany } from './metrics.js';
import { parseCount } from './parse-options.js';
import { scoreCompany } from './score.js';
import { runSimulate } from './simulate.js';
import { openTerminal, SILENT } from './terminal.js';
import { learnCompany } from './train.js';
import { withWorkspace } from './workspace.js';

/** The company is watched from here on; of earlier agreements only those that lasted are in its tables. */
const FIRST_MONTH = '2023-01';

interface DemoFlags {
  out: string;
  seed: number;
  accounts: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab demo`: the whole job on a simulated company, from raw tables to the report. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('simulate a company, check its tables, measure, train, score, and leave the reports to open')
    .option('--out <folder>', 'where everything goes', 'churnlab-demo')
    .option('--accounts <number>', 'size of the company', parseCount, 800)
    .option('--seed <number>', 'seed of the company and of training', parseCount, 7)
    .option('--json', 'print the card as one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(runDemo);
}

async function runDemo({ out, accounts, seed, ...talk }: DemoFlags): Promise<void> {
  const terminal = openTerminal(talk);
  const company = join(out, 'company');
  const model = join(out, 'model');
  terminal.log(`Simulating a company of ${accounts} accounts over 24 months (seed ${seed})`);
  await runSimulate({ accounts, months: 24, scenario: 'base', seed, out: company }, SILENT);
  await withWorkspace(company, {}, terminal, async (opened) => {
    terminal.log('Checking its tables, measuring churn');
    await checkCompany(opened, join(out, 'check'), SILENT);
    const metrics = join(out, 'metrics.html');
    await measureCompany(opened.company, { by: 'segment', from: FIRST_MONTH, out: metrics, seed }, SILENT);
    await learnCompany(
      opened,
      {
        name: 'demo',
        out: model,
        snapshots: 12,
        timeBudget: 20,
        contactCost: 20,
        saveValue: 500,
        saveRate: 0.3,
        seed,
      },
      terminal,
    );
    await scoreCompany(opened.company, { model, out: join(out, 'scores.csv') }, SILENT);
  });
  terminal.print(`Tables:  ${company}`);
  terminal.print(`Check:   ${join(out, 'check', 'report.html')}`);
  terminal.print(`Metrics: ${join(out, 'metrics.html')}`);
  terminal.print(`Scores:  ${join(out, 'scores.csv')}`);
  terminal.print(`\nOpen ${join(model, 'report.html')} in a browser.`);
}
