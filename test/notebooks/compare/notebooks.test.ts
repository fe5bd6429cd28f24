import { describe, expect, it } from 'vitest';
import { differencesText } from '../../../src/notebooks/compare/differences-text.js';
import { compareNotebooks, describeDifferences } from '../../../src/notebooks/compare/notebooks.js';
import type { Cell, Notebook } from '../../../src/notebooks/notebook.js';

interface Parts {
  readonly id?: string;
  readonly text?: string;
  readonly tags?: string[];
  readonly count?: number;
}
const code = (source: string, { id, text, tags, count = 1 }: Parts = {}): Cell => ({
  cell_type: 'code',
  ...(id === undefined ? {} : { id }),
  metadata: tags ? { tags } : { collapsed: true, execution: { 'iopub.status.busy': String(count) } },
  source,
  outputs: text === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text }],
  execution_count: count,
});
const notebook = (...cells: Cell[]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const told = (before: Cell[], after: Cell[]) =>
  describeDifferences(compareNotebooks(notebook(...before), notebook(...after)));

describe('compareNotebooks', () => {
  it('finds nothing between a notebook and itself run again', () => {
    expect(told([code('a', { text: '1', count: 1 })], [code('a', { text: '1', count: 9 })])).toEqual([]);
  });

  it('names the cell by the number that Jupyter shows', () => {
    const text = (source: string): Cell => ({ cell_type: 'markdown', metadata: {}, source });
    const cells = (auc: number, words: string) => [
      text('# A'),
      code('let a'),
      text(words),
      code('auc', { text: `AUC ${auc}` }),
    ];
    expect(told(cells(0.848, 'good'), cells(0.851, 'better'))).toEqual([
      'text before cell 2: source changed',
      'cell 2: AUC 0.848 → 0.851',
    ]);
  });

  it('is told with sources, whatever signs are in them', () => {
    const before = notebook(code('const a = 1;\nb', { text: 'n 1' }));
    const after = notebook(code('const a = 2;\nb // \u001b[31m', { text: 'n 2' }));
    expect(differencesText(compareNotebooks(before, after))).toBe(
      'cell 1 changed: const a = 2;\n  - const a = 1;\n  - b\n  + const a = 2;\n  + b // \ufffd[31m\n  ≠ n 1 → 2',
    );
  });

  it('knows cells again by id, whatever became of their source', () => {
    const before = [code('one', { id: 'a' }), code('two', { id: 'b' })];
    const after = [code('2', { id: 'b' }), code('one', { id: 'a' })];
    expect(told(before, after)).toEqual(['cell 1: source changed', 'cell 2 moved: “one”']);
  });

  it('knows cells without ids by their source, else by their place', () => {
    const before = [code('a'), code('b', { text: 'n 1' }), code('c'), code('d')];
    const after = [code('a'), code('new'), code('b', { text: 'n 2' }), code('C'), code('d')];
    expect(told(before, after)).toEqual(['cell 2 added: “new”', 'cell 3: n 1 → 2', 'cell 4: source changed']);
  });

  it('tells cells that went', () => {
    expect(told([code('a'), code('\nb\nc'), code('d')], [code('a'), code('d')])).toEqual([
      'cell 2 removed: “b”',
    ]);
  });

  it('shows the changed lines of a source with two around them', () => {
    const lines = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const changed = lines.map((line) => (line === '4' ? 'four' : line));
    const { cells } = compareNotebooks(notebook(code(lines.join('\n'))), notebook(code(changed.join('\n'))));
    expect(cells[0]!.source.map(({ sign, text }) => sign + text)).toEqual([
      ' 2',
      ' 3',
      '-4',
      '+four',
      ' 5',
      ' 6',
    ]);
  });

  it('compares a cell tagged volatile by the kinds of its outputs alone', () => {
    const cell = (text: string) => code('now', { text, tags: ['volatile'] });
    expect(told([cell('now 5')], [cell('at 6')])).toEqual([]);
    expect(told([cell('now 5')], [code('now', { tags: ['volatile'] })])).toEqual([
      'cell 1: shows nothing where it showed text on stdout',
    ]);
  });
});
