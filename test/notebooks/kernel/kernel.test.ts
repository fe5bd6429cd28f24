import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Kernel, startKernel } from '../../../src/notebooks/kernel/kernel.js';
import { kernelEntry } from '../../../src/notebooks/kernel/kernel-entry.js';
import { startKernelProcess } from '../../../src/notebooks/kernel/kernel-process.js';
import { collectOutputs } from '../../../src/notebooks/outputs.js';
import { isRunning } from '../processes.js';

let folder: string;
let kernel: Kernel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
  await writeOwnPackage('export declare const first: number;');
  kernel = await startKernel(folder);
});
afterAll(async () => {
  await kernel.close();
  await rm(folder, { recursive: true });
});

/** A package that the folder of the notebook has itself. */
async function writeOwnPackage(types: string): Promise<void> {
  const place = join(folder, 'node_modules', 'own');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), '{ "name": "own", "types": "index.d.ts" }');
  await writeFile(join(place, 'index.d.ts'), types);
}

async function completions(code: string, on = kernel): Promise<unknown> {
  return (await on.request('complete_request', { code, cursor_pos: code.length }))['matches'];
}

async function run(code: string, on = kernel) {
  const collector = collectOutputs();
  const outputs = collector.nextCell();
  const reply = await on.request('execute_request', { code }, collector.add);
  // After a failed cell tslab turns every request down for 200 ms.
  if (reply['status'] !== 'ok') await sleep(300);
  return { status: reply['status'], outputs, line: reply['line'] };
}

const stdout = (text: string) => [{ output_type: 'stream', name: 'stdout', text }];

describe('the tslab kernel', () => {
  it('keeps variables from cell to cell and awaits at the top level', async () => {
    await run('const half: number = await Promise.resolve(21)');
    expect(await run('half * 2')).toMatchObject({ status: 'ok', outputs: stdout('42\n') });
  });

  it('reports a type error without running the cell', async () => {
    const { status, outputs } = await run("console.log('ran'); const text: string = 5");
    expect(status).toBe('error');
    const message = "1:27 - Type 'number' is not assignable to type 'string'.";
    const traceback = [message, "  console.log('ran'); const text: string = 5", `  ${' '.repeat(26)}^`];
    expect(outputs).toEqual([{ output_type: 'error', ename: 'TypeScriptError', evalue: message, traceback }]);
  });

  it('reports what a cell threw, with lines of the cells as they were written, and nothing of its inside', async () => {
    await run(`interface Step { size: number }
      const go = (step: Step): never => {
        throw new RangeError('too far', { cause: new Error(\`size \${step.size}\`) });
      };`);
    const { outputs, line } = await run('const a = 1;\nawait Promise.resolve();\ngo({ size: 2 });');
    expect(outputs).toMatchObject([{ output_type: 'error', ename: 'RangeError', evalue: 'too far' }]);
    const traceback = outputs[0]?.output_type === 'error' ? outputs[0].traceback : [];
    expect(traceback.map((part) => part.replace(/cell \d+/, 'cell N'))).toEqual([
      'RangeError: too far',
      '    at go (cell N:3:15)',
      '    at cell N:3:1',
      'caused by Error: size 2',
      '    at go (cell N:3:50)',
      '    at cell N:3:1',
    ]);
    expect(line).toBe(3);
    expect(await run("throw 'a word'")).toMatchObject({ outputs: [{ ename: 'Thrown', evalue: 'a word' }] });
  });

  it('knows the short form of a name from an earlier cell, in objects and in patterns', async () => {
    await run('let seed = 1; let plan = "";');
    await run('({ seed, plan = "basic" } = { seed: 2 } as { seed: number; plan?: string })');
    expect((await run('console.log({ seed, plan })')).outputs).toEqual(
      stdout("{ seed: 2, plan: 'basic' }\n"),
    );
  });

  it('answers a question about comms, which widgets ask', async () => {
    expect(await kernel.request('comm_info_request', {})).toEqual({ status: 'ok', comms: {} });
  });

  it('answers one request after the other, so that it is busy until a cell is done', async () => {
    const order: string[] = [];
    const cell = run('await new Promise((resolve) => setTimeout(resolve, 300));').then(() =>
      order.push('cell'),
    );
    const question = completions('Math.hyp').then(() => order.push('question'));
    await Promise.all([cell, question]);
    expect(order).toEqual(['cell', 'question']);
  });

  it('says which language it is', () => {
    expect(kernel.languageInfo).toMatchObject({
      name: 'typescript',
      file_extension: '.ts',
      version: '5.0.4',
    });
  });

  it('shows pictures', async () => {
    const { outputs } = await run("import { display } from 'tslab'; display.svg('<svg/>')");
    expect(outputs).toEqual([
      { output_type: 'display_data', data: { 'image/svg+xml': '<svg/>' }, metadata: {} },
    ]);
  });

  it('completes names by their types', async () => {
    expect(await completions('Math.hyp')).toEqual(['hypot']);
  });

  it('imports churnlab, and zod and arquero with it, where they are not installed', async () => {
    const code = `import { simulateCompany } from 'churnlab'; import { z } from 'zod'; import { op } from 'arquero';
      import { sep } from 'node:path';
      const count: number = simulateCompany({ accounts: 60, seed: 1 }).rows - z.int().parse(0) - op.abs(0);
      console.log(count > 0, sep);`;
    expect((await run(code)).outputs).toEqual(stdout('true /\n'));
    expect(await completions('simulateCompany({ seed: 1 }).tru')).toEqual(['truth']);
    const wrong = await run("simulateCompany({ seed: 'one' })");
    expect(wrong.outputs).toMatchObject([{ evalue: expect.stringMatching(/'string' is not assignable/) }]);
    const missing = await run("import 'node:fs'; require('nowhere-at-all')");
    expect(missing.outputs).toMatchObject([{ evalue: expect.stringMatching(/Cannot find module 'nowhere/) }]);
  });

  it('hands types that are not installed there from cell to cell, those of Arquero too', async () => {
    const first = `import { cardSchema, openInput, toArquero } from 'churnlab';
      const input = await openInput('', { scenario: 'flat-table', accounts: 50, seed: 1 });
      const schema = cardSchema;
      const table = input.kind === 'table' ? await toArquero(input.table.raw) : null;`;
    expect((await run(first)).outputs).toEqual([]);
    const again = "const other = await openInput('', { scenario: 'flat-table', accounts: 50, seed: 2 });";
    expect((await run(again)).outputs).toEqual([]);
    const second = await run("const plans = table.groupby('plan').count(); console.log(plans.numCols());");
    expect(second.outputs).toEqual(stdout('2\n'));
    expect(await completions('plans.numRo')).toEqual(['numRows']);
  });

  it('takes a package from the folder of the notebook where it is there', async () => {
    expect(await completions("import * as own from 'own'; own.")).toEqual(['first']);
  });

  it('loses nothing of a cell that writes 3,000 lines in one go, and sends them together', async () => {
    const messages: string[] = [];
    const code = "for (let i = 0; i < 3000; i++) console.log('line', i)";
    await kernel.request('execute_request', { code }, ({ type }) => messages.push(type));
    expect(messages.length).toBeLessThan(30);
    const { outputs } = await run(code);
    expect(outputs).toEqual(stdout(Array.from({ length: 3000 }, (_, i) => `line ${i}\n`).join('')));
  });

  it('does not mind when packages change under it', async () => {
    await run("import { join } from 'node:path'");
    await mkdir(join(folder, 'node_modules', 'appeared'));
    await writeFile(join(folder, 'node_modules', 'appeared', 'package.json'), '{}');
    await sleep(1500);
    expect(await run('1 + 1')).toMatchObject({ status: 'ok', outputs: stdout('2\n') });
  });

  it('interrupts a cell that never ends, and lives on', async () => {
    for (const code of ['while (true) {}', 'await new Promise(() => {})']) {
      const endless = run(code);
      await sleep(500);
      kernel.interrupt();
      expect((await endless).outputs).toMatchObject([{ ename: 'Interrupted' }]);
    }
    expect((await run('half')).outputs).toEqual(stdout('21\n'));
  });

  it('sees packages as they are when it starts; closed, it fails requests and leaves no process', async () => {
    await writeOwnPackage('export declare const second: number;');
    const other = await startKernel(folder);
    // What was built anew is seen by kernels that start then.
    expect(await completions("import * as own from 'own'; own.", other)).toEqual(['second']);
    const { outputs } = await run('process.pid', other);
    const pid = Number(outputs[0]?.output_type === 'stream' ? outputs[0].text : Number.NaN);
    expect(isRunning(pid)).toBe(true);
    const endless = run('while (true) {}', other);
    endless.catch(() => {});
    await sleep(300);
    await other.close();
    await expect(endless).rejects.toMatchObject({ code: 'interrupted' });
    await expect(run('1', other)).rejects.toThrow(/kernel has ended/);
    expect(isRunning(pid)).toBe(false);
  });

  it('says why it could not start', async () => {
    await expect(startKernel(join(folder, 'nowhere'), { timeoutMs: 20_000 })).rejects.toMatchObject({
      code: 'missing-tool',
      message: expect.stringMatching(/did not start/),
    });
  });
});

describe('the kernel process', () => {
  it('ends when its lifeline is cut, as when its parent is killed', async () => {
    const process = await startKernelProcess(folder, 1e6);
    const ended = once(process.child, 'exit');
    await sleep(1500);
    process.child.stdin!.destroy();
    expect(await ended).toEqual([null, 'SIGKILL']);
    await process.kill();
  });

  it('ends with its parent where it has no lifeline, as under Jupyter', async () => {
    const connection = {
      transport: 'ipc',
      ip: join(folder, 'jupyter'),
      key: '',
      signature_scheme: 'hmac-sha256',
    };
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    const file = join(folder, 'connection.json');
    await writeFile(file, JSON.stringify({ ...connection, ...ports }));
    const start = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ${JSON.stringify([kernelEntry(), file])}, { stdio: 'ignore', detached: true });
      console.log(child.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(globalThis.process.execPath, ['-e', start], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    await vi.waitFor(() => expect(existsSync(join(folder, 'jupyter:1'))).toBe(true), { timeout: 30_000 });
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
  });

  it('sends no more than it may, and says how much it dropped', async () => {
    const kernel = await startKernel(folder, { outputBytes: 1000 });
    try {
      const { outputs } = await run("console.log('ä'.repeat(800)); console.log('later')", kernel);
      expect(outputs).toEqual(stdout('ä'.repeat(500)));
    } finally {
      await kernel.close();
    }
  });
});
