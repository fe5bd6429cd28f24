import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  bytesText,
  type CellFailure,
  ChurnError,
  type NotebookRun,
  type RunOptions,
  requireFilePlace,
  runNotebook,
  writeNotebook,
} from '../index.js';
import { withInterrupt } from './interrupt.js';
import { parseSeconds } from './parse-options.js';
import { openTerminal, type ProgressBar, type Terminal, withProgress } from './terminal.js';

type Values = Readonly<Record<string, string>>;

interface RunFlags {
  param?: Values;
  path?: Values;
  out?: string;
  timeout: number;
  cellTimeout: number;
  memory?: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab notebooks run`: fresh outputs from the real kernel. */
export function addNotebooksRun(group: Command): void {
  group
    .command('run')
    .description('run notebooks in a fresh kernel and keep their outputs; exit 1 when one fails')
    .argument('<files...>', 'notebooks (.ipynb); without --out they get the fresh outputs themselves')
    .option('--param <name=value>', 'value of a parameter; may be repeated', parseValue)
    .option(
      '--path <name=path>',
      'the same for a path, relative to where you are; may be repeated',
      parseValue,
    )
    .option(
      '--out <place>',
      'where the result goes: a file for one notebook, else a folder; --param and --path need it',
    )
    .option('--timeout <duration>', 'for one notebook', parseSeconds, 600)
    .option('--cell-timeout <duration>', 'for one cell', parseSeconds, 300)
    .option('--memory <size>', "limit of the kernel's memory, such as 500m or 4g", parseBytes)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (files: string[], flags: RunFlags) => {
      await runAll(files, flags, openTerminal(flags));
    });
}

/** What became of one notebook. */
interface Done extends Omit<NotebookRun, 'notebook'> {
  readonly file: string;
  /** Where it was written, with its error when it failed. */
  readonly out: string;
}

async function runAll(files: string[], flags: RunFlags, terminal: Terminal): Promise<void> {
  const places = await preparePlaces(files, flags);
  const runs: Done[] = [];
  await withInterrupt(
    async (signal) => {
      for (const [index, file] of files.entries()) {
        if (signal.aborted) return;
        runs.push(await runOne(file, places[index]!, flags, terminal, signal));
      }
    },
    () => terminal.log('Stopping; Ctrl-C again ends the program at once'),
  );
  terminal.printJson({ runs });
  const failures = runs.flatMap(({ failure }) => failure ?? []);
  if (failures.length > 0) process.exitCode = failures.at(-1)!.ename === 'Interrupted' ? 130 : 1;
}

async function runOne(
  file: string,
  out: string,
  flags: RunFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Done> {
  const { notebook, ...run } = await withProgress(terminal, (bar) =>
    runNotebook(file, { ...optionsOf(file, flags), signal, onProgress: tellBar(file, bar) }),
  );
  const failedPlace = out.replace(/(?:\.ipynb)?$/, '.failed.ipynb');
  if (run.failure) {
    await writeNotebook(failedPlace, notebook);
    process.stderr.write(`${failureText(file, run.failure)}\n  with its error: ${failedPlace}\n`);
    return { file, out: failedPlace, ...run };
  }
  await writeNotebook(out, notebook);
  await rm(failedPlace, { force: true });
  terminal.print(`${file}: ${costText(run)}${out === file ? '' : `, written to ${out}`}`);
  return { file, out, ...run };
}

function failureText(file: string, { number, line, ename, message, code }: CellFailure): string {
  const place = `${file}, cell ${number}${line === null ? '' : `, line ${line}`}`;
  return `${place}: ${ename}: ${message}\n  ${code}`;
}

function costText({ seconds, peakMemoryBytes }: Pick<NotebookRun, 'seconds' | 'peakMemoryBytes'>): string {
  const memory = peakMemoryBytes === null ? 'memory unknown' : bytesText(peakMemoryBytes);
  return `${seconds.toFixed(1)} s, ${memory}`;
}

/** Moves the bar to the cell that runs. */
export function tellBar(file: string, bar: ProgressBar): NonNullable<RunOptions['onProgress']> {
  return ({ cell, cells, line, detail }) => {
    const label = `${basename(file)} ${cell}/${cells} ${detail ?? line}`;
    bar.update(label.replace(/\s+/g, ' ').slice(0, 60), (cell - 1) / cells);
  };
}

function optionsOf(file: string, { param, path, timeout, cellTimeout, memory }: RunFlags): RunOptions {
  const paths = Object.entries(path ?? {}).map(([name, value]) => [name, seenFrom(dirname(file), value)]);
  return {
    parameters: { ...param, ...Object.fromEntries(paths) },
    timeoutSeconds: timeout,
    cellTimeoutSeconds: cellTimeout,
    memoryBytes: memory ?? null,
  };
}

/** A notebook runs in its own folder, and its file should hold no separators of one system. */
function seenFrom(folder: string, path: string): string {
  return path === '' ? path : relative(folder, resolve(path)).split(sep).join('/') || '.';
}

/**
 * Where each result goes, after a look whether it can be written.
 *
 * @throws ChurnError `bad-option` when two would go to one place, or parameters would change a notebook itself;
 * `write-failed`
 */
async function preparePlaces(files: readonly string[], { out, param, path }: RunFlags): Promise<string[]> {
  if (out === undefined && (param ?? path) !== undefined) {
    throw new ChurnError(
      'bad-option',
      'with --param or --path the result is another notebook; --out says where it goes',
    );
  }
  const isFile = out?.endsWith('.ipynb');
  if (isFile && files.length > 1) {
    throw new ChurnError(
      'bad-option',
      `--out ${out} is one file for ${files.length} notebooks; name a folder`,
    );
  }
  const places = files.map((file) => (out === undefined ? file : isFile ? out : join(out, basename(file))));
  const twice = places.find((place, index) => places.indexOf(place) < index);
  if (twice !== undefined) throw new ChurnError('bad-option', `two notebooks would both be ${twice}`);
  for (const place of places) {
    await mkdir(dirname(place), { recursive: true });
    await requireFilePlace(place);
  }
  return places;
}

/** Collects `name=value`. */
function parseValue(text: string, before: Values = {}): Values {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('needed: name=value.');
  return { ...before, [name]: value };
}

/** `500m`, `4g`. */
function parseBytes(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([mg])b?$/i.exec(text) ?? [];
  if (number === undefined || !(Number(number) > 0)) {
    throw new InvalidArgumentError('needed: a size such as 500m or 4g.');
  }
  return Number(number) * (unit!.toLowerCase() === 'g' ? 1e9 : 1e6);
}
