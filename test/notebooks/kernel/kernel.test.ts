import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kernel, startKernel } from '../../../src/notebooks/kernel/kernel.js';
import { startKernelProcess } from '../../../src/notebooks/kernel/kernel-process.js';
import { collectOutputs } from '../../../src/notebooks/outputs.js';

let folder: string;
let kernel: Kernel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
  await mkdir(join(folder, 'node_modules'));
  kernel = await startKernel(folder);
});
afterAll(async () => {
  await kernel.close();
  await rm(folder, { recursive: true });
});

async function run(code: string, on = kernel) {
  const collector = collectOutputs();
  const outputs = collector.nextCell();
  const reply = await on.request('execute_request', { code }, collector.add);
  // After a failed cell tslab turns every request down for 200 ms.
  if (reply['status'] !== 'ok') await sleep(300);
  return { status: reply['status'], outputs };
}

const stdout = (text: string) => [{ output_type: 'stream', name: 'stdout', text }];

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the tslab kernel', () => {
  it('keeps variables from cell to cell and awaits at the top level', async () => {
    await run('const half: number = await Promise.resolve(21)');
    expect(await run('half * 2')).toEqual({ status: 'ok', outputs: stdout('42\n') });
  });

  it('reports a type error without running the cell', async () => {
    const { status, outputs } = await run("console.log('ran'); const text: string = 5");
    expect(status).toBe('error');
    expect(outputs).toEqual([
      { output_type: 'stream', name: 'stderr', text: expect.stringMatching(/1:27 - Type 'number'/) },
    ]);
  });

  it('shows pictures', async () => {
    const { outputs } = await run("import { display } from 'tslab'; display.svg('<svg/>')");
    expect(outputs).toEqual([
      { output_type: 'display_data', data: { 'image/svg+xml': '<svg/>' }, metadata: {} },
    ]);
  });

  it('completes names by their types', async () => {
    const reply = await kernel.request('complete_request', { code: 'Math.hyp', cursor_pos: 8 });
    expect(reply['matches']).toEqual(['hypot']);
  });

  it('loses nothing of a cell that writes 3,000 lines in one go', async () => {
    const { outputs } = await run("for (let i = 0; i < 3000; i++) console.log('line', i)");
    expect(outputs).toEqual(stdout(Array.from({ length: 3000 }, (_, i) => `line ${i}\n`).join('')));
  });

  it('does not mind when packages change under it', async () => {
    await run("import { join } from 'node:path'");
    await mkdir(join(folder, 'node_modules', 'appeared'));
    await writeFile(join(folder, 'node_modules', 'appeared', 'package.json'), '{}');
    await sleep(1500);
    expect(await run('1 + 1')).toEqual({ status: 'ok', outputs: stdout('2\n') });
  });

  it('interrupts a cell that never ends, and lives on', async () => {
    for (const code of ['while (true) {}', 'await new Promise(() => {})']) {
      const endless = run(code);
      await sleep(500);
      kernel.interrupt();
      expect((await endless).status).toBe('error');
    }
    expect((await run('half')).outputs).toEqual(stdout('21\n'));
  });

  it('fails pending requests when it is closed, and leaves no process', async () => {
    const other = await startKernel(folder);
    const { outputs } = await run('process.pid', other);
    const pid = Number(outputs[0]?.output_type === 'stream' ? outputs[0].text : Number.NaN);
    expect(isAlive(pid)).toBe(true);
    const endless = run('while (true) {}', other);
    endless.catch(() => {});
    await sleep(300);
    await other.close();
    await expect(endless).rejects.toMatchObject({ code: 'interrupted' });
    await expect(run('1', other)).rejects.toThrow(/kernel has ended/);
    expect(isAlive(pid)).toBe(false);
  });

  it('says why it could not start', async () => {
    await expect(startKernel(join(folder, 'nowhere'), 20_000)).rejects.toMatchObject({
      code: 'missing-tool',
      message: expect.stringMatching(/did not start/),
    });
  });
});

describe('the kernel process', () => {
  it('ends when its lifeline is cut, as when its parent is killed', async () => {
    const process = await startKernelProcess(folder);
    const ended = once(process.child, 'exit');
    await sleep(1500);
    process.child.stdin!.destroy();
    expect(await ended).toEqual([null, 'SIGKILL']);
    await process.kill();
  });
});
