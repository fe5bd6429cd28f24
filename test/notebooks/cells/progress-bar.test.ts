import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type UpdateProgress, withProgressBar } from '../../../src/notebooks/cells/progress-bar.js';
import { HOSTILE } from '../../reports/card-fixture.js';

/** A kernel of another installation, as far as cells see it. */
const PATH = '/elsewhere/lib/node_modules/tslab/dist/jupyter.js';
const { cache } = createRequire(import.meta.url);
const write = vi.fn();

interface Shown {
  data: { 'text/plain': string; 'text/html': string };
  transient: { display_id: string };
}
const shown = () =>
  write.mock.calls.map(([content, update]) => ({ ...(content as Shown), update: update as boolean }));
const texts = () => shown().map(({ data }) => data['text/plain'].replaceAll('\u00a0', ' '));

function standIn(exports: object): void {
  cache[PATH] = { exports } as NodeJS.Module;
}

let now = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  standIn({ lastWriteDisplayData: write });
});
afterEach(() => {
  delete cache[PATH];
  vi.restoreAllMocks();
  write.mockReset();
});

/** Work that reports at the given times. */
const reports =
  (steps: readonly (readonly [ms: number, label: string, share: number])[]) =>
  async (update: UpdateProgress) => {
    const start = now;
    for (const [ms, label, share] of steps) {
      now = start + ms;
      update(label, share);
    }
    return 'result';
  };

describe('withProgressBar', () => {
  it('draws share and time left in place, and leaves one line', async () => {
    const work = reports([
      [400, 'folds', 0.01],
      [3_000, 'folds', 0.25],
      [30_000, 'all rows', 0.1],
      [31_000, 'all rows', 1],
    ]);
    expect(await withProgressBar('Training', work)).toBe('result');
    expect(texts()).toEqual([
      '░░░░░░░░░░░░░░░░░░░░ 0 % Training',
      '░░░░░░░░░░░░░░░░░░░░ 1 % Training: folds',
      '█████░░░░░░░░░░░░░░░ 25 % Training: folds, about 9 s left',
      '██░░░░░░░░░░░░░░░░░░ 10 % Training: all rows, about 5 min left',
      '████████████████████ 100 % Training: all rows',
      'Training: done',
    ]);
    expect(shown().map(({ update }) => update)).toEqual([false, true, true, true, true, true]);
    expect(new Set(shown().map(({ transient }) => transient.display_id)).size).toBe(1);
    expect(shown()[2]!.data['text/html']).toBe(
      '<div><progress max="100" value="25" aria-label="Training: folds"></progress> 25\u00a0% Training: folds, about 9\u00a0s left</div>',
    );
  });

  it('draws at most four times a second', async () => {
    await withProgressBar(
      'T',
      reports(Array.from({ length: 1000 }, (_, ms) => [ms, 'x', ms / 1000] as const)),
    );
    expect(shown()).toHaveLength(1 + 3 + 1);
  });

  it('says that it failed, and throws on', async () => {
    const fault = new Error('no');
    await expect(withProgressBar('Search', () => Promise.reject(fault))).rejects.toBe(fault);
    expect(texts().at(-1)).toBe('Search: failed');
    expect(shown().at(-1)!.data['text/html']).toBe('<p>Search: failed</p>');
  });

  it('hears nothing once it is over', async () => {
    let late: UpdateProgress = () => {};
    await withProgressBar('T', async (update) => {
      late = update;
    });
    now += 10_000;
    late('late', 0.5);
    expect(texts().at(-1)).toBe('T: done');
  });

  it('keeps shares within the bar, and names from becoming markup', async () => {
    const work = reports([
      [1_000, HOSTILE.html, -1],
      [2_000, HOSTILE.terminal, Number.NaN],
      [3_000, 'x', 7],
    ]);
    await withProgressBar(HOSTILE.script, work);
    expect(texts().map((text) => /(\d+) %/.exec(text)?.[1])).toEqual(['0', '0', '0', '100', undefined]);
    for (const { data } of shown()) {
      expect(data['text/html'].replace(/<\/?(div|p|progress)( [a-z-]+="[^"<>]*")*>/g, '')).not.toMatch(
        /[<>"]/,
      );
      expect(data['text/plain']).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    }
  });

  it('finds the tslab that runs a cell beside one that is merely loaded', async () => {
    const other = PATH.replace('elsewhere', 'nearby');
    cache[other] = cache[PATH];
    standIn({ lastWriteDisplayData: null });
    await withProgressBar('Training', reports([]));
    delete cache[other];
    expect(texts().at(-1)).toBe('Training: done');
  });

  it('writes the last line alone outside a notebook, also beside a tslab that runs no cell', async () => {
    standIn({ lastWriteDisplayData: null });
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await withProgressBar('Training', reports([[1_000, 'x', 0.5]]));
    expect(stderr.mock.calls).toEqual([['Training: done\n']]);
    expect(write).not.toHaveBeenCalled();
  });
});
