import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drain } from './table-files.js';

/** Every file `NAME` beside a `NAME.expected.json` is a case: what is read from it, or words of its error. */
const folder = join(import.meta.dirname, 'corpus');
const names = readdirSync(folder).filter((name) => existsSync(join(folder, `${name}.expected.json`)));

describe('corpus of files', () => {
  it.each(names)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'));
    if (expected.error !== undefined) {
      await expect(drain(join(folder, name))).rejects.toMatchObject({
        code: 'bad-file',
        message: expect.stringContaining(expected.error),
      });
      return;
    }
    const { source, rows, rowNumbers, kinds, rejects } = await drain(join(folder, name));
    expect({
      format: source.format,
      columnNames: source.columnNames,
      rows,
      rowNumbers,
      rejects,
      notes: source.notes.map(({ kind }) => kind),
      ...(expected.kinds && { kinds }),
    }).toEqual(expected);
  });
});
