import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Cell, formatNotebook, writeNotebook } from '../../src/notebooks/notebook.js';
import { type RunOptions, type RunProgress, runNotebook } from '../../src/notebooks/run.js';
import { nbformatErrors } from './nbformat.js';
import { isRunning } from './processes.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const code = (source: string, tags: string[] = []): Cell => ({
  cell_type: 'code',
  metadata: tags.length > 0 ? { tags } : {},
  source,
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'from an older run\n' }],
  execution_count: 9,
});

async function runCells(cells: (string | Cell)[], options: RunOptions = {}) {
  const path = join(folder, 'a.ipynb');
  const written: Cell[] = [
    { cell_type: 'markdown', metadata: {}, source: '# A' },
    ...cells.map((cell) => (typeof cell === 'string' ? code(cell) : cell)),
  ];
  await writeNotebook(path, { nbformat: 4, nbformat_minor: 4, metadata: { title: 'A' }, cells: written });
  const run = await runNotebook(path, options);
  expect(nbformatErrors(formatNotebook(run.notebook))).toEqual([]);
  const shown = run.notebook.cells.slice(1).map((cell) => {
    if (cell.cell_type !== 'code') return null;
    return [cell.execution_count, ...cell.outputs.map((output) => ('text' in output ? output.text : output))];
  });
  return { ...run, shown };
}

/** Waits until the process of a number that a cell wrote to a file is gone. */
async function expectGone(file: string): Promise<void> {
  const pid = Number(readFileSync(file, 'utf8'));
  expect(pid).toBeGreaterThan(1);
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
}

const writePid = (file: string, pid: string) =>
  `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(file)}, String(${pid}));`;

describe('runNotebook', () => {
  it('runs cells in order in the folder of the notebook, replaces old outputs, and leaves nothing', async () => {
    const place = await mkdtemp(join(folder, 'temporary-'));
    vi.stubEnv('TMPDIR', place);
    const heard: RunProgress[] = [];
    const { shown, failure, seconds, peakMemoryBytes, notebook } = await runCells(
      [
        'const a = 1',
        '',
        'console.log(a, process.cwd())',
        `import { tmpdir } from 'node:os'; import { mkdirSync } from 'node:fs';
         mkdirSync(tmpdir() + '/left'); console.log('made');`,
      ],
      { onProgress: (progress) => heard.push(progress) },
    ).finally(() => vi.unstubAllEnvs());
    expect(failure).toBeNull();
    expect(shown).toEqual([[1], [null], [2, `1 ${folder}\n`], [3, 'made\n']]);
    expect(heard.slice(0, 2)).toEqual([
      { cell: 1, cells: 3, line: 'const a = 1', detail: null },
      { cell: 2, cells: 3, line: 'console.log(a, process.cwd())', detail: null },
    ]);
    expect(seconds).toBeGreaterThan(0);
    expect(peakMemoryBytes).toBeGreaterThan(50e6);
    expect(readdirSync(place)).toEqual([]);
    expect(notebook).toMatchObject({
      nbformat_minor: 5,
      metadata: {
        title: 'A',
        kernelspec: { name: 'churnlab', language: 'typescript' },
        language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/typescript' },
      },
    });
  });

  it('sets parameters in a cell after the one that defines them, and tells of bars that move', async () => {
    const defining = code(
      `import { z } from 'zod'; import { defineParameters, withProgressBar } from 'churnlab';
       let parameters = defineParameters({ accounts: z.int().default(800), input: z.string().default('') });`,
      ['parameters'],
    );
    const older = code('throw 1', ['injected-parameters']);
    const using = `await withProgressBar('Waiting', async () => {});
      console.log(parameters.accounts + 1, parameters.input);`;
    const details: (string | null)[] = [];
    const { notebook, failure } = await runCells([defining, older, using], {
      parameters: { accounts: '500', input: 'it\'s "here"\\' },
      onProgress: ({ detail }) => details.push(detail),
    });
    expect(failure).toBeNull();
    expect(notebook.cells.map(({ id }) => id)[2]).toBe('injected-parameters');
    expect(notebook.cells[2]).toMatchObject({
      source: `import { overrideParameters } from 'churnlab';
parameters = overrideParameters(parameters, { accounts: '500', input: 'it\\'s "here"\\\\' });`,
      metadata: { tags: ['injected-parameters'] },
    });
    const last = notebook.cells.at(-1);
    expect(last?.cell_type === 'code' && last.outputs.at(-1)).toMatchObject({ text: '501 it\'s "here"\\\n' });
    expect(details).toContain('Waiting: done');
  });

  it('refuses parameters of a notebook that takes none, before a kernel is started', async () => {
    await expect(runCells(['1'], { parameters: { accounts: '5' } })).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(/no code cell has the tag "parameters"; found accounts/),
    });
  });
});

describe('a notebook that fails', () => {
  it('stops at the cell that throws and shows it there', async () => {
    const { shown, failure } = await runCells([
      "console.log('before')",
      "\nconst far = 3;\nthrow new RangeError('too far')",
      "console.log('after')",
    ]);
    expect(failure).toEqual({
      cell: 2,
      number: 2,
      ename: 'RangeError',
      message: 'too far',
      line: 3,
      code: "throw new RangeError('too far')",
    });
    const traceback = ['RangeError: too far', '    at cell 2:3:7'];
    const error = { output_type: 'error', ename: 'RangeError', evalue: 'too far', traceback };
    expect(shown).toEqual([[1, 'before\n'], [2, error], [null]]);
  });

  it.each([
    ['a missing module', "import x from 'nowhere-at-all'", /1:15 - Cannot find module 'nowhere-at-all'/],
    ['a syntax error', 'const x = ;', /1:11 - Expression expected/],
  ])('names the place of %s', async (_, source, message) => {
    const { failure } = await runCells([source]);
    expect(failure).toMatchObject({ ename: 'TypeScriptError', line: 1, code: source });
    expect(failure?.message).toMatch(message);
  });

  it('stops when the time of the run is over, and keeps what was shown until then', async () => {
    const { shown, failure } = await runCells(["console.log('began')", 'while (true) {}'], {
      timeoutSeconds: 5,
    });
    expect(failure).toMatchObject({ cell: 2, ename: 'TimeLimit', message: "the run's 5 s are over" });
    expect(shown[0]).toEqual([1, 'began\n']);
    expect(shown[1]).toMatchObject([2, { output_type: 'error', ename: 'TimeLimit' }]);
  });

  it('kills a kernel that cannot be interrupted, with the processes that its cells have started', async () => {
    const file = join(folder, 'child');
    const { failure } = await runCells(
      [
        `import { spawn } from 'node:child_process'; const child = spawn('sleep', ['1000']);
         ${writePid(file, 'child.pid')}`,
        "console.log('loops'); while (true) await null;",
      ],
      { cellTimeoutSeconds: 1 },
    );
    expect(failure).toMatchObject({ number: 2, ename: 'TimeLimit', message: "the cell's 1 s are over" });
    await expectGone(file);
  });

  it('survives a kernel that dies, keeps its last words, and ends what it has started', async () => {
    const file = join(folder, 'orphan');
    const { failure, shown } = await runCells([
      `import { spawn } from 'node:child_process'; const child = spawn('sleep', ['1000']);
       ${writePid(file, 'child.pid')}
       console.log('last words'); process.exit(3)`,
    ]);
    expect(failure).toMatchObject({ ename: 'KernelDied', message: expect.stringMatching(/\(exit code 3\)/) });
    expect(shown[0]).toMatchObject([1, 'last words\n', { ename: 'KernelDied' }]);
    await expectGone(file);
  });

  it.each([
    ['200 MB at once', "console.log('x'.repeat(200e6))", /more than 2 MB; 198 MB after that were dropped/],
    ['lines without end', "while (true) console.log('x'.repeat(99));", /more than 2 MB; \d.* dropped/],
  ])('keeps the first part of %s and stays small itself', async (_, source, message) => {
    const before = process.memoryUsage().rss;
    const { failure, shown } = await runCells([source, '1'], { outputBytes: 2e6 });
    expect(failure).toMatchObject({
      number: 1,
      ename: 'OutputLimit',
      message: expect.stringMatching(message),
    });
    const [, text, error] = shown[0]!;
    expect(text).toHaveLength(2e6);
    expect(error).toMatchObject({ ename: 'OutputLimit' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it('stops at the limit of memory', async () => {
    const source =
      'const held = []; for (;;) { held.push(new Uint8Array(20e6).fill(1)); await new Promise((go) => setTimeout(go, 5)); }';
    const { failure, peakMemoryBytes } = await runCells([source], { memoryBytes: 600e6 });
    expect(failure).toMatchObject({
      ename: 'MemoryLimit',
      message: expect.stringMatching(/limit is 600 MB/),
    });
    expect(peakMemoryBytes).toBeGreaterThan(600e6);
  });

  it('is interrupted from outside, and keeps what was shown', async () => {
    const controller = new AbortController();
    const file = join(folder, 'kernel');
    const running = runCells(
      [`${writePid(file, 'process.pid')} console.log('began')`, 'await new Promise(() => {})', '1'],
      {
        signal: controller.signal,
        onProgress: ({ cell }) => {
          if (cell === 2) setTimeout(() => controller.abort(), 300);
        },
      },
    );
    const { failure, shown } = await running;
    expect(failure).toMatchObject({ number: 2, ename: 'Interrupted' });
    expect(shown).toMatchObject([[1, 'began\n'], [2, { ename: 'Interrupted' }], [null]]);
    await expectGone(file);
  });
});
