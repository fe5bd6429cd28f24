import { describe, expect, it } from 'vitest';
import { memoryOfStatus, readMemory } from '../../../src/notebooks/kernel/memory.js';

describe('readMemory', () => {
  it('agrees with what a process says about itself', async () => {
    const memory = await readMemory(process.pid);
    const own = process.memoryUsage().rss;
    expect(Math.abs(memory!.bytes - own) / own).toBeLessThan(0.2);
    expect(memory!.peakBytes).toBeGreaterThanOrEqual(memory!.bytes);
  });

  it('knows nothing of a process that is not there or is ending', async () => {
    expect(await readMemory(2 ** 30)).toBeNull();
    expect(memoryOfStatus('Name:\tnode\nState:\tZ (zombie)\n')).toBeNull();
  });

  it('reads kibibytes', () => {
    const status = 'VmPeak:\t  999 kB\nVmHWM:\t    20 kB\nVmRSS:\t    10 kB\n';
    expect(memoryOfStatus(status)).toEqual({ bytes: 10_240, peakBytes: 20_480 });
  });
});
