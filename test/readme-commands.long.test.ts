import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

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
    cpSync(join(root, 'notebooks'), join(folder, 'notebooks'), { recursive: true });
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
