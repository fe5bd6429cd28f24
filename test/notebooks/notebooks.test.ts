import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startKernel } from '../../src/notebooks/kernel/kernel.js';
import { type Notebook, readNotebook } from '../../src/notebooks/notebook.js';
import { runNotebook } from '../../src/notebooks/run.js';

const folder = join(import.meta.dirname, '..', '..', 'notebooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));

/** What each cell wrote, and the kinds of picture that it showed. */
function shown({ cells }: Notebook) {
  return cells.map((cell) =>
    cell.cell_type !== 'code'
      ? cell.cell_type
      : cell.outputs.map((output) => {
          if (output.output_type === 'stream') return { [output.name]: output.text };
          return output.output_type === 'error' ? output : { shows: Object.keys(output.data) };
        }),
  );
}

// The committed outputs are part of the notebook: whoever changes them on purpose runs the notebook again
// (`runNotebook`, then `writeNotebook`) and reads its text once more.
describe('notebooks, run afresh in the tslab kernel', () => {
  it('are found', () => expect(files).toContain('01-train-and-judge.ipynb'));

  it.each(files)('%s reproduces its outputs', { timeout: 300_000 }, async (file) => {
    const { notebook, failure } = await runNotebook(join(folder, file), { timeoutSeconds: 280 });
    expect(failure).toBeNull();
    expect(shown(notebook)).toEqual(shown(await readNotebook(join(folder, file))));
  });
});

describe('01-train-and-judge', () => {
  it('claims only what its figures decide, and shows its pictures', async () => {
    const { cells } = await readNotebook(join(folder, '01-train-and-judge.ipynb'));
    const outputs = cells.flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []));
    const decided = outputs.at(-1);
    expect(decided).toMatchObject({ text: expect.stringMatching(/^(?:yes {2}.+\n){6}$/) });
    const pictures = outputs.filter((output) => 'data' in output && 'image/svg+xml' in output.data);
    expect(pictures).toHaveLength(4);
  });
});

describe('import from churnlab in a cell', () => {
  it('has types: a wrong option is reported, names are completed', async () => {
    const kernel = await startKernel(folder);
    try {
      const code = "import { simulateCompany } from 'churnlab'; simulateCompany({ seed: 1 }).tru";
      const { matches } = await kernel.request('complete_request', { code, cursor_pos: code.length });
      expect(matches).toEqual(['truth']);
      const heard: unknown[] = [];
      const wrong = "import { simulateCompany } from 'churnlab'; simulateCompany({ seed: 'one' })";
      const reply = await kernel.request('execute_request', { code: wrong }, ({ content }) =>
        heard.push(content['text']),
      );
      expect(reply['status']).toBe('error');
      expect(heard.join('')).toMatch(/Type 'string' is not assignable to type 'number'/);
    } finally {
      await kernel.close();
    }
  });
});
