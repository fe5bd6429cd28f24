import type { Command } from 'commander';
import {
  type Company,
  companySource,
  loadBundle,
  type ScoreResult,
  scoreFile,
  scoreSource,
} from '../index.js';
import { openTerminal, type Terminal } from './terminal.js';
import {
  isWorkspace,
  ON_DOUBT_HELP,
  type OnDoubtFlag,
  parseDay,
  parseOnDoubt,
  withWorkspace,
} from './workspace.js';

interface ScoreFlags {
  model: string;
  out: string;
  asOf?: number;
  onDoubt?: OnDoubtFlag;
  sheet?: string;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab score`: a saved model on new rows. */
export function addScore(program: Command): void {
  program
    .command('score')
    .description('score new rows, or the accounts of dated tables, riskiest first, with reasons')
    .argument('<input>', 'a table (csv, tsv, csv.gz, parquet, json, jsonl, xlsx) or a folder of dated tables')
    .requiredOption('--model <folder>', 'folder of the saved model')
    .requiredOption('--out <file>', 'csv, tsv, parquet, jsonl, json or xlsx, by its ending')
    .option(
      '--as-of <day>',
      'tables: the snapshot, YYYY-MM-DD (default: the end of what is observed)',
      parseDay,
    )
    .option('--on-doubt <action>', `tables: ${ON_DOUBT_HELP}`, parseOnDoubt)
    .option('--sheet <name>', 'sheet of an Excel input')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: ScoreFlags) => {
      await runScore(input, flags, openTerminal(flags));
    });
}

async function runScore(input: string, flags: ScoreFlags, terminal: Terminal): Promise<void> {
  if (await isWorkspace(input)) {
    // A model that cannot be used is told before the tables are read.
    await loadBundle(flags.model);
    await withWorkspace(input, flags.onDoubt, terminal, ({ company }) =>
      scoreCompany(company, flags, terminal),
    );
    return;
  }
  printScores(await scoreTable(input, flags, terminal), terminal);
}

/** Scores the active accounts of a company and prints where the scores are. */
export async function scoreCompany(company: Company, flags: ScoreFlags, terminal: Terminal): Promise<void> {
  const bundle = await loadBundle(flags.model);
  const source = await companySource(company, bundle, flags.asOf);
  printScores(await scoreSource(source, bundle, { out: flags.out }), terminal);
}

function printScores(result: ScoreResult, terminal: Terminal): void {
  if (result.verdict === 'no-signal') {
    terminal.log(
      'Warning: this model found no signal beyond doubt; do not pick accounts by its probabilities.',
    );
  }
  terminal.print(
    `${result.scored.toLocaleString('en-US')} rows scored, ${result.expectedChurners.toFixed(1)} expected to leave` +
      `${result.rejected > 0 ? `, ${result.rejected} rejected (${result.rejectsFile})` : ''}`,
  );
  terminal.print(`Scores: ${result.out}`);
  terminal.printJson(result);
}

function scoreTable(input: string, flags: ScoreFlags, terminal: Terminal): Promise<ScoreResult> {
  let announced = 0;
  return scoreFile(input, {
    model: flags.model,
    out: flags.out,
    ...(flags.sheet === undefined ? {} : { sheet: flags.sheet }),
    onProgress: (rows) => {
      if (rows - announced < 500_000) return;
      announced = rows;
      terminal.log(`${rows.toLocaleString('en-US')} rows scored`);
    },
  });
}
