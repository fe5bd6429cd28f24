import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { companyCsv, simulateCompany, writeTextAtomically } from '../index.js';
import { runCheck } from './check.js';
import { parseCount } from './flags.js';
import { runScore } from './score.js';
import { openTerminal, SILENT } from './terminal.js';
import { runTrain } from './train.js';

interface DemoFlags {
  out: string;
  seed: number;
  accounts: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab demo`: the whole job on the embedded simulated company. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('simulate a company, check its table, train, score, and leave a report to open')
    .option('--out <folder>', 'where everything goes', 'churnlab-demo')
    .option('--accounts <number>', 'size of the company', parseCount, 4000)
    .option('--seed <number>', 'seed of the company and of training', parseCount, 7)
    .option('--json', 'print the card as one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(runDemo);
}

async function runDemo(flags: DemoFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const customers = join(flags.out, 'customers.csv');
  await mkdir(flags.out, { recursive: true });
  terminal.log(`Simulating a company of ${flags.accounts} accounts (seed ${flags.seed})`);
  await writeTextAtomically(
    customers,
    companyCsv(simulateCompany({ accounts: flags.accounts, seed: flags.seed })),
  );
  await runCheck(customers, { target: 'churned', id: 'account_id', out: join(flags.out, 'check') }, SILENT);
  await runTrain(
    customers,
    {
      target: 'churned',
      id: 'account_id',
      name: 'demo',
      out: join(flags.out, 'model'),
      timeBudget: 10,
      contactCost: 20,
      saveValue: 500,
      saveRate: 0.3,
      seed: flags.seed,
    },
    terminal,
  );
  await runScore(customers, { model: join(flags.out, 'model'), out: join(flags.out, 'scores.csv') }, SILENT);
  terminal.print(`Check:  ${join(flags.out, 'check', 'report.html')}`);
  terminal.print(`Scores: ${join(flags.out, 'scores.csv')}`);
  terminal.print(`\nOpen ${join(flags.out, 'model', 'report.html')} in a browser.`);
}
