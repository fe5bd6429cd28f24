import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBundle, requireBundlePlace, saveBundle } from '../../src/exports/bundle.js';
import { predictChurn } from '../../src/training/churn-model.js';
import type { Training } from '../../src/training/learn.js';
import { seedLedger } from '../flags/ledger-fixture.js';
import { saveSmall } from '../scoring/small-bundle.js';
import { makeFolder } from '../sources/table-files.js';

const folder = makeFolder();
const model = join(folder, 'model');
let training: Training;
beforeAll(async () => {
  training = await saveSmall(model);
});

describe('a saved model', () => {
  it('comes back as it was, and is plain data', async () => {
    const bundle = await loadBundle(model);
    expect(bundle).toEqual({
      model: training.model,
      recipe: training.recipe,
      card: training.card,
      flags: training.card.flags,
    });
    const row = { rows: 1, columns: training.recipe.features.map(missingColumn) };
    expect([...predictChurn(bundle.model, row)]).toEqual([...predictChurn(training.model, row)]);
  });

  it('holds the files that the format promises, each chart in three forms', () => {
    expect(readdirSync(model).sort()).toEqual([
      'card.json',
      'card.md',
      'charts',
      'checksums.txt',
      'flags.json',
      'model.json',
      'recipe.json',
      'report.html',
    ]);
    const charts = readdirSync(join(model, 'charts'));
    const names = new Set(charts.map((name) => name.replace(/\..*$/, '')));
    expect(charts).toHaveLength(3 * names.size);
    expect([...names]).toEqual(expect.arrayContaining(['reliability', 'roc', 'lift', 'profit', 'drivers']));
  });

  it('has checksums in the form of sha256sum', () => {
    const lines = readFileSync(join(model, 'checksums.txt'), 'utf8').trimEnd().split('\n');
    expect(lines).toEqual(
      ['model.json', 'recipe.json', 'card.json', 'flags.json'].map(
        (name) =>
          `${createHash('sha256')
            .update(readFileSync(join(model, name)))
            .digest('hex')}  ${name}`,
      ),
    );
  });

  it('replaces a model saved before, with the rejects of then', async () => {
    const again = join(folder, 'again');
    const rejects = [{ rowNumber: 3, column: 'use', value: '=1', reason: 'not a number' }];
    await saveBundle(again, { ...training, rejects });
    expect(readFileSync(join(again, 'rejects.csv'), 'utf8')).toContain(`3,use,'=1,not a number`);
    await requireBundlePlace(again);
    await saveBundle(again, training);
    expect(readdirSync(again)).toEqual(readdirSync(model));
  });

  it('is never put over anything else', async () => {
    const mine = join(folder, 'mine');
    mkdirSync(mine);
    for (const name of ['model.json', 'thesis.md']) writeFileSync(join(mine, name), '{}');
    const refusal = { code: 'write-failed', message: expect.stringContaining('"thesis.md"') };
    await expect(requireBundlePlace(mine)).rejects.toMatchObject(refusal);
    await expect(saveBundle(mine, training)).rejects.toMatchObject(refusal);
    expect(readdirSync(mine).sort()).toEqual(['model.json', 'thesis.md']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each(['model.json', 'recipe.json', 'card.json', 'flags.json'])(
    'is refused when a byte of %s changes',
    async (name) => {
      const changed = join(folder, 'changed');
      rmSync(changed, { recursive: true, force: true });
      cpSync(model, changed, { recursive: true });
      const bytes = readFileSync(join(changed, name));
      bytes[bytes.length - 1] = 0x20;
      writeFileSync(join(changed, name), bytes);
      await expect(loadBundle(changed)).rejects.toMatchObject({
        code: 'bad-model',
        message: expect.stringContaining(`${name} was changed after it was saved`),
      });
    },
  );
});

describe('the flags of a saved model', () => {
  it('come back through their schema', async () => {
    const flagged = join(folder, 'flagged');
    await saveBundle(flagged, { ...training, card: { ...training.card, flags: seedLedger() } });
    expect((await loadBundle(flagged)).flags).toEqual(seedLedger());
  });

  it('must be there', async () => {
    const older = join(folder, 'older');
    cpSync(model, older, { recursive: true });
    rmSync(join(older, 'flags.json'));
    const message = expect.stringMatching(/flags\.json cannot be read/);
    await expect(loadBundle(older)).rejects.toMatchObject({ code: 'bad-model', message });
  });
});

function missingColumn({ kind, name }: Training['recipe']['features'][number]) {
  return kind === 'category'
    ? { kind, name, codes: Int32Array.of(-1), levels: [] }
    : { kind: 'number' as const, name, values: Float64Array.of(Number.NaN) };
}
