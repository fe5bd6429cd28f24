import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFolderAtomically, writeTextAtomically } from '../../../src/sources/writing/atomic-writes.js';
import { makeFolder } from '../table-files.js';

describe('writeTextAtomically', () => {
  it('writes a file or replaces it, and leaves nothing else', async () => {
    const folder = makeFolder();
    const path = join(folder, 'card.json');
    await writeTextAtomically(path, 'first');
    await writeTextAtomically(path, 'second é');
    expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['card.json'], 'second é']);
  });

  it('never replaces what is no regular file', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'taken'));
    for (const path of [join(folder, 'taken'), '/dev/null']) {
      await expect(writeTextAtomically(path, 'x')).rejects.toMatchObject({
        code: 'write-failed',
        message: `cannot write ${path}: it is there and is no regular file`,
      });
    }
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(statSync('/dev/null').isFile()).toBe(false);
  });
});

describe('writeFolderAtomically', () => {
  it('writes a folder, with folders inside, and replaces the one before as a whole', async () => {
    const folder = makeFolder();
    const model = join(folder, 'models', 'first');
    await writeFolderAtomically(model, { 'model.json': '{}', 'charts/lift.svg': '<svg/>', old: 'gone soon' });
    await writeFolderAtomically(`${model}/`, {
      'model.json': '{"a":1}',
      'charts/lift.png': Uint8Array.of(1, 2),
    });
    expect(readdirSync(join(folder, 'models'))).toEqual(['first']);
    expect(readdirSync(model, { recursive: true }).sort()).toEqual([
      'charts',
      'charts/lift.png',
      'model.json',
    ]);
    expect(readFileSync(join(model, 'model.json'), 'utf8')).toBe('{"a":1}');
  });

  it('fills an empty folder, and leaves a folder of other things alone', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'empty'));
    await writeFolderAtomically(join(folder, 'empty'), { 'model.json': '{}' });
    mkdirSync(join(folder, 'thesis'));
    writeFileSync(join(folder, 'thesis', 'chapter.md'), 'years of work');
    await expect(writeFolderAtomically(join(folder, 'thesis'), { 'model.json': '{}' })).rejects.toMatchObject(
      {
        code: 'write-failed',
        message: expect.stringContaining('something else has that name (none of model.json is in it)'),
      },
    );
    expect(readdirSync(folder).sort()).toEqual(['empty', 'thesis']);
    expect(readdirSync(join(folder, 'thesis'))).toEqual(['chapter.md']);
  });

  it('writes nothing outside of the folder', async () => {
    const folder = makeFolder();
    await expect(writeFolderAtomically(join(folder, 'model'), { '../escaped': 'x' })).rejects.toMatchObject({
      code: 'internal',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
