import { describe, expect, it } from 'vitest';
import type { Output } from '../../../src/notebooks/notebook.js';
import { explainFailure } from '../../../src/notebooks/review/failure.js';
import { findOrder } from '../../../src/notebooks/review/order.js';
import { findInSources } from '../../../src/notebooks/review/sources.js';
import { declaredNames, parseCell } from '../../../src/notebooks/review/syntax.js';
import { notebookOf, prints } from './notebooks.js';

const told = (findings: { kind: string; cell: number; message: string }[]) =>
  findings.map(({ kind, cell, message }) => `${cell} ${kind}: ${message}`);
const inSource = (source: string, tags: string[] = []) =>
  told(findInSources(notebookOf({ source, metadata: { tags } }), '/work/notebooks'));

describe('the order of a notebook', () => {
  it('is right when every cell ran once from top to bottom', () => {
    expect(findOrder(notebookOf('a', 'b', { source: ' ', execution_count: null }))).toEqual([]);
  });

  it('is told where it is not', () => {
    const cells = [
      { source: 'a', execution_count: 3 },
      { source: 'b', execution_count: 2 },
    ];
    expect(told(findOrder(notebookOf(...cells)))).toEqual([
      '0 out-of-order: cells ran in the order 3, 2, not 1 to 2 in a fresh kernel',
    ]);
  });

  it('has no cell that was left out', () => {
    const old = { source: 'c', execution_count: null, outputs: [prints('old')] };
    expect(told(findOrder(notebookOf('a', { source: 'b', execution_count: null }, old)))).toEqual([
      '1 not-run: has not been run since it was changed',
      '2 not-run: has not been run since it was changed; its outputs are of an older run',
    ]);
    expect(told(findOrder(notebookOf({ source: 'a', execution_count: null })))).toEqual([
      '0 not-run: no cell has been run; churnlab notebooks run fills in the outputs',
    ]);
  });

  it('holds no error', () => {
    const error: Output = { output_type: 'error', ename: 'RangeError', evalue: 'too far', traceback: [] };
    expect(told(findOrder(notebookOf({ source: 'a', outputs: [error] })))).toEqual([
      '0 error-output: an error was saved with it: RangeError: too far',
    ]);
  });
});

describe('absolute paths', () => {
  it.each([
    '/home/me/customers.csv',
    '/Users/me/x',
    '/data/customers.parquet',
    'C:\\\\data\\\\x.csv',
    'D:/x',
    'file:///x/y',
    '\\\\\\\\server\\\\share',
    '~/customers.csv',
  ])('%s in a text is one', (path) => {
    expect(inSource(`const a = 1;\nread('${path}')`)).toEqual([
      expect.stringMatching(/^0 absolute-path: line 2: \S+ is a place on one machine; write it relative/),
    ]);
  });

  it.each([
    "fetch('/api/users')",
    "get('https://example.org/home/x.csv')",
    "read('../data/customers.csv')",
    'const pattern = /^\\/home\\/me/;',
    "// '/home/me/x.csv'",
    "split('/')",
    "const ratio = 'a / b';",
    "time('H:mm')",
  ])('%s is none', (source) => {
    expect(inSource(source)).toEqual([]);
  });

  it('are found in templates', () => {
    expect(inSource(`read(\`/tmp/\${name}.csv\`)`)).toHaveLength(1);
    expect(inSource(`read(\`\${folder}/home/x.csv\`)`)).toEqual([]);
  });

  it('are found in outputs, but for temporary ones', () => {
    const outputs = [prints("read '/home/me/x.csv' and /tmp/churnlab-12/y.csv in /work/notebooks\n")];
    expect(told(findInSources(notebookOf({ source: 'a', outputs }), '/work/notebooks'))).toEqual([
      '0 absolute-path: its output shows /home/me/x.csv, a place on one machine',
      '0 absolute-path: its output shows /work/notebooks, a place on one machine',
    ]);
    expect(
      findInSources(notebookOf({ source: 'a', outputs: [prints('https://x.org/home/a')] }), '/'),
    ).toEqual([]);
  });
});

describe('chance and the clock', () => {
  it.each([
    'Math.random()',
    'shuffle(rows, Math.random)',
    'crypto.randomUUID()',
    'randomBytes(8)',
    'await crypto.getRandomValues(a)',
  ])('%s is undeclared chance, also in a volatile cell', (source) => {
    const message = expect.stringMatching(
      /^0 undeclared-randomness: line 1: \S+ is different in each run; use seededRandom/,
    );
    expect(inSource(source)).toEqual([message]);
    expect(inSource(source, ['volatile'])).toEqual([message]);
  });

  it.each(['Date.now()', 'new Date()', 'new Date', 'performance.now()', 'process.hrtime.bigint()'])(
    '%s reads the clock, which a cell tagged volatile may',
    (source) => {
      expect(inSource(`let a = 1;\n${source}`)).toEqual([
        expect.stringMatching(
          /^0 undeclared-randomness: line 2: .+ reads the clock; .+tag the cell volatile$/,
        ),
      ]);
      expect(inSource(source, ['volatile'])).toEqual([]);
    },
  );

  it.each([
    "new Date('2024-03-01')",
    'new Date(0)',
    '// Math.random()',
    "'Date.now()'",
    '`new Date()`',
    'seededRandom(7)',
    'random()',
  ])('%s is neither', (source) => {
    expect(inSource(source)).toEqual([]);
  });
});

describe('syntax', () => {
  it('is that of a cell: await at the top, and expressions at the end', () => {
    expect(inSource('const a = await f();\nfor await (const b of a) g(b);\na')).toEqual([]);
  });

  it('is told with its line', () => {
    expect(inSource('const a = 1;\nlet b: = 2;')).toEqual(['0 syntax-error: line 2: Type expected.']);
  });

  it('knows what a cell leaves to the others', () => {
    const source = `import a, { b as c } from 'x'; import * as d from 'y'; const { e, f: [g], ...h } = i;
      function j() { const no = 1; } class k {} interface l {} type m = 1; enum n { o } const p = 1, q = 2; r;`;
    expect(declaredNames(parseCell(source)).join('')).toBe('acdeghjklmnpq');
  });
});

describe('failures', () => {
  const explained = (message: string, later: string[] = []) =>
    told(explainFailure({ cell: 4, message }, new Set(later)));

  it('of a name are hidden state: defined further down, or nowhere', () => {
    const message =
      "1:7 - Cannot find name 'rows'.\n2:1 - Cannot find name 'model'.\n3:1 - Cannot find name 'rows'.";
    expect(explained(message, ['model'])).toEqual([
      "4 hidden-state: rows is not known here; no cell defines it: it came from a cell that is gone, or lived on in the kernel's memory",
      '4 hidden-state: model is not known here; a cell further down defines it: cells ran out of order',
    ]);
    expect(explained('<x>:1\nrows\n^\n\nReferenceError: rows is not defined\n    at y')[0]).toMatch(
      /^4 hidden-state: rows/,
    );
  });

  it('of types are told by line', () => {
    expect(explained("2:7 - Type 'string' is not assignable to type 'number'.")).toEqual([
      "4 type-error: line 2: Type 'string' is not assignable to type 'number'.",
    ]);
    expect(explained("1:1 - Cannot find name 'trian'. Did you mean 'train'?")[0]).toMatch(
      /type-error: line 1: .+ mean/,
    );
  });

  it('of modules say how to get them', () => {
    expect(explained("1:15 - Cannot find module 'nowhere' or its corresponding type declarations.")).toEqual([
      '4 missing-module: module nowhere is not found; npm install nowhere, or correct the name',
    ]);
    expect(explained("Error: Cannot find module './mine'\n  at x")).toEqual([
      '4 missing-module: module ./mine is not found; is there such a file beside the notebook?',
    ]);
  });

  it('of any other kind are told by their line that says most', () => {
    expect(explained('vm:3\n  boom();\n  ^\n\nRangeError: too far\n    at x')).toEqual([
      '4 failed: the run stopped: RangeError: too far',
    ]);
    expect(explained("stopped: the run's 5 s are over")).toEqual([
      "4 failed: the run stopped: the run's 5 s are over",
    ]);
  });
});
