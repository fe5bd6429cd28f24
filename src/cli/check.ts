import { basename, join, parse, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  checkTable,
  dataQualityReport,
  intakeRejectsCsv,
  intakeReport,
  intakeSummary,
  type OpenedWorkspace,
  profileSummary,
  readTable,
  rejectsCsv,
  writeFolderAtomically,
} from '../index.js';
import { openTerminal, type Terminal } from './terminal.js';
import { isWorkspace, ON_DOUBT_HELP, type OnDoubtFlag, parseOnDoubt, withWorkspace } from './workspace.js';

interface CheckFlags {
  target?: string;
  id?: string;
  positive?: string;
  sheet?: string;
  onDoubt?: OnDoubtFlag;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab check`: what is in a table, what is wrong with it, and what gives the answer away. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'look a table or dated tables over: what cannot be read, what contradicts itself, what leaks',
    )
    .argument('<input>', 'a table (csv, tsv, csv.gz, parquet, json, jsonl, xlsx) or a folder of dated tables')
    .option('--target <column>', 'column that says who churned')
    .option('--id <column>', 'column that names each row')
    .option('--positive <level>', "the target's level that means churned")
    .option('--sheet <name>', 'sheet of an Excel file')
    .option('--on-doubt <action>', `tables: ${ON_DOUBT_HELP}`, parseOnDoubt)
    .option('--out <folder>', 'where report.html, profile.json and rejects.csv go (default: <input>-check)')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: CheckFlags) => {
      await runCheck(input, flags, openTerminal(flags));
    });
}

/** Looks over whatever the input is, writes the folder and prints. */
export async function runCheck(input: string, flags: CheckFlags, terminal: Terminal): Promise<void> {
  await ((await isWorkspace(input)) ? checkWorkspace : checkFlatTable)(input, flags, terminal);
}

async function checkWorkspace(input: string, flags: CheckFlags, terminal: Terminal): Promise<void> {
  const quiet = { ...terminal, log: () => {} };
  await withWorkspace(input, flags.onDoubt, quiet, (opened) =>
    checkCompany(opened, flags.out ?? `${basename(resolve(input))}-check`, terminal),
  );
}

/** Writes and prints what was learned while a company's tables were read. */
export async function checkCompany(
  { company, intake }: OpenedWorkspace,
  out: string,
  terminal: Terminal,
): Promise<void> {
  const { name } = company.settings;
  const { rejects, ...document } = intake;
  const files: Record<string, string> = {
    'report.html': await intakeReport({ name, intake }),
    'intake.json': `${JSON.stringify(document, null, 2)}\n`,
  };
  if (rejects.length > 0) files['rejects.csv'] = intakeRejectsCsv(rejects);
  await writeFolderAtomically(out, files, ['rejects.csv']);
  terminal.print(intakeSummary({ name, intake }, terminal));
  terminal.print(`Report: ${join(out, 'report.html')}`);
  if (rejects.length > 0) terminal.print(`Rejected rows: ${join(out, 'rejects.csv')}`);
  terminal.printJson({ name, ...document, report: join(out, 'report.html') });
}

async function checkFlatTable(input: string, flags: CheckFlags, terminal: Terminal): Promise<void> {
  terminal.log(`Reading ${input}`);
  const table = await readTable(input, flags.sheet === undefined ? {} : { sheet: flags.sheet });
  const checked = checkTable(
    { ...table, file: basename(input) },
    {
      target: flags.target ?? null,
      id: flags.id ?? null,
      ...(flags.positive === undefined ? {} : { positive: flags.positive }),
    },
  );
  const out = flags.out ?? `${parse(input).name}-check`;
  const files: Record<string, string> = {
    'report.html': await dataQualityReport(checked),
    'profile.json': `${JSON.stringify(checked.profile, null, 2)}\n`,
  };
  if (checked.rejects.length > 0) files['rejects.csv'] = rejectsCsv(checked.rejects);
  await writeFolderAtomically(out, files, ['rejects.csv']);
  terminal.print(profileSummary(checked, terminal));
  terminal.print(`Report: ${join(out, 'report.html')}`);
  if (checked.rejects.length > 0) terminal.print(`Rejected rows: ${join(out, 'rejects.csv')}`);
  const { file, read, kept, profile, leaks } = checked;
  const report = join(out, 'report.html');
  terminal.printJson({ file, read, kept, rejected: read - kept, ...profile, leaks, report });
}
