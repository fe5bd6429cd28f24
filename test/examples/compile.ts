import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readApi } from '../../api-docs/read-api.js';
import { readGiven } from '../../api-docs/read-given.js';
import { examplesOf, moduleOf } from './examples.js';

const root = resolve(import.meta.dirname, '../..');
/** Inside the package, so that `churnlab` is found there as in a notebook of the user's. */
export const BUILD = join(root, 'build/examples');

/** What is public, and the examples in its doc comments. */
export const api = readApi().filter(({ isExported }) => isExported);
export const examples = examplesOf(api);

/**
 * Compiles every example as a module of its own, beside the prelude and the program that runs them all.
 *
 * @returns what the compiler complains about, one line each: `auc.ts(5,1): error …`
 */
export function compileExamples(): string[] {
  rmSync(BUILD, { recursive: true, force: true });
  mkdirSync(BUILD, { recursive: true });
  for (const file of ['prelude.ts', 'run.ts'])
    copyFileSync(join(import.meta.dirname, file), join(BUILD, file));
  const exported = new Map(api.map((entry) => [entry.name, entry]));
  const given = new Set(readGiven().map(({ name }) => name));
  for (const example of examples) {
    writeFileSync(join(BUILD, `${example.name}.ts`), moduleOf(example, exported, given));
  }
  writeFileSync(join(BUILD, 'list.json'), JSON.stringify(examples.map(({ name }) => name)));
  writeFileSync(join(BUILD, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = runNode([compiler, '-p', 'tsconfig.json', '--pretty', 'false'], BUILD);
  return stdout.split('\n').filter((line) => /\berror TS\d+/.test(line));
}

/** As strict as the project is with itself, but for what an example declares only to show it. */
const TSCONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: { noEmit: false, noUnusedLocals: false, rootDir: '.' },
  include: ['*.ts'],
};

export function runNode(args: readonly string[], cwd: string) {
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
}
