import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect } from 'vitest';

const program = resolve(import.meta.dirname, '../../dist/cli/main.js');

/** How a process ended and what it said. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder to run the built command line in, with a folder of its own for temporary files. */
export interface Workplace {
  /** Where processes run. */
  readonly folder: string;
  path(name: string): string;
  /** Writes a file and returns its name. */
  write(name: string, content: string | Uint8Array): string;
  read(name: string): string;
  readJson(name: string): ReturnType<typeof JSON.parse>;
  has(name: string): boolean;
  /** Every file and folder below the working folder and the folder for temporary files. */
  everything(): string[];
  start(args: readonly string[], env?: NodeJS.ProcessEnv): ChildProcess;
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Run>;
}

/** Makes a workplace that goes when the test file is done. */
export function makeWorkplace(): Workplace {
  const root = mkdtempSync(join(tmpdir(), 'churnlab-cli-'));
  const folder = join(root, 'work');
  const temporary = join(root, 'temporary');
  mkdirSync(folder);
  mkdirSync(temporary);
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const start: Workplace['start'] = (args, env = {}) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  };
  return {
    folder,
    path,
    write: (name, content) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
      return name;
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    readJson: (name) => JSON.parse(readFileSync(path(name), 'utf8')),
    has: (name) => existsSync(path(name)),
    everything: () => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort(),
    start,
    run: (args, env) => ended(start(args, env)),
  };
}

/** Waits for a process; a signal that ended it from outside shows as status `null`. */
export function ended(child: ChildProcess): Promise<Run> {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => done({ status, ...said }));
  });
}

/** Holds a run to "done, nothing to complain about". */
export function expectDone(run: Run): Run {
  expect(run.stderr).not.toContain('churnlab: ');
  expect(run.status).toBe(0);
  return run;
}

/**
 * Runs a command that must be refused: exit 1, nothing on stdout, one line on stderr that matches, no stack,
 * and no file or folder, temporary or not, more or fewer than before.
 */
export async function expectRefusal(
  place: Workplace,
  args: readonly string[],
  message: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const before = place.everything();
  const run = await place.run([...args, '--quiet'], env);
  expect(run.stderr).toMatch(message);
  expect(run.stderr).toMatch(/^churnlab: .+\n$/);
  expect(run.stdout).toBe('');
  expect(run.status).toBe(1);
  expect(place.everything()).toEqual(before);
}
