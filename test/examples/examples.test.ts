import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApi } from '../../api-docs/read-api.js';
import { readGiven } from '../../api-docs/read-given.js';
import { difference, examplesOf, expectedOf, moduleOf, type Outcome } from './examples.js';

const root = resolve(import.meta.dirname, '../..');
/** Inside the package, so that `churnlab` is found there as in a notebook of the user's. */
const build = join(root, 'build/examples');
const work = mkdtempSync(join(tmpdir(), 'churnlab-examples-'));

const api = readApi().filter(({ isExported }) => isExported);
const examples = examplesOf(api);
const functions = api.filter(({ kind }) => kind === 'function').map(({ name }) => name);

let complaints: string[] = [];
let outcomes: Record<string, Outcome> = {};

beforeAll(() => {
  writeModules();
  complaints = compile();
  outcomes = run();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the examples of doc comments', () => {
  it.each(functions)('%s has one that uses it', (name) => {
    const own = examples.filter(({ entry }) => entry.name === name);
    expect(own.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code))).toBe(true);
  });

  it.each(examples)('$name has the right types, runs, and gives what it says', (example) => {
    expect(complaintsAbout(example.name)).toBe('');
    const { shown, error } = outcomes[example.name] ?? { shown: [], error: 'it was not run' };
    expect(error).toBeNull();
    const differences = expectedOf(example).map((expected, index) => difference(expected, shown[index]));
    expect(differences.filter((text) => text !== null).join('\n')).toBe('');
  });

  it('compile beside their prelude', () => {
    expect(complaintsAbout('prelude') + complaintsAbout('run')).toBe('');
  });
});

function complaintsAbout(module: string): string {
  return complaints.filter((line) => line.startsWith(`${module}.ts(`)).join('\n');
}

function writeModules(): void {
  rmSync(build, { recursive: true, force: true });
  mkdirSync(build, { recursive: true });
  for (const file of ['prelude.ts', 'run.ts'])
    copyFileSync(join(import.meta.dirname, file), join(build, file));
  const exported = new Map(api.map((entry) => [entry.name, entry]));
  const given = new Set(readGiven().map(({ name }) => name));
  for (const example of examples) {
    writeFileSync(join(build, `${example.name}.ts`), moduleOf(example, exported, given));
  }
  writeFileSync(join(build, 'list.json'), JSON.stringify(examples.map(({ name }) => name)));
  writeFileSync(join(build, 'tsconfig.json'), JSON.stringify(TSCONFIG));
}

/** As strict as the project is with itself, but for what an example declares only to show it. */
const TSCONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: { noEmit: false, noUnusedLocals: false, rootDir: '.' },
  include: ['*.ts'],
};

/** What the compiler complains about, one line each: `auc.ts(5,1): error …`. */
function compile(): string[] {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = node([compiler, '-p', 'tsconfig.json', '--pretty', 'false'], build);
  return stdout.split('\n').filter((line) => /\berror TS\d+/.test(line));
}

function run(): Record<string, Outcome> {
  const out = join(work, 'outcomes.json');
  const { status, stderr } = node([join(build, 'run.js'), join(build, 'list.json'), out], work);
  if (status !== 0) throw new Error(`the examples did not run: ${stderr}`);
  return JSON.parse(readFileSync(out, 'utf8'));
}

function node(args: readonly string[], cwd: string) {
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
}
