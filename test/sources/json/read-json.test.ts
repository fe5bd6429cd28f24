import { describe, expect, it } from 'vitest';
import { drain, makeFolder, writeInto } from '../table-files.js';

const folder = makeFolder();
const read = (name: string, content: string | Uint8Array) => drain(writeInto(folder, name, content));

describe('reading a JSON array', () => {
  it('finds the objects by brackets outside of strings, and all keys of the file in order of appearance', async () => {
    const found = await read(
      'array.json',
      '\ufeff[\n {"id": "a,]}", "n": 1, "nested": {"big": 9007199254740993}},\n\n {"n": 2, "id": "\\"}{\\\\", "late": false},7,,]\n',
    );
    expect(found.source.columnNames).toEqual(['id', 'n', 'nested', 'late']);
    expect(found.kinds).toEqual(['text', 'number', 'text', 'text']);
    expect(found.rows).toEqual([
      ['a,]}', '1', '{"big":9007199254740993}', null],
      ['"}{\\', '2', null, 'false'],
    ]);
    expect(found.rejects).toEqual([
      [3, null, 'is not a JSON object'],
      [4, null, 'is not valid JSON'],
    ]);
  });

  it('reads one object a line from a .json file too', async () => {
    const found = await read('lines.json', '{"id": 1}\n{"id": 2}\n');
    expect([found.source.format, found.rows]).toEqual(['jsonl', [['1'], ['2']]]);
  });

  it.each([
    ['[]', 'no record is an object with a key'],
    ['[1, 2]', 'no record is an object with a key'],
    ['[{"id": 1}]\n[{"id": 2}]', 'is damaged: text follows its JSON array'],
    ['[{"id": 1}, {"id": 2}', 'is cut short: its JSON array is never closed'],
    ['[{"id": 1}, {"id": "2', 'is cut short: its JSON array is never closed'],
    ['id,n\n1,2\n', 'no record is an object with a key'],
  ])('refuses %j', async (text, words) => {
    await expect(read('bad.json', text)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(words),
    });
  });
});

describe('reading JSON values', () => {
  it('keeps numbers that a double holds as numbers and the digits of those that it does not', async () => {
    const found = await read(
      'numbers.jsonl',
      '{"exact": 9007199254740991, "large": 9007199254740993, "real": 0.1234567890123456, "text": "12345678901234567"}\n' +
        '{"exact": -1, "large": -12345678901234567890, "real": 1e999, "text": "a \\"1234567890123456789"}\n',
    );
    expect(found.kinds).toEqual(['number', 'text', 'number', 'text']);
    expect(found.rows).toEqual([
      ['9007199254740991', '9007199254740993', '0.1234567890123456', '12345678901234567'],
      ['-1', '-12345678901234567890', 'Infinity', 'a "1234567890123456789'],
    ]);
  });

  it('makes a column text when it holds anything but numbers', async () => {
    const found = await read(
      'mixed.jsonl',
      '{"a": 1, "b": null, "c": 1}\n{"a": "x", "b": null}\n{"a": true, "c": 2.5}\n',
    );
    expect(found.kinds).toEqual(['text', 'text', 'number']);
    expect(found.rows).toEqual([
      ['1', null, '1'],
      ['x', null, null],
      ['true', null, '2.5'],
    ]);
  });

  it('treats keys of objects as names, whatever they are', async () => {
    const found = await read('keys.jsonl', '{"__proto__": 1, " a ": 2, "a": 3, "": 4, "constructor": 5}\n');
    expect(found.source.columnNames).toEqual(['__proto__', 'a', 'a (2)', 'column_4', 'constructor']);
    expect(found.rows).toEqual([['1', '2', '3', '4', '5']]);
  });

  it('rejects a line that is not UTF-8', async () => {
    const found = await read('latin.jsonl', Buffer.from('{"a": "\xf6"}\n{"a": "o"}\n', 'latin1'));
    expect([found.rows, found.rejects]).toEqual([[['o']], [[1, null, 'is not valid UTF-8']]]);
  });

  it('reads records over the border of what is in memory', async () => {
    const lines = Array.from({ length: 60_000 }, (_, id) =>
      JSON.stringify({ id, note: 'ö{]",'.repeat(id % 40) }),
    );
    const found = await read('large.json', `[${lines.join(',\n')}]`);
    expect(found.rows.length).toBe(60_000);
    expect(
      found.rows.every(([id, note], row) => id === String(row) && note === 'ö{]",'.repeat(row % 40)),
    ).toBe(true);
  });
});
