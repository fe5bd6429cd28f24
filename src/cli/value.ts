import type { Command } from 'commander';
import {
  ChurnError,
  factsFromMetrics,
  measureMetrics,
  parseAssumptions,
  seededRandom,
  settleAssumptions,
  type ValueFacts,
  valueOfChurn,
  valueSummary,
} from '../index.js';
import { parseCount, parseNumberFlag } from './parse-options.js';
import { readText } from './read-text.js';
import { openTerminal, type Terminal } from './terminal.js';
import { ON_DOUBT_HELP, type OnDoubtFlag, parseOnDoubt, withWorkspace } from './workspace.js';

interface ValueFlags {
  accounts?: number;
  revenue?: number;
  churn?: number;
  currency: string;
  assumptions?: string;
  onDoubt?: OnDoubtFlag;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab value`: what a lower churn rate is worth here. */
export function addValue(program: Command): void {
  program
    .command('value')
    .description(
      'what a change in churn is worth: revenue, lifetime value, company value, what a contact may cost',
    )
    .argument(
      '[input]',
      'a folder of dated tables; without one --accounts, --revenue and --churn say the figures',
    )
    .option('--accounts <number>', 'paying accounts', parseCount)
    .option('--revenue <money>', 'recurring revenue a month, in whole currency units', parseNumberFlag)
    .option('--churn <share>', 'share of the accounts that leaves in a month, such as 0.02', parseNumberFlag)
    .option('--currency <code>', 'with --revenue: ISO 4217', 'EUR')
    .option('--assumptions <file>', 'JSON with assumptions of your own; docs/value.md lists them')
    .option('--on-doubt <action>', ON_DOUBT_HELP, parseOnDoubt)
    .option('--seed <number>', 'seed of the bootstrap', parseCount, 1)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string | undefined, flags: ValueFlags) => {
      await runValue(input, flags, openTerminal(flags));
    });
}

async function runValue(input: string | undefined, flags: ValueFlags, terminal: Terminal): Promise<void> {
  const { assumptions: file } = flags;
  const assumptions = file === undefined ? settleAssumptions() : parseAssumptions(await readText(file), file);
  const facts = input === undefined ? factsOf(flags) : await measuredFacts(input, flags, terminal);
  const result = valueOfChurn(facts, assumptions);
  terminal.print(valueSummary(result, terminal));
  terminal.printJson(result);
}

function measuredFacts(input: string, flags: ValueFlags, terminal: Terminal): Promise<ValueFacts> {
  return withWorkspace(input, flags.onDoubt, terminal, async ({ company }) =>
    factsFromMetrics(await measureMetrics(company, { random: seededRandom(flags.seed) })),
  );
}

function factsOf({ accounts, revenue, churn, currency }: ValueFlags): ValueFacts {
  if (accounts === undefined || revenue === undefined || churn === undefined) {
    throw new ChurnError(
      'bad-option',
      'value needs a folder of dated tables, or --accounts, --revenue and --churn together',
    );
  }
  return {
    accounts,
    monthlyRevenueCents: Math.round(100 * revenue),
    monthlyLogoChurn: { value: churn, low: churn, high: churn },
    currency,
  };
}
