import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVENANCE_TYPE, VEGA_LITE_TYPE } from '../../src/displays/mime-bundle.js';
import { type Output, readNotebook } from '../../src/notebooks/notebook.js';
import { checkNotebook } from '../../src/notebooks/review/check-notebook.js';

const folder = join(import.meta.dirname, '..', '..', 'notebooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));

async function outputsOf(file: string): Promise<Output[]> {
  const { cells } = await readNotebook(join(folder, file));
  return cells.flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []));
}

const shown = (outputs: readonly Output[], type: string) =>
  outputs.flatMap((output) => ('data' in output && type in output.data ? [String(output.data[type])] : []));

// The committed outputs are part of the notebook: whoever changes them on purpose runs it again
// (`churnlab notebooks run`) and reads its text once more.
describe('notebooks, run afresh in the real kernel', () => {
  it.concurrent.each(files)('%s gives the committed outputs', { timeout: 300_000 }, async (file) => {
    expect(await checkNotebook(join(folder, file), { timeoutSeconds: 280 })).toEqual([]);
  });
});

describe.each(files)('%s', (file) => {
  it('asks one question, and decides every claim by its figures', async () => {
    const { cells } = await readNotebook(join(folder, file));
    expect(cells[0]).toMatchObject({
      cell_type: 'markdown',
      source: expect.stringMatching(/^# .+\n\n\*\*Question\.\*\*/),
    });
    const answer = shown(await outputsOf(file), 'text/plain').find((text) =>
      /^The (?:claims, decided|myths, held)/.test(text),
    );
    expect(answer?.split('\n').length).toBeGreaterThan(4);
    expect(answer).not.toMatch(/ no$/m);
  });

  it('draws, and ends with where its outputs came from', async () => {
    const outputs = await outputsOf(file);
    expect(shown(outputs, VEGA_LITE_TYPE).length).toBeGreaterThan(0);
    expect(shown(outputs, 'image/svg+xml')).toHaveLength(shown(outputs, VEGA_LITE_TYPE).length);
    expect(shown(outputs.slice(-1), PROVENANCE_TYPE)).toHaveLength(1);
  });

  it('names no place of the machine it ran on', () => {
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/\/(?:home|root|tmp|Users|work)\//);
  });
});
