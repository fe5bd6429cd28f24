import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  requireFilePlace,
  writeFolderAtomically,
  writeTextAtomically,
} from '../../../src/sources/writing/atomic-writes.js';
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

describe('requireFilePlace', () => {
  it('leaves nothing, and refuses where no file can be written', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'old.json'), 'old');
    await requireFilePlace(join(folder, 'new.json'));
    await requireFilePlace(join(folder, 'old.json'));
    expect(readdirSync(folder)).toEqual(['old.json']);
    expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old');
    for (const path of [folder, join(folder, 'nowhere', 'new.json')]) {
      await expect(requireFilePlace(path)).rejects.toMatchObject({ code: 'write-failed' });
    }
  });
});

describe('writeFolderAtomically', () => {
  it('writes a folder, with folders inside, and replaces the one before as a whole', async () => {
    const folder = makeFolder();
    const model = join(folder, 'models', 'first');
    await writeFolderAtomically(model, { 'model.json': '{}', 'charts/lift.svg': '<svg/>', old: 'gone soon' });
    const next = { 'model.json': '{"a":1}', 'charts/lift.png': Uint8Array.of(1, 2) };
    await writeFolderAtomically(`${model}/`, next, ['old']);
    expect(readdirSync(join(folder, 'models'))).toEqual(['first']);
    expect(readdirSync(model, { recursive: true }).sort()).toEqual([
      'charts',
      'charts/lift.png',
      'model.json',
    ]);
    expect(readFileSync(join(model, 'model.json'), 'utf8')).toBe('{"a":1}');
  });

  it('fills an empty folder, and leaves a folder with anything else in it alone', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'empty'));
    await writeFolderAtomically(join(folder, 'empty'), { 'model.json': '{}' });
    mkdirSync(join(folder, 'thesis'));
    for (const name of ['chapter.md', 'model.json'])
      writeFileSync(join(folder, 'thesis', name), 'years of work');
    writeFileSync(join(folder, 'file'), 'x');
    const refuse = (name: string, message: string) =>
      expect(writeFolderAtomically(join(folder, name), { 'model.json': '{}' })).rejects.toMatchObject({
        code: 'write-failed',
        message: expect.stringContaining(message),
      });
    await refuse('thesis', 'it holds something else, "chapter.md"; remove it or choose another name');
    await refuse('file', 'it is there and is no folder');
    expect(readdirSync(folder).sort()).toEqual(['empty', 'file', 'thesis']);
    expect(readdirSync(join(folder, 'thesis'))).toEqual(['chapter.md', 'model.json']);
  });

  it('writes nothing outside of the folder', async () => {
    const folder = makeFolder();
    await expect(writeFolderAtomically(join(folder, 'model'), { '../escaped': 'x' })).rejects.toMatchObject({
      code: 'internal',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
