import type { Command } from 'commander';
import { scoreFile } from '../index.js';
import { openTerminal, type Terminal } from './terminal.js';

interface ScoreFlags {
  model: string;
  out: string;
  sheet?: string;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab score`: a saved model on new rows. */
export function addScore(program: Command): void {
  program
    .command('score')
    .description('score new rows with a saved model, riskiest first, with reasons')
    .argument('<input>', 'csv, tsv, csv.gz, parquet, json, jsonl or xlsx')
    .requiredOption('--model <folder>', 'folder of the saved model')
    .requiredOption('--out <file>', 'csv, tsv, parquet, jsonl, json or xlsx, by its ending')
    .option('--sheet <name>', 'sheet of an Excel input')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: ScoreFlags) => {
      await runScore(input, flags, openTerminal(flags));
    });
}

/** Scores a file and prints where the scores are. */
export async function runScore(input: string, flags: ScoreFlags, terminal: Terminal): Promise<void> {
  let announced = 0;
  const result = await scoreFile(input, {
    model: flags.model,
    out: flags.out,
    ...(flags.sheet === undefined ? {} : { sheet: flags.sheet }),
    onProgress: (rows) => {
      if (rows - announced < 500_000) return;
      announced = rows;
      terminal.log(`${rows.toLocaleString('en-US')} rows scored`);
    },
  });
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
