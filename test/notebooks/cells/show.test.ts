import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rocChart } from '../../../src/charts/roc.js';
import { displayBundle } from '../../../src/displays/display-bundle.js';
import { show } from '../../../src/notebooks/cells/show.js';
import { type Kernel, startKernel } from '../../../src/notebooks/kernel/kernel.js';
import type { Message } from '../../../src/notebooks/kernel/message.js';
import { collectOutputs } from '../../../src/notebooks/outputs.js';
import { signalCard } from '../../reports/card-fixture.js';

const chart = rocChart(signalCard().evaluation);
let kernel: Kernel;
beforeAll(async () => {
  kernel = await startKernel(resolve(import.meta.dirname, '../../..'));
  await run(`import { show, withProgressBar } from 'churnlab';\nconst chart = ${JSON.stringify(chart)};`);
});
afterAll(() => kernel.close());

async function run(code: string) {
  const collector = collectOutputs();
  const outputs = collector.nextCell();
  const messages: Message[] = [];
  const reply = await kernel.request('execute_request', { code }, (message) => {
    messages.push(message);
    collector.add(message);
  });
  return { status: reply['status'], outputs, messages };
}

describe('show', () => {
  it('sends all forms of a value in one message', async () => {
    const { outputs } = await run("await show([{ plan: 'a', churn: 0.1 }], { units: { churn: 'percent' } })");
    const { data } = await displayBundle([{ plan: 'a', churn: 0.1 }], { units: { churn: 'percent' } });
    expect(outputs).toEqual([{ output_type: 'display_data', data, metadata: {} }]);
  });

  it('shows charts one after the other, with what is printed in its place', async () => {
    const { data } = await displayBundle(chart);
    const shown = { output_type: 'display_data', data: JSON.parse(JSON.stringify(data)), metadata: {} };
    const printed = (text: string) => ({ output_type: 'stream', name: 'stdout', text });
    const { outputs } = await run("console.log('before'); await show([chart, chart]); console.log('after');");
    expect(outputs).toEqual([printed('before\n'), shown, shown, printed('after\n')]);
  });

  it('never appears under a later cell when nobody waits for it', async () => {
    const began = run('void show([chart, chart, chart]);');
    const { outputs } = await run('await new Promise((done) => setTimeout(done, 1000))');
    expect((await began).status).toBe('ok');
    expect(outputs).toEqual([]);
  });

  it('makes the cell fail when options do not fit', async () => {
    const { status, outputs } = await run("await show([{ a: 1 }], { columns: ['b'] })");
    expect(status).toBe('error');
    expect(JSON.stringify(outputs)).toContain('there is no column \\"b\\"');
    // After a failed cell tslab turns every request down for 200 ms.
    await sleep(300);
  });

  it('prints the text outside a notebook', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await show([{ a: 1 }]);
    const written = write.mock.calls.map(([text]) => text);
    write.mockRestore();
    expect(written).toEqual(['a\n1\n']);
  });
});

describe('a progress bar in a notebook', () => {
  it('moves in place and leaves one line', async () => {
    const { outputs, messages } = await run(`await withProgressBar('Training', async (update) => {
      await new Promise((done) => setTimeout(done, 300));
      update('folds', 0.5);
    });`);
    expect(messages.map(({ type }) => type)).toEqual([
      'display_data',
      'update_display_data',
      'update_display_data',
    ]);
    expect(outputs).toEqual([
      {
        output_type: 'display_data',
        data: { 'text/plain': 'Training: done', 'text/html': '<p>Training: done</p>' },
        metadata: {},
      },
    ]);
  });
});
