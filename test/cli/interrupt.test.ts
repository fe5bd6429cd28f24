import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withInterrupt } from '../../src/cli/interrupt.js';

/** Stands for what ends the program. */
let ended: number;
const end = () => {
  ended++;
};
let others: NodeJS.SignalsListener[];
beforeEach(() => {
  ended = 0;
  others = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', end);
});
afterEach(() => {
  process.removeAllListeners('SIGINT');
  for (const listener of others) process.on('SIGINT', listener);
});

describe('withInterrupt', () => {
  it('asks the work to stop at the first Ctrl-C and lets the second end the program', async () => {
    const said: string[] = [];
    const result = await withInterrupt(
      async (signal) => {
        process.emit('SIGINT');
        expect([signal.aborted, ended]).toEqual([true, 0]);
        process.emit('SIGINT');
        expect(ended).toBe(1);
        return 'kept';
      },
      () => said.push('stopping'),
    );
    expect([result, said]).toEqual(['kept', ['stopping']]);
    expect(process.listeners('SIGINT')).toEqual([end]);
  });

  it.each([
    ['done', async () => 1],
    ['failed', async () => Promise.reject(new Error('no'))],
  ])('leaves Ctrl-C as it was when the work is %s', async (_, work) => {
    await withInterrupt(work, () => {}).catch(() => {});
    expect(process.listeners('SIGINT')).toEqual([end]);
    process.emit('SIGINT');
    expect(ended).toBe(1);
  });
});
