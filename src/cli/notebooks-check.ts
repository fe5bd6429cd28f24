import { type Command, InvalidArgumentError } from 'commander';
import { checkNotebook, describeFindings, type Finding } from '../index.js';
import { tellBar } from './notebooks-run.js';
import { parseNumberFlag, parseSeconds } from './parse-options.js';
import { openTerminal, type Terminal, withProgress } from './terminal.js';

interface CheckFlags {
  tolerance: number;
  timeout: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab notebooks check`: whether notebooks still show what their code gives. */
export function addNotebooksCheck(group: Command): void {
  group
    .command('check')
    .description('run notebooks afresh and compare with their saved outputs; exit 1 when anything is wrong')
    .argument('<files...>', 'notebooks (.ipynb); they are left as they are')
    .option(
      '--tolerance <share>',
      'numbers that differ by at most this share are the same',
      parseTolerance,
      1e-9,
    )
    .option('--timeout <duration>', 'for one notebook, such as 90s or 10m', parseSeconds, 600)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (files: string[], flags: CheckFlags) => {
      await runCheck(files, flags, openTerminal(flags));
    });
}

/** A share of a number, below 1. */
export function parseTolerance(text: string): number {
  const tolerance = parseNumberFlag(text);
  if (tolerance >= 1) throw new InvalidArgumentError('needed: a share below 1, such as 1e-6 or 0.01.');
  return tolerance;
}

async function runCheck(files: string[], flags: CheckFlags, terminal: Terminal): Promise<void> {
  const { tolerance, timeout } = flags;
  const notebooks: { file: string; findings: Finding[] }[] = [];
  for (const file of files) {
    terminal.log(`Running ${file}`);
    const findings = await withProgress(terminal, (bar) =>
      checkNotebook(file, { tolerance, timeoutSeconds: timeout, onProgress: tellBar(file, bar) }),
    );
    terminal.print([`${file}: ${countText(findings)}`, ...describeFindings(findings).map(indent)].join('\n'));
    notebooks.push({ file, findings });
  }
  terminal.printJson({ tolerance, notebooks });
  if (notebooks.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
}

const indent = (line: string): string => `  ${line}`;

function countText({ length }: readonly Finding[]): string {
  if (length === 0) return 'ok';
  return length === 1 ? '1 finding' : `${length} findings`;
}
