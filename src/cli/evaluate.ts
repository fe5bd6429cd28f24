import type { Command } from 'commander';
import { evaluateCompany, evaluateFile, evaluationSummary } from '../index.js';
import { parseCount } from './parse-options.js';
import { openTerminal, type Terminal } from './terminal.js';
import { isWorkspace, ON_DOUBT_HELP, type OnDoubtFlag, parseOnDoubt, withWorkspace } from './workspace.js';

interface EvaluateFlags {
  model: string;
  sheet?: string;
  onDoubt?: OnDoubtFlag;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab evaluate`: a saved model on other rows whose outcomes are known. */
export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('judge a saved model on another table, or on later snapshots, with known outcomes')
    .argument('<input>', 'a table (csv, tsv, csv.gz, parquet, json, jsonl, xlsx) or a folder of dated tables')
    .requiredOption('--model <folder>', 'folder of the saved model')
    .option('--on-doubt <action>', `tables: ${ON_DOUBT_HELP}`, parseOnDoubt)
    .option('--sheet <name>', 'sheet of an Excel file')
    .option('--seed <number>', 'seed of the bootstrap', parseCount, 1)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(runEvaluate);
}

async function runEvaluate(input: string, flags: EvaluateFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const result = await judge(input, flags, terminal);
  terminal.print(evaluationSummary(result, terminal));
  if (result.rejected > 0) terminal.log(`${result.rejected} of ${result.read} rows rejected`);
  const { rejects, ...document } = result;
  terminal.printJson(document);
}

async function judge(input: string, { model, seed, sheet, onDoubt }: EvaluateFlags, terminal: Terminal) {
  if (await isWorkspace(input)) {
    return withWorkspace(input, onDoubt, terminal, ({ company }) =>
      evaluateCompany(company, { model, seed }),
    );
  }
  return evaluateFile(input, { model, seed, ...(sheet === undefined ? {} : { sheet }) });
}
