import { basename, join } from 'node:path';
import type { Command } from 'commander';
import {
  readTable,
  requireBundlePlace,
  saveBundle,
  type Training,
  type TrainOptions,
  train,
  trainingSummary,
} from '../index.js';
import { parseCount, parseList, parseName, parseNumberFlag, parseSeconds } from './flags.js';
import { openTerminal, type Terminal } from './terminal.js';

interface TrainFlags {
  target: string;
  id?: string;
  positive?: string;
  time?: string;
  group?: string;
  allow?: string[];
  timeBudget: number;
  contactCost: number;
  saveValue: number;
  saveRate: number;
  sheet?: string;
  name: string;
  out?: string;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab train`: learn, compare, calibrate, judge and save. */
export function addTrain(program: Command): void {
  program
    .command('train')
    .description('learn to predict churn from a table, judge it on rows held back, save the model')
    .argument('<input>', 'csv, tsv, csv.gz, parquet, json, jsonl or xlsx')
    .requiredOption('--target <column>', 'column that says who churned')
    .option('--id <column>', 'column that names each row once')
    .option('--positive <level>', "the target's level that means churned")
    .option('--time <column>', 'hold back the latest fifth by this column instead of a random fifth')
    .option('--group <column>', 'rows of one group stay on one side of every split')
    .option('--allow <column>', 'keep a column although it looks like a leak; may be repeated', parseList)
    .option('--time-budget <duration>', 'bound of the search for settings, as 60s or 5m', parseSeconds, 60)
    .option('--contact-cost <money>', 'cost of contacting one account', parseNumberFlag, 20)
    .option('--save-value <money>', 'value of one account saved', parseNumberFlag, 500)
    .option('--save-rate <share>', 'chance that a contacted churner stays', parseNumberFlag, 0.3)
    .option('--sheet <name>', 'sheet of an Excel file')
    .option('--name <name>', 'name of the model', parseName, 'churn')
    .option('--out <folder>', 'where the model goes (default: models/<name>)')
    .option('--seed <number>', 'seed of all chance', parseCount, 1)
    .option('--json', 'print the card as one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: TrainFlags) => {
      await runTrain(input, flags, openTerminal(flags));
    });
}

/** Trains, saves and prints; returns what was learned and where it is. */
export async function runTrain(
  input: string,
  flags: TrainFlags,
  terminal: Terminal,
): Promise<{ training: Training; folder: string }> {
  const folder = flags.out ?? join('models', flags.name);
  await requireBundlePlace(folder);
  terminal.log(`Reading ${input}`);
  const table = await readTable(input, flags.sheet === undefined ? {} : { sheet: flags.sheet });
  const bar = terminal.progress();
  const training = await train(
    { ...table, file: basename(input) },
    { ...optionsOf(flags), onProgress: bar.update },
  ).finally(bar.stop);
  await saveBundle(folder, training);
  terminal.print(trainingSummary(training.card, terminal));
  terminal.print(`Model:  ${folder}`);
  terminal.print(`Report: ${join(folder, 'report.html')}`);
  if (training.rejects.length > 0) terminal.print(`Rejected rows: ${join(folder, 'rejects.csv')}`);
  terminal.printJson({ ...training.card, folder });
  return { training, folder };
}

function optionsOf(flags: TrainFlags): TrainOptions {
  return {
    name: flags.name,
    target: flags.target,
    id: flags.id ?? null,
    ...(flags.positive === undefined ? {} : { positive: flags.positive }),
    time: flags.time ?? null,
    group: flags.group ?? null,
    allow: flags.allow ?? [],
    seed: flags.seed,
    timeBudgetSeconds: flags.timeBudget,
    contactCost: flags.contactCost,
    saveValue: flags.saveValue,
    saveRate: flags.saveRate,
  };
}
