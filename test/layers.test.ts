import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Top to bottom: a file imports from its own folder or from one listed above it. */
const LAYERS = [
  'errors.ts',
  'version.ts',
  'kernels',
  'math',
  'tables',
  'contracts',
  'sources',
  'cleaning',
  'workspace',
  'timeline',
  'labels',
  'features',
  'profiling',
  'splits',
  'models',
  'calibration',
  'evaluation',
  'explanation',
  'journey',
  'metrics',
  'value',
  'audit',
  'lead-time',
  'flags',
  'training',
  'simulation',
  'charts',
  'reports',
  'displays',
  'exports',
  'scoring',
  'notebooks',
  'index.ts',
  'cli',
];
/** Folders that may touch disk, network or the clock. */
const OUTSIDE_WORLD = ['sources', 'workspace', 'exports', 'scoring', 'notebooks', 'cli'];
/** Reads no data of the user's: the chart library's browser build, which every page carries. */
const READS_ASSETS = ['reports/chart-scripts.ts', 'kernels/workshop.ts'];

const root = resolve(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && statSync(join(root, name)).isFile(),
);
const layerOf = (file: string) => LAYERS.indexOf(file.split('/')[0]!);
const importsOf = (file: string) =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /(?:^(?:import|export)[^'"]*?from|^import|[^.\w]import\()\s*['"]([^'"]+)['"]/gm,
    ),
  ].map((match) => match[1]!);

describe('the house', () => {
  it('has no folder that the list of layers forgets', () => {
    expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
  });

  it.each(files)('%s imports only downward', (file) => {
    const upward = importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => relative(root, resolve(dirname(join(root, file)), target)).replace(/\.js$/, '.ts'))
      .filter((target) => layerOf(target) > layerOf(file) || layerOf(target) < 0);
    expect(upward).toEqual([]);
  });

  it.each(files.filter((file) => !OUTSIDE_WORLD.includes(file.split('/')[0]!)))(
    '%s leaves disk, network, clock and chance alone',
    (file) => {
      const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect(text).not.toMatch(/\bMath\.random\(|\bDate\.now\(|new Date\(\)|performance\.now\(/);
      const worldly = importsOf(file).filter((name) =>
        /^node:(fs|net|http|https|dns|child_process)/.test(name),
      );
      expect(READS_ASSETS.includes(file) ? [] : worldly).toEqual([]);
    },
  );

  it('lets the command line use the public entry alone', () => {
    const inner = files
      .filter((file) => file.startsWith('cli/'))
      .flatMap((file) => importsOf(file).filter((name) => name.startsWith('../') && name !== '../index.js'));
    expect(inner).toEqual([]);
  });
});
