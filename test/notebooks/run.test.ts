import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, writeNotebook } from '../../src/notebooks/notebook.js';
import { runNotebook } from '../../src/notebooks/run.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const code = (source: string): Cell => ({
  cell_type: 'code',
  metadata: {},
  source,
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'from an older run\n' }],
  execution_count: 9,
});

async function runCells(sources: string[], timeoutSeconds?: number) {
  const path = join(folder, 'a.ipynb');
  const cells: Cell[] = [{ cell_type: 'markdown', metadata: {}, source: '# A' }, ...sources.map(code)];
  await writeNotebook(path, { nbformat: 4, nbformat_minor: 4, metadata: {}, cells });
  const { notebook, failure } = await runNotebook(path, timeoutSeconds ? { timeoutSeconds } : {});
  const shown = notebook.cells.slice(1).map((cell) => {
    if (cell.cell_type !== 'code') return null;
    return [cell.execution_count, ...cell.outputs.map((output) => ('text' in output ? output.text : output))];
  });
  return { shown, failure };
}

describe('runNotebook', () => {
  it('runs cells in order in the folder of the notebook, and replaces old outputs', async () => {
    const { shown, failure } = await runCells(['const a = 1', '', 'console.log(a, process.cwd())']);
    expect(failure).toBeNull();
    expect(shown).toEqual([[1], [null], [2, `1 ${folder}\n`]]);
  });

  it('stops at the cell that fails and says why', async () => {
    const { shown, failure } = await runCells([
      "console.log('before')",
      "throw new RangeError('too far')",
      "console.log('after')",
    ]);
    expect(failure).toEqual({ cell: 2, message: expect.stringMatching(/RangeError: too far/) });
    expect(shown[0]).toEqual([1, 'before\n']);
    expect(shown[2]).toEqual([null]);
  });

  it('stops when time is over, and keeps what was shown until then', async () => {
    const { shown, failure } = await runCells(["console.log('began')", 'while (true) {}'], 5);
    expect(failure).toEqual({ cell: 2, message: "stopped: the run's 5 s are over" });
    expect(shown[0]).toEqual([1, 'began\n']);
  });

  it('survives a kernel that dies', async () => {
    const { failure } = await runCells(['process.exit(3)']);
    expect(failure).toEqual({ cell: 1, message: expect.stringMatching(/kernel ended \(exit code 3\)/) });
  });
});
