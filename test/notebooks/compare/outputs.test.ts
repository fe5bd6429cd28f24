import { describe, expect, it } from 'vitest';
import { displayBundle } from '../../../src/displays/display-bundle.js';
import { PROVENANCE_TYPE, VEGA_LITE_TYPE } from '../../../src/displays/mime-bundle.js';
import { compareKinds, compareOutputs } from '../../../src/notebooks/compare/outputs.js';
import type { Output } from '../../../src/notebooks/notebook.js';

const shows = (data: Record<string, unknown>): Output => ({
  output_type: 'display_data',
  data,
  metadata: {},
});
const prints = (text: string, name: 'stdout' | 'stderr' = 'stdout'): Output => ({
  output_type: 'stream',
  name,
  text,
});
const told = (before: Output[], after: Output[], tolerance?: number) =>
  compareOutputs(before, after, tolerance === undefined ? {} : { tolerance }).map(({ message }) => message);

function table(caption: string, columns: string[], rows: string[][]): Output {
  const cells = (row: string[], tag: string) =>
    row.map((cell) => `<${tag} align="right">${cell}</${tag}>`).join('');
  return shows({
    'text/html': `<style>td { color: red }</style><table><caption>${caption}</caption><thead><tr>${cells(columns, 'th')}</tr></thead><tbody>${rows
      .map((row) => `<tr>${cells(row, 'td')}</tr>`)
      .join('\n')}</tbody></table>`,
    'text/plain': `as text ${Math.sqrt(rows.length)}`,
  });
}
const list = (ids: string[]) =>
  table(
    'Call list',
    ['account_id', 'chance'],
    ids.map((id) => [id, '85 %']),
  );
const spec = (values: object[], more: object = {}) => ({
  title: { text: 'How well each candidate ranks' },
  data: { values },
  mark: 'bar',
  encoding: { x: { field: 'auc' } },
  ...more,
});
const chart = (auc: number, more: object = {}, svg = '<svg/>') =>
  shows({
    [VEGA_LITE_TYPE]: spec(
      [
        { name: 'Boosted trees', auc },
        { name: 'Base rate', auc: 0.5 },
      ],
      more,
    ),
    'image/svg+xml': svg,
    'text/plain': `AUC ${auc}`,
  });

describe('tables', () => {
  const candidates = (auc: string) =>
    table(
      'Candidates &amp; figures',
      ['Candidate', 'AUC'],
      [
        ['<b>Boosted</b> trees', auc],
        ['Base rate', '0.500'],
      ],
    );

  it('are compared cell by cell, with row and column named', () => {
    expect(told([candidates('0.848')], [candidates('0.851')])).toEqual([
      'Candidates & figures: Boosted trees, AUC 0.848 → 0.851',
    ]);
    expect(told([candidates('0.848')], [candidates('0.851')], 0.01)).toEqual([]);
  });

  it('say which rows are lost and which are new', () => {
    const flags = (...names: string[]) =>
      table(
        'Red flags',
        ['Flag'],
        names.map((name) => [name]),
      );
    expect(told([flags('1', 'two', '3')], [flags('1', 'two')])).toEqual(['Red flags: flag 3 lost']);
    expect(told([flags('a')], [flags('a', 'b')])).toEqual(['Red flags: flag b is new']);
  });

  it('say who entered a list and who left', () => {
    expect(told([list(['A1', 'A2', 'A3', 'A4'])], [list(['A5', 'A1', 'A6', 'A7', 'A2', 'A8'])])).toEqual([
      'Call list: 4 accounts entered (A5, A6, A7, …), 2 left (A3, A4)',
    ]);
  });

  it('say that rows changed places', () => {
    expect(told([list(['A1', 'A2'])], [list(['A2', 'A1'])])).toEqual(['Call list: rows in another order']);
  });

  it('say which columns are lost and which are new, and compare the others', () => {
    const before = table('T', ['Plan', 'AUC', 'n'], [['a', '1', '2']]);
    const after = table('T', ['Plan', 'n', 'Lift'], [['a', '3', '9']]);
    expect(told([before], [after])).toEqual([
      'T: column “AUC” lost',
      'T: column “Lift” is new',
      'T: a, n 2 → 3',
    ]);
  });

  it('are followed by a line that is no row', () => {
    const cut = (of: string) =>
      shows({
        'text/html': `<table><tr><th>a</th></tr><tr><td>x</td></tr><tfoot><tr><td>1 of ${of} rows</td></tr></tfoot></table><p>end</p>`,
      });
    expect(told([cut('20')], [cut('21')])).toEqual(['1 of 20 rows → 1 of 21 rows']);
  });

  it('are compared by all of a text that is cut where it is shown', () => {
    const cut = (end: string) =>
      shows({
        'text/html': `<table><tr><td>a</td><td><span title="long text ${end}">long…</span></td></tr></table>`,
      });
    expect(told([cut('one')], [cut('two')])).toEqual(['a long text one → long text two']);
  });

  it('of figures alone are compared in order', () => {
    const leavers = (predicted: string) => table('Leavers', ['predicted', 'found'], [[predicted, '70']]);
    expect(told([leavers('82.8 (70–90)')], [leavers('77.6 (65–85)')])).toEqual([
      'Leavers: predicted 82.8 (70–90) → 77.6 (65–85)',
    ]);
    expect(told([list(['1001', '1002'])], [list(['1001', '1003'])])).toEqual([
      'Call list: 1 account entered (1003), 1 left (1002)',
    ]);
  });

  it('may be called by another number', () => {
    expect(
      told([table('95 % of 10', ['Accounts'], [['a']])], [table('95 % of 11', ['Accounts'], [['b']])]),
    ).toEqual(['caption 95 % of 10 → 95 % of 11', '95 % of 11: 1 account entered (b), 1 left (a)']);
  });

  it('are those that show makes', async () => {
    const shown = async (rows: object[]) =>
      shows({ ...(await displayBundle(rows, { caption: 'Candidates' })).data });
    const rows = (auc: number) => [
      { candidate: 'Boosted trees', auc, accounts: 4024 },
      { candidate: 'Base rate', auc: 0.5, accounts: 4024 },
    ];
    expect(told([await shown(rows(0.848))], [await shown(rows(0.851))])).toEqual([
      'Candidates: Boosted trees, auc 0.848 → 0.851',
    ]);
    expect(told([await shown(rows(0.848))], [await shown(rows(0.848).slice(0, 1))])).toContain(
      'Candidates: candidate Base rate lost',
    );
  });

  it('tell many cells by a handful', () => {
    const many = (offset: number) =>
      table(
        'T',
        ['k', 'v'],
        Array.from({ length: 30 }, (_, i) => [`k${i}`, String(i + offset)]),
      );
    const messages = told([many(1)], [many(2)]);
    expect(messages).toHaveLength(9);
    expect(messages.at(-1)).toBe('T: 22 more differences');
  });

  it('leave the text beside them aside, but not the text around them', () => {
    const around = (text: string) =>
      shows({ 'text/html': `<p>${text}</p><table><tr><td>a</td></tr></table>` });
    expect(told([around('share 1')], [around('share 2')])).toEqual(['share 1 → 2']);
  });
});

describe('charts', () => {
  it('are compared by their data, counted and told by one example', () => {
    expect(told([chart(0.848)], [chart(0.851, {}, '<svg>other</svg>')])).toEqual([
      'chart “How well each candidate ranks”: 1 of 4 values differs, e.g. Boosted trees, auc 0.848 → 0.851',
    ]);
    expect(told([chart(0.848)], [chart(0.8480000001)])).toEqual([]);
  });

  it('are told by their data rather than by their description', () => {
    const described = (auc: number) => chart(auc, { description: `AUC ${auc}` });
    expect(told([described(0.848)], [described(0.851)])).toHaveLength(1);
    expect(told([chart(1, { description: 'a' })], [chart(1, { description: 'b' })])).toEqual([
      'chart “How well each candidate ranks”: description “a” → “b”',
    ]);
  });

  it('are compared by their form', () => {
    expect(
      told([chart(1)], [chart(1, { mark: 'line', encoding: { x: { field: 'auc', bin: true } } })]),
    ).toEqual(['chart “How well each candidate ranks”: mark “bar” → “line”, and 1 more place']);
  });

  it('tell a row more by the count', () => {
    const rows = (count: number) =>
      shows({ [VEGA_LITE_TYPE]: spec(Array.from({ length: count }, () => ({ a: 1 }))) });
    expect(told([rows(3)], [rows(4)])).toEqual(['chart “How well each candidate ranks”: rows of data 3 → 4']);
  });

  it('have pictures that count only when the charts agree', () => {
    const label = (auc: string) =>
      `<svg aria-label="Ranks. AUC of Ensemble ${auc} (0.7–0.9); Trees 0.8."><path d="M0,1"/></svg>`;
    expect(told([chart(1, {}, label('0.829'))], [chart(1, {}, label('0.831'))])).toEqual([
      'picture: AUC of Ensemble 0.829 → 0.831',
    ]);
  });
});

describe('pictures', () => {
  const svg = (body: string) =>
    shows({ 'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>` });

  it('are compared by their words first, then by their drawing', () => {
    expect(told([svg('<text>rate 20 %</text>')], [svg('<text>rate 21 %</text>')])).toEqual([
      'picture: rate 20 % → 21 %',
    ]);
    expect(told([svg('<path d="M0,1"/>')], [svg('<path d="M0,2"/>')])).toEqual(['picture drawn differently']);
    expect(told([svg('<path d="M0,1.0000000001"/>')], [svg('<path d="M0,1"/>')])).toEqual([]);
  });

  it('do not differ by the names of their parts', () => {
    const part = (hash: string) => svg(`<g clip-path="url(#chart-${hash}-0)"/>`);
    expect(told([part('0123abcd')], [part('ffff0000')])).toEqual([]);
  });

  it('of bytes are equal or not', () => {
    const png = (bytes: string) => shows({ 'image/png': bytes });
    expect(told([png('aGVs\nbG8=')], [png('aGVsbG8=')])).toEqual([]);
    expect(told([png('aGVsbG8=')], [png('aGVsbG9=')])).toEqual(['picture differs']);
  });
});

describe('displays', () => {
  it('are missed and noticed by kind and name', () => {
    expect(told([chart(1), list(['a'])], [list(['a'])])).toEqual([
      'shows a chart less (“How well each candidate ranks”)',
    ]);
    expect(told([list(['a'])], [list(['a']), table('Second', ['x'], [])])).toEqual([
      'shows a table more (“Second”)',
    ]);
    const png = shows({ 'image/png': 'AA==' });
    expect(told([png, png], [png])).toEqual(['shows a picture less']);
  });

  it('may not lose a form', () => {
    const { data } = chart(1) as { data: Record<string, unknown> };
    const { 'image/svg+xml': _, ...rest } = data;
    expect(told([shows(data)], [shows(rest)])).toEqual([
      '“How well each candidate ranks” has lost its image/svg+xml',
    ]);
  });

  it('of text alone are compared as text, of JSON as JSON', () => {
    expect(told([shows({ 'text/plain': 'n 1' })], [shows({ 'text/plain': 'n 2' })])).toEqual(['n 1 → 2']);
    const json = (n: number) =>
      shows({ 'application/json': { fit: { coefficients: [1, n] } }, 'text/plain': `${n}` });
    expect(told([json(2)], [json(3)])).toEqual(['fit coefficients #2 2 → 3']);
  });
});

describe('provenance', () => {
  const made = {
    data: [
      { name: 'customers.csv', sha256: 'aa', rows: 4024 },
      { name: 'old.csv', sha256: 'cc' },
    ],
    seed: 7,
    backend: 'wasm',
    parameters: { accounts: 800 },
    versions: { churnlab: '0.1.0', node: '20.1.0', tslab: '1', typescript: '5' },
    durationSeconds: 3,
  };
  const provenance = (changes: object) =>
    shows({ [PROVENANCE_TYPE]: { ...made, ...changes }, 'text/html': `<p>${JSON.stringify(changes)}</p>` });

  it('says what changed among the things that make results', () => {
    const data = [
      { name: 'customers.csv', sha256: 'bb', rows: 4025 },
      { name: 'new.csv', sha256: 'dd' },
    ];
    const now = {
      data,
      seed: 8,
      backend: 'cpu',
      parameters: { accounts: 900 },
      versions: { churnlab: '0.2.0' },
    };
    expect(told([provenance({})], [provenance(now)])).toEqual([
      'data customers.csv changed (4,024 → 4,025 rows)',
      'data old.csv is no longer read',
      'data new.csv is new',
      'seed 7 → 8',
      'backend wasm → cpu',
      'parameter accounts 800 → 900',
      'churnlab 0.1.0 → 0.2.0',
    ]);
  });

  it('does not mind what it ran on, nor how long', () => {
    const versions = { ...made.versions, node: '24.0.0', tslab: '2', typescript: '6' };
    expect(told([provenance({})], [provenance({ versions, durationSeconds: 99 })])).toEqual([]);
  });
});

describe('errors and streams', () => {
  const error = (evalue: string): Output => ({
    output_type: 'error',
    ename: 'E',
    evalue,
    traceback: ['any'],
  });

  it('tells errors by name', () => {
    expect(told([error('a')], [error('b')])).toEqual(['error E: a → E: b']);
    expect(told([], [error('b')])).toEqual(['error none → E: b']);
  });

  it('does not mind how streams and displays interleave', () => {
    const [first, second] = [prints('a 1\n'), prints('b 2\n')];
    expect(told([first, chart(1), second], [prints('a 1\nb 2\n'), chart(1)])).toEqual([]);
    expect(told([prints('x 1', 'stderr')], [prints('x 2', 'stderr')])).toEqual(['x 1 → 2']);
  });

  it('compares only kinds when asked to', () => {
    expect(compareKinds([prints('1'), chart(1)], [chart(2), prints('2'), prints('3')])).toEqual([]);
    expect(compareKinds([prints('1')], [error('x')])).toEqual([
      { kind: 'display', message: 'shows an error where it showed text on stdout' },
    ]);
  });
});
