import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type CompanyTrainOptions,
  intakeSource,
  type OpenedWorkspace,
  readTable,
  requireBundlePlace,
  STAGES,
  saveBundle,
  type Training,
  type TrainOptions,
  train,
  trainCompany,
  trainingSummary,
} from '../index.js';
import {
  parseCount,
  parseList,
  parseName,
  parseNumberFlag,
  parseRhythm,
  parseSeconds,
  refuseGiven,
  requireTarget,
} from './parse-options.js';
import { openTerminal, type Terminal, withProgress } from './terminal.js';
import { isWorkspace, ON_DOUBT_HELP, type OnDoubtFlag, parseOnDoubt, withWorkspace } from './workspace.js';

interface TrainFlags {
  target?: string;
  id?: string;
  positive?: string;
  time?: string;
  group?: string;
  allow?: string[];
  timeBudget: number;
  contactCost: number;
  saveValue: number;
  saveRate: number;
  horizon?: number;
  gap?: number;
  every?: 'month' | 'week';
  snapshots?: number;
  stage?: string;
  onDoubt?: OnDoubtFlag;
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
    .description('learn to predict churn, judge it on rows held back, save the model')
    .argument('<input>', 'a table (csv, tsv, csv.gz, parquet, json, jsonl, xlsx) or a folder of dated tables')
    .option('--target <column>', 'column that says who churned; a table needs it')
    .option('--id <column>', 'column that names each row once')
    .option('--positive <level>', "the target's level that means churned")
    .option('--time <column>', 'hold back the latest fifth by this column instead of a random fifth')
    .option('--group <column>', 'rows of one group stay on one side of every split')
    .option('--allow <column>', 'keep a column although it looks like a leak; may be repeated', parseList)
    .option(
      '--time-budget <duration>',
      'bound of the search for settings, as 60s or 5m; below 30s lead times are told to the fortnight',
      parseSeconds,
      60,
    )
    .option('--contact-cost <money>', 'cost of contacting one account', parseNumberFlag, 20)
    .option('--save-value <money>', 'value of one account saved', parseNumberFlag, 500)
    .option('--save-rate <share>', 'chance that a contacted churner stays', parseNumberFlag, 0.3)
    .option('--horizon <days>', 'tables: days in which leaving counts (default: 90)', parseCount)
    .option('--gap <days>', 'tables: days left for acting before the horizon (default: 0)', parseCount)
    .option('--every <rhythm>', 'tables: a snapshot every month or week (default: month)', parseRhythm)
    .option('--snapshots <number>', 'tables: at most so many, the latest (default: 24)', parseCount)
    .option(
      '--stage <stage>',
      'tables: only accounts in this stage: land, adopt, expand or renew',
      parseStage,
    )
    .option('--on-doubt <action>', `tables: ${ON_DOUBT_HELP}`, parseOnDoubt)
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

async function runTrain(input: string, flags: TrainFlags, terminal: Terminal): Promise<void> {
  await requireBundlePlace(folderOf(flags));
  if (await isWorkspace(input)) {
    refuseGiven(flags, TABLE_FLAGS, `${input} is a folder of dated tables, not one table`);
    await withWorkspace(input, flags.onDoubt, terminal, (opened) => learnCompany(opened, flags, terminal));
    return;
  }
  await keepTraining(await trainTable(input, flags, terminal), flags, terminal);
}

/** Trains on a company's dated tables, saves and prints. */
export async function learnCompany(
  { company, intake }: OpenedWorkspace,
  flags: TrainFlags,
  terminal: Terminal,
): Promise<void> {
  const training = await withProgress(terminal, (bar) =>
    trainCompany(company, intakeSource(intake), { ...companyOptionsOf(flags), onProgress: bar.update }),
  );
  await keepTraining(training, flags, terminal);
}

function folderOf({ out, name }: TrainFlags): string {
  return out ?? join('models', name);
}

async function keepTraining(training: Training, flags: TrainFlags, terminal: Terminal): Promise<void> {
  const folder = folderOf(flags);
  await saveBundle(folder, training);
  terminal.print(trainingSummary(training.card, terminal));
  terminal.print(`Model:  ${folder}`);
  terminal.print(`Report: ${join(folder, 'report.html')}`);
  if (training.rejects.length > 0) terminal.print(`Rejected rows: ${join(folder, 'rejects.csv')}`);
  terminal.printJson({ ...training.card, folder });
}

/** Flags that only one kind of input understands. */
const TABLE_FLAGS = ['target', 'id', 'positive', 'time', 'group', 'sheet'] as const;
const WORKSPACE_FLAGS = ['horizon', 'gap', 'every', 'snapshots', 'stage', 'onDoubt'] as const;

async function trainTable(input: string, flags: TrainFlags, terminal: Terminal): Promise<Training> {
  refuseGiven(flags, WORKSPACE_FLAGS, `${input} is one table, not a folder of dated tables`);
  const target = requireTarget(flags);
  terminal.log(`Reading ${input}`);
  const table = await readTable(input, flags.sheet === undefined ? {} : { sheet: flags.sheet });
  return withProgress(terminal, (bar) =>
    train({ ...table, file: basename(input) }, { ...optionsOf(flags, target), onProgress: bar.update }),
  );
}

function parseStage(text: string): string {
  if ((STAGES as readonly string[]).includes(text)) return text;
  throw new InvalidArgumentError(`needed: ${STAGES.join(', ')}.`);
}

function companyOptionsOf(flags: TrainFlags): CompanyTrainOptions {
  const { horizon, gap, every, snapshots, stage } = flags;
  return {
    ...commonOptionsOf(flags),
    ...(horizon === undefined ? {} : { horizonDays: horizon }),
    ...(gap === undefined ? {} : { gapDays: gap }),
    ...(every === undefined ? {} : { rhythm: every }),
    ...(snapshots === undefined ? {} : { snapshots }),
    stage: stage ?? null,
  };
}

function optionsOf(flags: TrainFlags, target: string): TrainOptions {
  return {
    ...commonOptionsOf(flags),
    target,
    id: flags.id ?? null,
    ...(flags.positive === undefined ? {} : { positive: flags.positive }),
    time: flags.time ?? null,
    group: flags.group ?? null,
  };
}

function commonOptionsOf(flags: TrainFlags) {
  return {
    name: flags.name,
    allow: flags.allow ?? [],
    seed: flags.seed,
    timeBudgetSeconds: flags.timeBudget,
    contactCost: flags.contactCost,
    saveValue: flags.saveValue,
    saveRate: flags.saveRate,
  };
}
