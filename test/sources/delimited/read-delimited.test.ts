import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/sources/detect-format.js';
import { openSource } from '../../../src/sources/open-source.js';
import { cellRows, drain, makeFolder, writeInto } from '../table-files.js';

const folder = makeFolder();
const WINDOW_BYTES = 4 << 20;

/** A record as it is written, and what must become of it. */
interface Line {
  readonly bytes: Buffer;
  readonly cells: readonly string[] | null;
}

const CHARACTERS = [
  'a',
  'B',
  '7',
  ' ',
  "'",
  '"',
  '""',
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r\n',
  '\r',
  '=',
  'é',
  '😀',
  '\\',
  '\u0001',
];
const cellText = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 6 }).map((parts) => parts.join(''));

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Quoted where it must be, and where `wantsQuotes` says so. */
function written(text: string, delimiter: string, wantsQuotes: boolean): string {
  const mustQuote = text.startsWith('"') || /[\r\n]/u.test(text) || text.includes(delimiter);
  return mustQuote || wantsQuotes ? quoted(text) : text;
}

function goodLine(columns: number, delimiter: string): fc.Arbitrary<Line> {
  const cell = fc.tuple(cellText, fc.boolean());
  return fc.array(cell, { minLength: columns, maxLength: columns }).map((cells) => {
    const texts = cells.map(([text, wantsQuotes]) => written(text, delimiter, wantsQuotes));
    const line = texts.join(delimiter);
    return { bytes: Buffer.from(line === '' ? '""' : line), cells: cells.map(([text]) => text) };
  });
}

function badLine(columns: number, delimiter: string): fc.Arbitrary<Line> {
  const plain = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);
  const ragged = fc
    .integer({ min: 1, max: columns + 3 })
    .filter((count) => count !== columns)
    .map((count) => Buffer.from(plain(count).join(delimiter)));
  const undecodable = fc.integer({ min: 0, max: columns - 1 }).map((at) => {
    const cells = plain(columns).map((text) => Buffer.from(text));
    cells[at] = Buffer.of(0x61, 0xc3, 0x28);
    return Buffer.concat(
      cells.flatMap((cell, index) => (index === 0 ? [cell] : [Buffer.from(delimiter), cell])),
    );
  });
  const brokenQuote = fc
    .constantFrom('"a"b', '"" ', '"a""b"c')
    .map((cell) => Buffer.from([cell, ...plain(columns - 1)].join(delimiter)));
  return fc.oneof(ragged, undecodable, brokenQuote).map((bytes) => ({ bytes, cells: null }));
}

const file = fc
  .record({ columns: fc.integer({ min: 1, max: 5 }), delimiter: fc.constantFrom(',', ';', '\t', '|') })
  .chain(({ columns, delimiter }) =>
    fc.record({
      columns: fc.constant(columns),
      delimiter: fc.constant(delimiter),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      hasMark: fc.boolean(),
      endsInLineEnd: fc.boolean(),
      endsUnclosed: fc.boolean(),
      blankAfter: fc.integer({ min: 0, max: 8 }),
      lines: fc.array(
        fc.oneof({ weight: 3, arbitrary: goodLine(columns, delimiter) }, badLine(columns, delimiter)),
        { minLength: 1, maxLength: 12 },
      ),
    }),
  );

function fileBytes(
  wanted: typeof file extends fc.Arbitrary<infer T> ? T : never,
  lines: readonly Line[],
): Buffer {
  const header = Array.from({ length: wanted.columns }, (_, index) => `c${index}`).join(wanted.delimiter);
  const lineEnd = Buffer.from(wanted.lineEnd);
  const parts: Buffer[] = [
    wanted.hasMark ? Buffer.of(0xef, 0xbb, 0xbf) : Buffer.alloc(0),
    Buffer.from(header),
    lineEnd,
  ];
  for (const [index, { bytes }] of lines.entries()) {
    parts.push(bytes);
    if (index < lines.length - 1 || wanted.endsInLineEnd) parts.push(lineEnd);
    if (index === wanted.blankAfter && index < lines.length - 1) parts.push(lineEnd, lineEnd);
  }
  return Buffer.concat(parts);
}

describe('reading delimited files', () => {
  it('keeps exactly the good records of any file and rejects exactly the malformed ones', async () => {
    await fc.assert(
      fc.asyncProperty(file, async (wanted) => {
        const last: Line[] = wanted.endsUnclosed
          ? [{ bytes: Buffer.from('"never closed'), cells: null }]
          : [];
        const lines = [...wanted.lines, ...last];
        const bytes = fileBytes(wanted, lines);
        // Cells of nothing but control characters make a file that is refused as no text.
        fc.pre(contentOf(bytes) === 'text');
        const path = writeInto(folder, 'any.csv', bytes);
        const { rows, rowNumbers, rejects } = await drain(path, { delimiter: wanted.delimiter });
        const numbered = lines.map((line, index) => ({ ...line, number: index + 1 }));
        const kept = numbered.filter(({ cells }) => cells !== null);
        expect(rows).toEqual(kept.map(({ cells }) => cells));
        expect(rowNumbers).toEqual(kept.map(({ number }) => number));
        expect(rejects.map(([number]) => number)).toEqual(
          numbered.filter(({ cells }) => cells === null).map(({ number }) => number),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('reads the same when records fall on the border of what is in memory', async () => {
    const wanted = fc.sample(file, { numRuns: 20, seed: 11 });
    for (const [index, hostile] of wanted.entries()) {
      const lines = hostile.lines.filter(({ cells }) => cells);
      const padding = WINDOW_BYTES - 60 - index;
      const padded: Line = { bytes: Buffer.from('p'.repeat(padding)), cells: null };
      const path = writeInto(
        folder,
        'border.csv',
        fileBytes(hostile, [padded, ...lines, ...lines, ...lines]),
      );
      const { rows } = await drain(path, { delimiter: hostile.delimiter });
      const cells = lines.map((line) => line.cells);
      const first = hostile.columns === 1 ? rows.slice(1) : rows;
      expect(first).toEqual([...cells, ...cells, ...cells]);
    }
  });

  it('reads a megabyte in one cell', async () => {
    const large = 'x,"y"\n'.repeat(175_000);
    const path = writeInto(folder, 'large-cell.csv', `id,note\n1,${quoted(large)}\n2,b\n`);
    const { rows } = await drain(path);
    expect(rows[0]![1] === large).toBe(true);
    expect(rows[1]).toEqual(['2', 'b']);
  });

  it('reads 2,000 columns, in more than one chunk', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `a rather long column name, number ${index}`);
    const lines = Array.from({ length: 1020 }, (_, row) =>
      names.map((_, column) => (row * column) % 97).join(),
    );
    const source = await openSource(writeInto(folder, 'wide.csv', [names.map(quoted), ...lines].join('\n')));
    expect(source.columnNames).toEqual(names);
    const read: string[] = [];
    for await (const chunk of source.chunks()) read.push(...cellRows(chunk).map((cells) => cells.join()));
    expect(read).toEqual(lines);
  });

  it('cuts the raw text of a reject to 200 characters', async () => {
    const path = writeInto(folder, 'long-reject.csv', `id,n\n${'😀'.repeat(3000)}\n1,2\n`);
    const { source } = await drain(path);
    expect(source.rejects()[0]!.value).toBe('😀'.repeat(100));
  });

  it('lists the first 100,000 rejects and counts all', async () => {
    const path = writeInto(folder, 'all-ragged.csv', `id,n\n${'1\n'.repeat(100_010)}1,2\n`);
    const source = await openSource(path);
    let kept = 0;
    for await (const chunk of source.chunks()) kept += chunk.rows;
    expect([kept, source.rejectCount, source.rejects().length, source.readCount]).toEqual([
      1, 100_010, 100_000, 100_011,
    ]);
  });

  it('reads the file anew with every call of chunks', async () => {
    const source = await openSource(writeInto(folder, 'again.csv', 'id,n\n1,2\n3\n'));
    for (const _ of [1, 2]) {
      const rows: unknown[] = [];
      for await (const chunk of source.chunks()) rows.push(...cellRows(chunk));
      expect([rows, source.readCount, source.rejectCount]).toEqual([[['1', '2']], 2, 1]);
    }
  });

  it('stops at a line that no memory should hold', async () => {
    const path = writeInto(
      folder,
      'no-lines.csv',
      Buffer.concat([Buffer.from('id,n\n1,'), Buffer.alloc(65 << 20, 'x')]),
    );
    const error = await drain(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad-file', detail: { path } });
    expect(String(error)).toContain('has a line longer than 64 MB after row 0');
  });

  it('loses one line, not the file, to a quote that never closes', async () => {
    const rows = Array.from({ length: 400_000 }, (_, row) => `${row},abcdefghij`).join('\n');
    const path = writeInto(folder, 'stray.csv', `id,note\n0,"stray\n${rows}\n`);
    const source = await openSource(path);
    let kept = 0;
    for await (const chunk of source.chunks()) kept += chunk.rows;
    expect([kept, source.rejectCount]).toEqual([400_000, 1]);
  });
});
