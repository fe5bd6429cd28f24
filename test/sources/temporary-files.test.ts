import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSource } from '../../src/sources/open-source.js';
import { cleanUpTemporaryFiles } from '../../src/sources/temporary-files.js';
import { openSink } from '../../src/sources/writing/sink.js';
import { makeFolder, writeParquet } from './table-files.js';

/** Lets the system's folder for temporary files be an empty one of our own. */
function useOwnTemporaryFolder(): string {
  const usual = process.env.TMPDIR;
  const own = join(makeFolder(), 'tmp');
  mkdirSync(own);
  process.env.TMPDIR = own;
  onTestFinished(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  });
  return own;
}

it('removes all that unfinished work has put anywhere, at once', async () => {
  const folder = makeFolder();
  const temporary = useOwnTemporaryFolder();
  const sink = await openSink(join(folder, 'scores.csv'), [{ name: 'x', kind: 'number' }]);
  await sink.append([new Float64Array(5000)]);
  writeFileSync(join(folder, 'kept.txt'), 'not ours');
  expect([readdirSync(temporary).length, readdirSync(folder).length]).toEqual([1, 2]);
  cleanUpTemporaryFiles();
  expect([readdirSync(temporary), readdirSync(folder)]).toEqual([[], ['kept.txt']]);
  await sink.abort();
});

it('leaves nothing behind work that ended well', async () => {
  const folder = makeFolder();
  const temporary = useOwnTemporaryFolder();
  const path = await writeParquet(join(folder, 'a.parquet'), 'SELECT 1 AS one');
  const source = await openSource(path);
  for await (const _ of source.chunks());
  await source.close();
  await expect(openSource(join(folder, 'missing.parquet'))).rejects.toThrow();
  expect(readdirSync(temporary)).toEqual([]);
  cleanUpTemporaryFiles();
  expect(existsSync(path)).toBe(true);
});
