import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.js';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = ['.', 'docs', 'data', 'models', 'examples', 'notebooks', 'test', 'bench'].flatMap(
  (folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
);
const packageJson = JSON.parse(read('package.json'));

describe('documents', () => {
  it.each(documents)('%s links to files that exist', (document) => {
    const targets = [...read(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    const broken = targets.filter(
      (target) => !/^[a-z]+:/.test(target) && !existsSync(resolve(root, dirname(document), target)),
    );
    expect(broken).toEqual([]);
  });

  it.each(documents)('%s names npm scripts that exist', (document) => {
    const named = [...read(document).matchAll(/npm (?:run (?:-s )?([\w:]+)|(test|start)\b)/g)].map(
      (m) => m[1] ?? m[2]!,
    );
    expect(named.filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  it('agree on the version', () => {
    expect(VERSION).toBe(packageJson.version);
    expect(read('CHANGELOG.md')).toContain(`## ${VERSION}`);
  });
});

/** Commands of the README's shell blocks that call the program, in order. */
const commands = [...read('README.md').matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap((block) => block[1]!.replaceAll('\\\n', ' ').split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line.startsWith('npm run -s churnlab -- ') || line === 'npm start')
  // A smaller company than `npm start` takes; the whole one is run by `.ci/run`.
  .map((line) =>
    line === 'npm start' ? 'demo --accounts 300' : line.replace('npm run -s churnlab -- ', ''),
  );

describe('README commands, run one after another in an empty folder', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'churnlab-readme-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are there', () => {
    expect(commands.length).toBeGreaterThan(3);
  });

  it.each(commands)('%s', (command) => {
    const run = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${join(root, 'dist/cli/main.js')}" ${command}`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(run.stderr + run.stdout).not.toContain('churnlab: ');
    expect(run.status).toBe(0);
  });
});
