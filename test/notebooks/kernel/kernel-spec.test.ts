import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installKernel, jupyterDataFolder } from '../../../src/notebooks/kernel/kernel-spec.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('jupyterDataFolder', () => {
  it.each([
    ['linux', {}, '/home/a/.local/share/jupyter'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/jupyter'],
    ['linux', { XDG_DATA_HOME: '/data', JUPYTER_DATA_DIR: '/own' }, '/own'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/a/Library/Jupyter'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/jupyter'],
    ['win32', {}, '/home/a/.jupyter/data'],
  ] as const)('is on %s with %j where Jupyter looks', (platform, env, place) => {
    expect(jupyterDataFolder(env, platform, '/home/a')).toBe(place);
  });
});

describe('installKernel', () => {
  it('writes a kernel for one environment that names programs which are there', async () => {
    const place = await installKernel(folder);
    expect(place).toBe(join(folder, 'share', 'jupyter', 'kernels', 'churnlab'));
    const { argv, ...rest } = JSON.parse(await readFile(join(place, 'kernel.json'), 'utf8'));
    expect(rest).toEqual({
      display_name: 'TypeScript (churnlab)',
      language: 'typescript',
      interrupt_mode: 'signal',
    });
    expect(argv[0]).toBe(process.execPath);
    expect(existsSync(argv[1])).toBe(true);
    expect(argv.slice(2)).toEqual(['{connection_file}']);
    expect(await installKernel(folder)).toBe(place);
  });
});
