import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskVolatile } from '../../../src/notebooks/compare/masks.js';
import { compareText } from '../../../src/notebooks/compare/text.js';
import { tokensOf } from '../../../src/notebooks/compare/tokens.js';

const told = (before: string, after: string, tolerance = 1e-6) =>
  compareText(before, after, tolerance).map(({ message }) => message);

describe('numbers in text', () => {
  it.each([
    ['AUC      model 0.848, ceiling 0.9', 'AUC      model 0.851, ceiling 0.9', ['AUC model 0.848 → 0.851']],
    ['model 0.8, ceiling 0.846', 'model 0.8, ceiling 0.849', ['ceiling 0.846 → 0.849']],
    ['AUC +0.329 (+0.295 to +0.361)', 'AUC +0.329 (+0.291 to +0.361)', ['AUC +0.295 → +0.291']],
    ['log loss −0.122', 'log loss 0.122', ['log loss −0.122 → 0.122']],
    ['4024 rows, 30 columns', '4025 rows, 30 columns', ['4024 → 4025 rows']],
    ['kept 1,234.5 of them', 'kept 1,235.5 of them', ['kept 1,234.5 → 1,235.5']],
    ['churn 12.3 %', 'churn 12.4 %', ['churn 12.3 % → 12.4 %']],
    ['p 1e-7', 'p 2e-7', ['p 1e-7 → 2e-7']],
    ['[100,200,300]', '[100,200,301]', ['300 → 301']],
  ])('%s', (before, after, messages) => {
    expect(told(before, after)).toEqual(messages);
  });

  it.each([
    ['0.8480000001', '0.848'],
    ['1,000.0000001', '1,000'],
    ['-0.05', '−0.05'],
    ['a 10.5   x', 'a  9.5 x', 0.2],
    ['─────\n1', '────────\n1'],
  ])('%j and %j are the same', (before, after, tolerance = 1e-6) => {
    expect(told(before, after, tolerance)).toEqual([]);
  });

  it.each([
    ['2024-03-01', '2024-03-02'],
    ['version 1.2.3', 'version 1.2.4'],
    ['A0012', 'A0013'],
    ['at 10:30', 'at 10:31'],
    ['0.5 %', '0.5'],
    ['yes', 'NO'],
  ])('no tolerance makes %j and %j the same', (before, after) => {
    expect(told(before, after, 0.5)).toEqual([`${before} → ${after}`]);
  });

  it('loses no letter of a line', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -+.,:a-z0-9%−é]*$/), (line) => {
        const pieces = tokensOf(line).map(({ start, end }) => line.slice(start, end));
        expect(pieces.join('').replace(/\s/g, '')).toBe(line.replace(/\s/g, ''));
      }),
    );
  });

  it('finds any number beyond the tolerance different', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true, min: 1, max: 1e6 }), (value) => {
        expect(told(`x ${value}`, `x ${value * 1.1}`)).toHaveLength(1);
        expect(told(`x ${value}`, `x ${value * 1.1}`, 0.2)).toEqual([]);
      }),
    );
  });
});

describe('lines of text', () => {
  it('tells lines that were lost or came, and does not lose its place', () => {
    expect(told('a 1\nb 2\nc 3', 'a 1\nc 4')).toEqual(['c 3 → 4', 'line lost: “b 2”']);
    expect(told('a 1\nc 3', 'a 1\nb 2\nc 3')).toEqual(['line new: “b 2”']);
  });

  it('shows the place where long lines begin to differ', () => {
    const line = (end: string) => `${'the same words again and '.repeat(9)}then ${end}`;
    expect(told(line('yes'), line('no'))).toEqual([
      '…same words again and then yes → …same words again and then no',
    ]);
  });

  it('tells at most a handful and counts the rest', () => {
    const lines = (offset: number) =>
      Array.from({ length: 50 }, (_, i) => `row${i} ${i + offset}`).join('\n');
    const messages = told(lines(1), lines(2));
    expect(messages).toHaveLength(9);
    expect(messages.at(-1)).toBe('text: 42 more differences');
  });

  it('reads the tables of console.table cell by cell', () => {
    const box = (auc: string, name = 'trees') =>
      [
        '┌─────────┬───────┐',
        '│ (index) │ auc   │',
        '├─────────┼───────┤',
        `│ ${name}   │ ${auc} │`,
        '└─────────┴───────┘',
      ].join('\n');
    expect(told(`x\n${box('0.848')}\n`, `x\n${box('0.851')}\n`)).toEqual(['trees, auc 0.848 → 0.851']);
    expect(told(box('0.848'), box('0.848', 'roots'))).toEqual(['1 row entered (roots), 1 left (trees)']);
  });
});

describe('what changes by its nature', () => {
  it.each([
    ['written 2026-05-04T10:11:12.123Z', 'written ⟨instant⟩'],
    ['id 1b4e28ba-2fa1-41d2-883f-0016d3cca427.', 'id ⟨uuid⟩.'],
    ["file '/tmp/churnlab-Ab12/x.csv'", "file '⟨temporary path⟩'"],
    ['C:\\Users\\me\\AppData\\Local\\Temp\\x.csv', '⟨temporary path⟩'],
    ['took 12 ms, done after 3.4 s', 'took ⟨duration⟩, done after ⟨duration⟩'],
    ['trained in 2 min', 'trained in ⟨duration⟩'],
    ['at 0x00007ffee4b5', 'at ⟨address⟩'],
    ['pid 4711', 'pid ⟨process⟩'],
  ])('%s is masked', (text, masked) => {
    expect(maskVolatile(text)).toBe(masked);
  });

  it.each([
    'snapshot 2026-05-04T00:00:00Z',
    'in 90 days',
    'answered after 4 hours',
    'sessions of 5 min',
    'in 5 months',
    'colour 0xff00ff',
    'after 3 steps',
  ])('%s is data and stays', (text) => {
    expect(maskVolatile(text)).toBe(text);
  });

  it('makes no difference, but what stands beside it does', () => {
    expect(told('took 12 ms for 3 rows', 'took 99 ms for 3 rows')).toEqual([]);
    expect(told('took 12 ms for 3 rows', 'took 99 ms for 4 rows')).toEqual(['took ⟨duration⟩ for 3 → 4']);
  });
});
