import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/open-source.js';
import { drain, makeFolder, writeInto } from './table-files.js';

const folder = makeFolder();

describe('openSource', () => {
  it('says in one sentence why a path is no table', async () => {
    const missing = join(folder, 'missing.csv');
    await expect(openSource(missing)).rejects.toMatchObject({
      code: 'bad-file',
      message: `${missing} does not exist`,
    });
    const inside = join(folder, 'folder.parquet');
    mkdirSync(inside);
    await expect(openSource(inside)).rejects.toMatchObject({
      code: 'bad-file',
      message: `${inside} is a folder where a file with a table is needed`,
    });
    const picture = writeInto(
      folder,
      'picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452'.repeat(20), 'hex'),
    );
    await expect(openSource(picture)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('is no text; a table is needed (.csv, .tsv'),
    });
  });

  it.skipIf(process.platform === 'win32')('refuses a pipe instead of waiting on it', async () => {
    const pipe = join(folder, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    await expect(openSource(pipe)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('is a pipe or device'),
    });
  });

  it.skipIf(process.getuid?.() === 0)('says when a file may not be read', async () => {
    const path = writeInto(folder, 'secret.csv', 'id\n1\n');
    chmodSync(path, 0o000);
    await expect(openSource(path)).rejects.toMatchObject({
      message: `${path} may not be read: permission denied`,
    });
  });

  it('takes a delimiter that the file does not show', async () => {
    const path = writeInto(folder, 'tilde.csv', 'id~a,b\n1~2,3\n');
    expect((await drain(path, { delimiter: '~' })).rows).toEqual([['1', '2,3']]);
  });

  it.each([
    ['x.csv', { sheet: 'One' }, 'sheet "One" asked of'],
    ['x.jsonl', { delimiter: ';' }, 'delimiter asked of'],
    ['x.csv', { delimiter: ';;' }, 'must be one ASCII character'],
    ['x.csv', { delimiter: '"' }, 'must be one ASCII character'],
    ['x.csv', { delimiter: '\n' }, 'must be one ASCII character'],
  ])('refuses for %s the options %j', async (name, options, words) => {
    const path = writeInto(folder, name, name.endsWith('csv') ? 'id,n\n1,2\n' : '{"id": 1}\n');
    await expect(openSource(path, options)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining(words),
    });
  });
});
