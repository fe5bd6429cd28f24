import type { Command } from 'commander';
import { checkInstallation, type InstallationCheck } from '../index.js';
import { openTerminal, type Terminal } from './terminal.js';

interface DoctorFlags {
  json?: boolean;
}

/** `churnlab notebooks doctor`: whether all that notebooks need is there, and what to do where it is not. */
export function addNotebooksDoctor(group: Command): void {
  group
    .command('doctor')
    .description(
      'check Node.js, the kernel, Jupyter and its registration; exit 1 when something needed is amiss',
    )
    .option('--json', 'print one JSON document')
    .action(async (flags: DoctorFlags) => {
      await runDoctor(openTerminal(flags));
    });
}

async function runDoctor(terminal: Terminal): Promise<void> {
  const checks = await checkInstallation();
  for (const check of checks) terminal.print(lineOf(check));
  terminal.printJson({ checks });
  if (checks.some(({ state }) => state === 'not ok')) process.exitCode = 1;
}

function lineOf({ name, state, found, fix }: InstallationCheck): string {
  const line = `${state.padEnd(8)}${name}: ${found}`;
  return fix === null ? line : `${line}\n        → ${fix}`;
}
