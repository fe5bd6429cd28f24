import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type Flag,
  featureCatalogue,
  findCompanyFlags,
  findTableFlags,
  flagsReport,
  flagsSummary,
  intakeSource,
  type Ledger,
  parseFlag,
  readLedger,
  readTable,
  requireFilePlace,
  retestCompanyFlags,
  retestTableFlags,
  writeTextAtomically,
} from '../index.js';
import { withInterrupt } from './interrupt.js';
import { parseCount, parseList, parseRhythm, refuseGiven, requireTarget } from './parse-options.js';
import { readText } from './read-text.js';
import { openTerminal, type ProgressBar, type Terminal, withProgress } from './terminal.js';
import { isWorkspace, ON_DOUBT_HELP, type OnDoubtFlag, parseOnDoubt, withWorkspace } from './workspace.js';

const CORRECTIONS = ['westfall-young', 'benjamini-yekutieli'] as const;
type Correction = (typeof CORRECTIONS)[number];

interface FlagsOptions {
  target?: string;
  id?: string;
  positive?: string;
  time?: string;
  group?: string;
  sheet?: string;
  allow?: string[];
  horizon?: number;
  gap?: number;
  every?: 'month' | 'week';
  snapshots?: number;
  onDoubt?: OnDoubtFlag;
  depth?: number;
  least?: number;
  capacity?: number;
  permutations?: number;
  correction?: Correction;
  handled?: Flag[];
  test?: Flag[];
  retest?: string;
  out: string;
  report?: string;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

/** Options that only one kind of input understands. */
const TABLE_OPTIONS = ['target', 'id', 'positive', 'time', 'group', 'sheet'] as const;
const WORKSPACE_OPTIONS = ['horizon', 'gap', 'every', 'snapshots', 'onDoubt'] as const;
/** Options of a search, which a retest does not make. */
const SEARCH_OPTIONS = [
  'depth',
  'least',
  'capacity',
  'permutations',
  'correction',
  'handled',
  'test',
] as const;

/** `churnlab flags`: facts that go with leaving, found in one part of the rows and confirmed on another. */
export function addFlags(program: Command): void {
  program
    .command('flags')
    .description('find compound red flags in one part of the rows, confirm them on another, keep a ledger')
    .argument('<input>', 'a table (csv, tsv, csv.gz, parquet, json, jsonl, xlsx) or a folder of dated tables')
    .option('--target <column>', 'column that says who churned; a table needs it')
    .option('--id <column>', 'column that names each row once')
    .option('--positive <level>', "the target's level that means churned")
    .option('--time <column>', 'confirm on the latest rows by this column instead of random ones')
    .option('--group <column>', 'rows of one group stay in one part')
    .option('--sheet <name>', 'sheet of an Excel file')
    .option('--allow <column>', 'keep a column although it looks like a leak; may be repeated', parseList)
    .option('--horizon <days>', 'tables: days in which leaving counts (default: 90)', parseCount)
    .option('--gap <days>', 'tables: days left for acting before the horizon (default: 0)', parseCount)
    .option('--every <rhythm>', 'tables: a snapshot every month or week (default: month)', parseRhythm)
    .option('--snapshots <number>', 'tables: at most so many, the latest (default: 24)', parseCount)
    .option('--on-doubt <action>', `tables: ${ON_DOUBT_HELP}`, parseOnDoubt)
    .option(
      '--depth <number>',
      'conditions that are joined at most, 1 to 4; with 1 only triggers (default: 3)',
      parseDepth,
    )
    .option(
      '--least <accounts>',
      'fewest accounts that raise a flag where it is looked for (default: by their number)',
      parseAtLeastOne,
    )
    .option('--capacity <accounts>', 'accounts that can be contacted (default: 70)', parseAtLeastOne)
    .option('--permutations <number>', 'how often outcomes are dealt anew (default: 1000)', parseAtLeastOne)
    .option('--correction <name>', CORRECTIONS.join(' or '), parseCorrection)
    .option('--handled <flag>', 'set aside what raises this flag; may be repeated', parseFlags)
    .option('--test <flag>', 'test a flag of your own too; may be repeated', parseFlags)
    .option('--retest <file>', 'test the flags of this ledger on the input instead of searching')
    .option('--out <file>', 'where the ledger goes', 'flags.json')
    .option('--report <file>', 'write an HTML page')
    .option('--seed <number>', 'seed of all chance', parseCount, 1)
    .option('--json', 'print the ledger as one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, options: FlagsOptions) => {
      await runFlags(input, options, openTerminal(options));
    });
}

async function runFlags(input: string, options: FlagsOptions, terminal: Terminal): Promise<void> {
  if (options.retest !== undefined) refuseGiven(options, SEARCH_OPTIONS, 'a retest searches nothing');
  for (const place of [options.out, options.report]) if (place !== undefined) await requireFilePlace(place);
  const before =
    options.retest === undefined ? null : readLedger(await readText(options.retest), options.retest);
  if (await isWorkspace(input)) await flagsOfCompany(input, before, options, terminal);
  else await keepLedger(await flagsOfTable(input, before, options, terminal), options, terminal);
}

async function flagsOfTable(
  input: string,
  before: Ledger | null,
  options: FlagsOptions,
  terminal: Terminal,
): Promise<Ledger> {
  refuseGiven(options, WORKSPACE_OPTIONS, `${input} is one table, not a folder of dated tables`);
  const told = { ...tableOptions(options), ...searchOptions(options), today: Date.now() };
  terminal.log(`Reading ${input}`);
  const read = await readTable(input, options.sheet === undefined ? {} : { sheet: options.sheet });
  const table = { ...read, file: basename(input) };
  if (before !== null) return retestTableFlags(table, before, told);
  return searching(terminal, (run) => findTableFlags(table, { ...told, ...run }));
}

async function flagsOfCompany(
  input: string,
  before: Ledger | null,
  options: FlagsOptions,
  terminal: Terminal,
): Promise<void> {
  refuseGiven(options, TABLE_OPTIONS, `${input} is a folder of dated tables, not one table`);
  await withWorkspace(input, options.onDoubt, terminal, async ({ company, intake }) => {
    const source = intakeSource(intake);
    const told = { ...companyOptions(options), ...searchOptions(options) };
    const meanings = new Map(featureCatalogue(company).map(({ name, description }) => [name, description]));
    const ledger =
      before === null
        ? await searching(terminal, (run) => findCompanyFlags(company, source, { ...told, ...run }))
        : await withProgress(terminal, ({ update }) =>
            retestCompanyFlags(company, source, before, { ...told, onProgress: update }),
          );
    await keepLedger(ledger, options, terminal, meanings);
  });
}

/** A search with a progress bar, which the first Ctrl-C asks to stop. */
async function searching(
  terminal: Terminal,
  work: (run: { signal: AbortSignal; onProgress: ProgressBar['update'] }) => Promise<Ledger>,
): Promise<Ledger> {
  return withProgress(terminal, (bar) =>
    withInterrupt(
      (signal) => {
        terminal.log('Looking for flags; Ctrl-C keeps what is proven by then');
        return work({ signal, onProgress: bar.update });
      },
      () => terminal.log('Stopping; Ctrl-C again ends the program at once'),
    ),
  );
}

async function keepLedger(
  ledger: Ledger,
  { out, report }: FlagsOptions,
  terminal: Terminal,
  meanings: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  await writeTextAtomically(out, `${JSON.stringify(ledger, null, 2)}\n`);
  if (report !== undefined) await writeTextAtomically(report, await flagsReport(ledger, { meanings }));
  terminal.print(flagsSummary(ledger, terminal));
  terminal.print(`Ledger: ${out}`);
  if (report !== undefined) terminal.print(`Report: ${report}`);
  terminal.printJson(ledger);
}

function tableOptions(options: FlagsOptions) {
  const { id, positive, time, group } = options;
  return {
    target: requireTarget(options),
    id: id ?? null,
    ...(positive === undefined ? {} : { positive }),
    time: time ?? null,
    group: group ?? null,
  };
}

function companyOptions({ horizon, gap, every, snapshots }: FlagsOptions) {
  return {
    ...(horizon === undefined ? {} : { horizonDays: horizon }),
    ...(gap === undefined ? {} : { gapDays: gap }),
    ...(every === undefined ? {} : { rhythm: every }),
    ...(snapshots === undefined ? {} : { snapshots }),
  };
}

/** What a search is told; what is not given is the library's choice. */
function searchOptions(options: FlagsOptions) {
  const { depth, least, capacity, permutations, correction, handled, test, allow, seed } = options;
  return {
    ...(depth === undefined ? {} : { depth }),
    ...(least === undefined ? {} : { least }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(permutations === undefined ? {} : { permutations }),
    ...(correction === undefined ? {} : { correction }),
    handled: handled ?? [],
    own: test ?? [],
    allow: allow ?? [],
    seed,
  };
}

function parseDepth(text: string): number {
  const depth = Number(text);
  if ([1, 2, 3, 4].includes(depth)) return depth;
  throw new InvalidArgumentError('needed: a whole number from 1 to 4.');
}

function parseAtLeastOne(text: string): number {
  const value = parseCount(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('needed: a whole number above 0.');
}

function parseCorrection(text: string): Correction {
  const found = CORRECTIONS.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`needed: ${CORRECTIONS.join(' or ')}.`);
}

/** Collects flags in the language of {@link parseFlag}. */
function parseFlags(text: string, before: Flag[] | undefined): Flag[] {
  return [...(before ?? []), parseFlag(text)];
}
