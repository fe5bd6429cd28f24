import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { drain, makeFolder, writeInto } from '../table-files.js';

const folder = makeFolder();

async function writeSheets(name: string, sheets: Record<string, SheetData>): Promise<string> {
  const all = Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }));
  const path = join(folder, name);
  await writeExcelFile(all).toFile(path);
  return path;
}

const day = { value: new Date(Date.UTC(2024, 1, 29)), type: Date, format: 'yyyy-mm-dd' };
const CUSTOMERS: SheetData = [
  [null, null, null, null, null, null],
  ['id', ' Since ', 'amount', 'mixed', 'active', null],
  ['a', day, 1.5, 'x', true, null],
  [null, null, null, null, null, null],
  [' b ', null, 2, 7, false, null],
  ['c', day, null, day, null, null],
];

describe('reading Excel', () => {
  it('keeps numbers and dates where a column is all of them, and skips blank rows and columns', async () => {
    const found = await drain(await writeSheets('one.xlsx', { Sheet: CUSTOMERS }));
    expect(found.source.columnNames).toEqual(['id', 'Since', 'amount', 'mixed', 'active']);
    expect(found.source.notes.map(({ kind }) => kind)).toEqual(['header-renamed']);
    expect(found.kinds).toEqual(['text', 'instant', 'number', 'text', 'text']);
    expect(found.rows).toEqual([
      ['a', '2024-02-29T00:00:00.000Z', '1.5', 'x', 'true'],
      [' b ', null, '2', '7', 'false'],
      ['c', '2024-02-29T00:00:00.000Z', null, '2024-02-29', null],
    ]);
  });

  it('reads the first sheet and says so, or the one asked for, or names all', async () => {
    const path = await writeSheets('two.xlsx', { One: [['a'], [1]], 'Number "two"': [['b'], [2]] });
    const first = await drain(path);
    expect([first.rows, first.source.notes[0]!.kind]).toEqual([[['1']], 'first-sheet']);
    const second = await drain(path, { sheet: 'Number "two"' });
    expect([second.source.columnNames, second.rows, second.source.notes]).toEqual([['b'], [['2']], []]);
    await expect(drain(path, { sheet: 'two' })).rejects.toMatchObject({
      code: 'bad-option',
      message: `${path} has no sheet "two"; its sheets are "One", "Number "two""`,
    });
  });

  it('refuses an empty sheet, a header alone and a damaged file', async () => {
    const blank = await writeSheets('blank.xlsx', { Sheet: [[null]] });
    await expect(drain(blank)).rejects.toMatchObject({ message: `${blank} has no cells on its sheet` });
    const header = await writeSheets('header.xlsx', { Sheet: [['a', 'b']] });
    await expect(drain(header)).rejects.toMatchObject({ message: `${header} has a header and no rows` });
    const damaged = writeInto(
      folder,
      'damaged.xlsx',
      Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(300, 7)]),
    );
    await expect(drain(damaged)).rejects.toMatchObject({
      code: 'bad-file',
      message: `${damaged} is not a readable Excel file: it is damaged or cut short`,
    });
  });
});
