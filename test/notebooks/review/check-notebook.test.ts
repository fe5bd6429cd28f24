import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Notebook, writeNotebook } from '../../../src/notebooks/notebook.js';
import { checkNotebook } from '../../../src/notebooks/review/check-notebook.js';
import { notebookOf, prints } from './notebooks.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function check(notebook: Notebook, tolerance?: number) {
  const path = join(folder, 'a.ipynb');
  await writeNotebook(path, notebook);
  const before = await readFile(path, 'utf8');
  const findings = await checkNotebook(path, tolerance === undefined ? {} : { tolerance });
  expect(await readFile(path, 'utf8')).toBe(before);
  return findings.map(({ kind, cell, message }) => `${cell} ${kind}: ${message}`);
}

// One kernel for each: 1.5 seconds.
describe('checkNotebook', () => {
  it('finds nothing in a notebook that says what its code says', async () => {
    const notebook = notebookOf(
      { source: 'const auc = 0.848;', metadata: { tags: ['anything'] } },
      { source: 'console.log("AUC", auc);', outputs: [prints('AUC 0.8480001\n')] },
      { source: 'console.log(Date.now());', metadata: { tags: ['volatile'] }, outputs: [prints('1\n')] },
    );
    expect(await check(notebook, 1e-3)).toEqual([]);
  });

  it('tells all that is wrong at once, and compares as far as the run came', async () => {
    const notebook = notebookOf(
      { source: "console.log('AUC', 0.851);", outputs: [prints('AUC 0.848\n')] },
      "const file = '/home/me/x.csv';",
      { source: 'console.log(1)', execution_count: null },
      "import x from 'nowhere'; const n: number = 'a'; later; gone; Math.random();",
      { source: 'const later = 1;', outputs: [prints('never reached\n')] },
    );
    expect(await check(notebook)).toEqual([
      '0 stale: AUC 0.848 → 0.851',
      '1 absolute-path: line 1: /home/me/x.csv is a place on one machine; write it relative to the notebook',
      '2 not-run: has not been run since it was changed',
      '3 out-of-order: cells ran in the order 1, 2, 4, 5, not 1 to 4 in a fresh kernel',
      '3 undeclared-randomness: line 1: Math.random is different in each run; use seededRandom(seed)',
      '3 missing-module: module nowhere is not found; npm install nowhere, or correct the name',
      "3 type-error: line 1: Type 'string' is not assignable to type 'number'.",
      '3 hidden-state: later is not known here; a cell further down defines it: cells ran out of order',
      "3 hidden-state: gone is not known here; no cell defines it: it came from a cell that is gone, or lived on in the kernel's memory",
    ]);
  });

  it('tells broken syntax once', async () => {
    expect(await check(notebookOf('let a: = 2;'))).toEqual(['0 syntax-error: line 1: Type expected.']);
  });
});
