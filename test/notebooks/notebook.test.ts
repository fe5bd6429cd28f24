import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatNotebook, readNotebook, writeNotebook } from '../../src/notebooks/notebook.js';
import { nbformatErrors } from './nbformat.js';

const fixture = join(import.meta.dirname, 'fixtures', 'written-by-nbformat.ipynb');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(text: string): Promise<string> {
  const path = join(folder, 'a.ipynb');
  await writeFile(path, text);
  return path;
}

describe('notebooks as files', () => {
  it('are held to the official schema by a check that finds what is wrong', async () => {
    expect(nbformatErrors(await readFile(fixture, 'utf8'))).toEqual([]);
    const text = formatNotebook({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [{ cell_type: 'markdown', metadata: {}, source: 'without an id' }],
    });
    expect(nbformatErrors(text).join()).toMatch(/"id"/);
  });

  it('gives back the bytes that nbformat wrote', async () => {
    expect(formatNotebook(await readNotebook(fixture))).toBe(await readFile(fixture, 'utf8'));
  });

  it('joins lines to texts, but leaves JSON as it is', async () => {
    const { cells } = await readNotebook(fixture);
    expect(cells[0]!.source).toBe('# Größe\n\nline two  \n');
    const outputs = cells[1]!.cell_type === 'code' ? cells[1]!.outputs : [];
    expect(outputs[0]).toEqual({ output_type: 'stream', name: 'stdout', text: '1\nno newline' });
    expect(outputs[2]).toMatchObject({ data: { 'image/svg+xml': '<svg>\n</svg>' } });
    expect(outputs[3]).toMatchObject({ data: { 'application/json': { b: ['x\n'], a: 'y\nz' } } });
  });

  it('writes what it reads', async () => {
    const path = join(folder, 'b.ipynb');
    await writeNotebook(path, await readNotebook(fixture));
    expect(await readNotebook(path)).toEqual(await readNotebook(fixture));
  });

  it.each([
    ['no JSON', '{"cells": [', /a\.ipynb is no JSON/],
    ['format 3', '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "cells": []}', /format 4: nbformat/],
    [
      'an unknown kind of cell',
      '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "sql"}]}',
      /cells\.0\.cell_type/,
    ],
  ])('refuses %s', async (_, text, message) => {
    await expect(readNotebook(await written(text))).rejects.toThrow(message);
  });

  it('refuses a file that is not there', async () => {
    await expect(readNotebook(join(folder, 'none.ipynb'))).rejects.toMatchObject({ code: 'bad-file' });
  });
});
