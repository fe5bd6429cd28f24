import type { Command } from 'commander';
import { installKernel } from '../index.js';
import { openTerminal } from './terminal.js';

interface InstallFlags {
  prefix?: string;
  user?: boolean;
  json?: boolean;
}

/** `churnlab notebooks install`: the kernel, for Jupyter to find. */
export function addNotebooksInstall(group: Command): void {
  group
    .command('install')
    .description('register the kernel with Jupyter (Lab, Notebook, VS Code); no Python is needed')
    .option('--user', 'for every Jupyter of this user; the default')
    .option('--prefix <folder>', 'for the Jupyter of one Python environment, such as .venv')
    .option('--json', 'print one JSON document')
    .action(async ({ prefix, user, ...talk }: InstallFlags) => {
      const terminal = openTerminal(talk);
      const folder = await installKernel(user ? undefined : prefix);
      terminal.print(`Kernel: ${folder}\nIn Jupyter it is called "TypeScript (churnlab)".`);
      terminal.printJson({ folder });
    });
}
