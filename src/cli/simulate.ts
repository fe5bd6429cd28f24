import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  companyCsv,
  type ScenarioName,
  scenarioNames,
  simulateCompany,
  simulatedFiles,
  simulateTables,
  writeFolderAtomically,
} from '../index.js';
import { parseCount } from './parse-options.js';
import { openTerminal, type Terminal } from './terminal.js';

/** The simulator of one flat table stands beside the scenarios of the simulator of dated tables. */
const FLAT = 'flat-table';

interface SimulateFlags {
  accounts?: number;
  months?: number;
  scenario: ScenarioName | typeof FLAT;
  seed: number;
  out: string;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab simulate`: a company that never existed, with its truth apart. */
export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('write the tables of a company that never existed, and the truth behind them')
    .option('--accounts <number>', 'accounts that ever sign up (default: 2000; seed-fact: 20000)', parseCount)
    .option('--months <number>', 'months from January 2023 on (default: 24; seed-fact: 12)', parseCount)
    .option('--scenario <name>', `${[...scenarioNames, FLAT].join(', ')}`, parseScenario, 'base')
    .option('--seed <number>', 'seed of all chance', parseCount, 7)
    .option('--out <folder>', 'where the tables go', 'churnlab-company')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (flags: SimulateFlags) => {
      await runSimulate(flags, openTerminal(flags));
    });
}

function parseScenario(text: string): SimulateFlags['scenario'] {
  const known = ([...scenarioNames, FLAT] as const).find((name) => name === text);
  if (known !== undefined) return known;
  throw new InvalidArgumentError(`needed: one of ${[...scenarioNames, FLAT].join(', ')}.`);
}

/** Writes the folder and prints what is in it. */
export async function runSimulate(flags: SimulateFlags, terminal: Terminal): Promise<void> {
  const { accounts, months, scenario, seed, out } = flags;
  terminal.log(`Simulating a company (scenario ${scenario}, seed ${seed})`);
  if (scenario === FLAT) {
    const company = simulateCompany({ seed, ...(accounts === undefined ? {} : { accounts }) });
    await writeFolderAtomically(out, { 'customers.csv': companyCsv(company) });
    terminal.print(`${company.rows.toLocaleString('en-US')} rows: ${join(out, 'customers.csv')}`);
    terminal.printJson({ out, scenario, seed, rows: { customers: company.rows } });
    return;
  }
  const simulated = simulateTables({
    scenario,
    seed,
    ...(accounts === undefined ? {} : { accounts }),
    ...(months === undefined ? {} : { months }),
  });
  await writeFolderAtomically(out, Object.fromEntries(simulatedFiles(simulated)));
  const rows = Object.fromEntries(
    Object.entries(simulated.tables).map(([name, table]) => [name, table.rows]),
  );
  terminal.print(simulated.description);
  for (const [name, count] of Object.entries(rows)) {
    terminal.print(`  ${name.padEnd(24)}${count.toLocaleString('en-US').padStart(10)} rows`);
  }
  terminal.print(`Tables: ${out}\nTruth:  ${join(out, 'truth')}`);
  terminal.printJson({ out, scenario, seed, description: simulated.description, rows });
}
