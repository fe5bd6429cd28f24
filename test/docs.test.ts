import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.js';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = [
  '.',
  'docs',
  'docs/api',
  'data',
  'models',
  'examples',
  'notebooks',
  'test',
  'bench',
].flatMap((folder) =>
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
