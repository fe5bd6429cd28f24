import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeFolderAtomically, writeTextAtomically } from '../../../src/sources/writing/atomic-writes.js';
import { openSink } from '../../../src/sources/writing/sink.js';
import { smallDisk } from '../../small-disk.js';
import { makeFolder } from '../table-files.js';

const disk = smallDisk(256);
const elsewhere = makeFolder();
const unguessable = (row: number) => `${Math.imul(row, 2654435761) >>> 0} ${Math.imul(row + 7, 40503) >>> 0}`;

async function writeMany(path: string): Promise<number> {
  const sink = await openSink(path, [{ name: 'text', kind: 'text' }]);
  for (let from = 0; from < 40_000; from += 20_000) {
    await sink.append([Array.from({ length: 20_000 }, (_, row) => unguessable(from + row))]);
  }
  return sink.finish({ orderBy: 'text' });
}

describe.skipIf(disk === null)('a full disk (skipped where no small disk can be mounted)', () => {
  it.each(['csv', 'tsv', 'json', 'jsonl', 'parquet', 'xlsx'])(
    'leaves the old %s and nothing else',
    async (extension) => {
      const path = join(disk!, `scores.${extension}`);
      writeFileSync(path, 'old');
      await expect(writeMany(path)).rejects.toMatchObject({
        code: 'write-failed',
        message: `cannot write ${path}: no space is left on the disk`,
      });
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(disk!).filter((name) => name.includes('part'))).toEqual([]);
    },
  );

  it('leaves nothing of a text or a folder', async () => {
    const before = readdirSync(disk!);
    const large = 'x'.repeat(2 << 20);
    const refusal = {
      code: 'write-failed',
      message: expect.stringContaining('no space is left on the disk'),
    };
    await expect(writeTextAtomically(join(disk!, 'report.html'), large)).rejects.toMatchObject(refusal);
    const model = { 'model.json': '{}', 'charts/a.svg': large };
    await expect(writeFolderAtomically(join(disk!, 'model'), model)).rejects.toMatchObject(refusal);
    expect(readdirSync(disk!)).toEqual(before);
  });

  it('names the temporary folder when that is what is full', async () => {
    const usual = process.env.TMPDIR;
    process.env.TMPDIR = disk!;
    onTestFinished(() => {
      if (usual === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = usual;
    });
    const before = readdirSync(disk!);
    const path = join(elsewhere, 'scores.csv');
    await expect(writeMany(path)).rejects.toMatchObject({
      code: 'write-failed',
      message: `cannot write ${path}: no space is left on the disk (in the temporary folder ${disk})`,
    });
    expect([readdirSync(disk!), readdirSync(elsewhere)]).toEqual([before, []]);
  });
});
