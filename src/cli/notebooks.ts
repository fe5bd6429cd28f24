import type { Command } from 'commander';
import { addNotebooksCheck } from './notebooks-check.js';
import { addNotebooksDiff } from './notebooks-diff.js';
import { addNotebooksDoctor } from './notebooks-doctor.js';
import { addNotebooksHtml } from './notebooks-html.js';
import { addNotebooksInstall } from './notebooks-install.js';
import { addNotebooksRun } from './notebooks-run.js';

/** Each adds one command to the group. */
const COMMANDS = [
  addNotebooksRun,
  addNotebooksCheck,
  addNotebooksDiff,
  addNotebooksHtml,
  addNotebooksInstall,
  addNotebooksDoctor,
];

/** `churnlab notebooks`: TypeScript notebooks for Jupyter, run and judged without Python. */
export function addNotebooks(program: Command): void {
  const group = program
    .command('notebooks')
    .description('run notebooks, check and compare them, and register their kernel with Jupyter');
  for (const add of COMMANDS) add(group);
}
