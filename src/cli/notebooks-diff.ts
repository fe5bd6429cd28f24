import type { Command } from 'commander';
import { compareNotebooks, differencesText, readNotebook } from '../index.js';
import { parseTolerance } from './notebooks-check.js';
import { openTerminal } from './terminal.js';

interface DiffFlags {
  tolerance: number;
  json?: boolean;
}

/** `churnlab notebooks diff`: two notebooks side by side, for reviewers; nothing is run. */
export function addNotebooksDiff(group: Command): void {
  group
    .command('diff')
    .description('compare two notebooks by meaning, without running them; exit 1 when they differ')
    .argument('<before>', 'a notebook (.ipynb)')
    .argument('<after>', 'another one')
    .option(
      '--tolerance <share>',
      'numbers that differ by at most this share are the same',
      parseTolerance,
      1e-9,
    )
    .option('--json', 'print one JSON document')
    .action(runDiff);
}

async function runDiff(before: string, after: string, flags: DiffFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { tolerance } = flags;
  const differences = compareNotebooks(await readNotebook(before), await readNotebook(after), { tolerance });
  terminal.printJson({ before, after, tolerance, ...differences });
  if (differences.cells.length === 0) return;
  terminal.print(`--- ${before}\n+++ ${after}\n\n${differencesText(differences, terminal)}`);
  process.exitCode = 1;
}
