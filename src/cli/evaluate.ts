import type { Command } from 'commander';
import { evaluateFile, evaluationSummary } from '../index.js';
import { parseCount } from './flags.js';
import { openTerminal } from './terminal.js';

interface EvaluateFlags {
  model: string;
  sheet?: string;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab evaluate`: a saved model on other rows whose outcomes are known. */
export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('judge a saved model on another table with known outcomes')
    .argument('<input>', 'csv, tsv, csv.gz, parquet, json, jsonl or xlsx')
    .requiredOption('--model <folder>', 'folder of the saved model')
    .option('--sheet <name>', 'sheet of an Excel file')
    .option('--seed <number>', 'seed of the bootstrap', parseCount, 1)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(runEvaluate);
}

async function runEvaluate(input: string, flags: EvaluateFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const result = await evaluateFile(input, {
    model: flags.model,
    seed: flags.seed,
    ...(flags.sheet === undefined ? {} : { sheet: flags.sheet }),
  });
  terminal.print(evaluationSummary(result, terminal));
  if (result.rejected > 0) terminal.log(`${result.rejected} of ${result.read} rows rejected`);
  const { rejects, ...document } = result;
  terminal.printJson(document);
}
