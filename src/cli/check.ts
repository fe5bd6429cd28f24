import { basename, join, parse } from 'node:path';
import type { Command } from 'commander';
import {
  checkTable,
  dataQualityReport,
  profileSummary,
  readTable,
  rejectsCsv,
  writeFolderAtomically,
} from '../index.js';
import { openTerminal, type Terminal } from './terminal.js';

interface CheckFlags {
  target?: string;
  id?: string;
  positive?: string;
  sheet?: string;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab check`: what is in a table, what is wrong with it, and what gives the answer away. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('look a table over: types, gaps, outliers, duplicates, leaks; rows that cannot be read')
    .argument('<input>', 'csv, tsv, csv.gz, parquet, json, jsonl or xlsx')
    .option('--target <column>', 'column that says who churned')
    .option('--id <column>', 'column that names each row')
    .option('--positive <level>', "the target's level that means churned")
    .option('--sheet <name>', 'sheet of an Excel file')
    .option('--out <folder>', 'where report.html, profile.json and rejects.csv go (default: <input>-check)')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: CheckFlags) => {
      await runCheck(input, flags, openTerminal(flags));
    });
}

/** Profiles the table, writes the folder and prints. */
export async function runCheck(input: string, flags: CheckFlags, terminal: Terminal): Promise<void> {
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
