import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeRejects } from '../../../src/sources/writing/write-rejects.js';
import { makeFolder } from '../table-files.js';

it('writes rejects as csv that no spreadsheet runs', async () => {
  const path = join(makeFolder(), 'rejects.csv');
  await writeRejects(path, [
    { rowNumber: 3, column: null, value: 'a,"b"\nc', reason: 'has 2 cells where the header has 3' },
    { rowNumber: 9, column: '=name', value: '=cmd()', reason: 'is not a number' },
    { rowNumber: 10, column: 'n', value: null, reason: 'is missing' },
  ]);
  expect(readFileSync(path, 'utf8')).toBe(
    'row,column,value,reason\n' +
      '3,,"a,""b""\nc",has 2 cells where the header has 3\n' +
      "9,'=name,'=cmd(),is not a number\n" +
      '10,n,,is missing\n',
  );
});
