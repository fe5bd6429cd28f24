import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import { displayBundle } from '../../src/displays/display-bundle.js';
import type { DisplayOptions } from '../../src/displays/display-options.js';
import { type Column, makeTable } from '../../src/tables/table.js';
import { textTable } from '../cleaning/text-table.js';
import { HOSTILE } from '../reports/card-fixture.js';

async function textOf(value: unknown, options: DisplayOptions = {}): Promise<string[]> {
  return String((await displayBundle(value, options)).data['text/plain']).split('\n');
}
async function htmlOf(value: unknown, options: DisplayOptions = {}): Promise<string> {
  return String((await displayBundle(value, options)).data['text/html']);
}

const plans = [
  { plan: 'basic', accounts: 4014, churn: 0.1234, mrr: 123_450, usage: 1.5, paid: true },
  { plan: 'pro', accounts: 12, churn: null, mrr: -5, usage: Number.NaN, paid: false },
];

describe('a list of records', () => {
  it('is a table with figures in columns and units', async () => {
    const units = { churn: 'percent', mrr: 'cents:EUR', usage: 'days' };
    expect(await textOf(plans, { caption: 'Plans', units })).toEqual([
      'Plans',
      'plan   accounts   churn  mrr (EUR)  usage (days)  paid',
      'basic     4,014  12.3 %   1,234.50           1.5  yes',
      'pro          12       –      −0.05             –  no',
    ]);
  });

  it('is HTML whose alignment survives without styles, and in JupyterLab', async () => {
    const html = await htmlOf(plans, { columns: ['plan', 'accounts'], caption: 'Plans' });
    expect(html).toBe(`<div>
<table>
<caption align="left" style="text-align:left;caption-side:top;font-weight:600"><bdi>Plans</bdi></caption>
<thead>
<tr><th scope="col" align="left" style="text-align:left;white-space:nowrap"><bdi>plan</bdi></th><th scope="col" align="right" style="text-align:right;white-space:nowrap"><bdi>accounts</bdi></th></tr>
</thead>
<tbody>
<tr><td align="left" style="text-align:left;white-space:nowrap"><bdi>basic</bdi></td><td align="right" style="text-align:right;white-space:nowrap">4,014</td></tr>
<tr><td align="left" style="text-align:left;white-space:nowrap"><bdi>pro</bdi></td><td align="right" style="text-align:right;white-space:nowrap">12</td></tr>
</tbody>
</table>
</div>`);
  });

  it('takes columns in the order asked for, and decimals', async () => {
    expect(await textOf(plans, { columns: ['usage', 'plan'], digits: { usage: 3 } })).toEqual([
      'usage  plan',
      '1.500  basic',
      '    –  pro',
    ]);
  });

  it('has the names of all records, and none that only their prototype has', async () => {
    expect(await textOf([{ a: 1 }, { b: 2 }, { constructor: 'c' }])).toEqual([
      'a  b  constructor',
      '1  –  –',
      '–  2  –',
      '–  –  c',
    ]);
  });

  it('says how much of it is shown', async () => {
    const rows = Array.from({ length: 4014 }, (_, i) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, j) => [`c${j}`, i * j])),
    );
    const lines = await textOf(rows);
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('20 of 4,014 rows, 25 of 30 columns');
    expect(lines[0]).toMatch(/c24$/);
    expect((await textOf(rows, { rows: 3, columns: ['c1'] })).slice(-2)).toEqual([' 2', '3 of 4,014 rows']);
    expect(await htmlOf(rows, { rows: 3, columns: ['c1'] })).toContain(
      '<tfoot>\n<tr><td colspan="1" align="left" style="text-align:left">3 of 4,014 rows</td></tr>\n</tfoot>',
    );
  });

  it('writes years as years', async () => {
    expect(await textOf([{ 'Year of sign-up': 2024, accounts: 1204 }])).toEqual([
      'Year of sign-up  accounts',
      '           2024     1,204',
    ]);
  });

  it('chooses decimals by what is shown', async () => {
    expect(await textOf([{ x: 1 }, { x: 2 }, { x: 0.123456 }], { rows: 2 })).toEqual([
      'x',
      '1',
      '2',
      '2 of 3 rows',
    ]);
  });

  it('writes dates as days, with a time where one has it, and estimates with their intervals', async () => {
    const row = (at: number, seen: number) => ({
      at: new Date(at),
      seen: new Date(seen),
      auc: { value: 0.85, low: -0.01, high: 0.9 },
    });
    expect(await textOf([row(0, Date.UTC(2024, 1, 29, 13, 5)), row(Number.NaN, 0)])).toEqual([
      'at          seen                               auc',
      '1970-01-01  2024-02-29 13:05  0.85 (−0.01 to 0.90)',
      '–           1970-01-01 00:00  0.85 (−0.01 to 0.90)',
    ]);
    expect((await textOf([{ at: new Date(1500) }]))[1]).toBe('1970-01-01 00:00:01');
    expect((await textOf([{ at: new Date(Date.UTC(12_024, 0, 1)) }]))[1]).toBe('+012024-01-01');
  });

  it('writes whole numbers of any size, and nested values in a line', async () => {
    expect((await textOf([{ n: 12_345_678_901_234_567_890n, list: [1, { a: [2] }] }]))[1]).toBe(
      '12,345,678,901,234,567,890  [ 1, { a: [Array] } ]',
    );
  });

  it('cuts long texts and keeps them whole in a title', async () => {
    const note = 'x'.repeat(300);
    expect((await textOf([{ note }]))[1]).toBe(`${'x'.repeat(79)}…`);
    expect(await htmlOf([{ note }])).toContain(`<span title="${note}"><bdi>${'x'.repeat(239)}…</bdi></span>`);
  });

  it('keeps hostile names and cells from becoming markup or steering the page', async () => {
    const hostile = Object.fromEntries(Object.values(HOSTILE).map((text) => [text, text + text.repeat(9)]));
    const options = { caption: HOSTILE.script, units: { [HOSTILE.html]: HOSTILE.script } };
    const html = await htmlOf([hostile], options);
    expect(
      html.replace(/<\/?(div|table|caption|thead|tbody|tr|th|td|bdi|span)( [a-z]+="[^"<>]*")*>/g, ''),
    ).not.toMatch(/[<>"]/);
    for (const text of [html, (await textOf([hostile], options)).join('\n')]) {
      expect(text).not.toMatch(/\p{Bidi_Control}|[^\P{Cc}\n]/u);
    }
    expect(html).toContain(`<bdi>${HOSTILE.arabic}`);
  });

  it('replaces halves of surrogate pairs, which other readers of notebooks refuse', async () => {
    expect((await textOf([{ a: '\ud800x' }]))[1]).toBe('\ufffdx');
  });
});

describe('other tables', () => {
  const columns: Column[] = [
    { kind: 'number', name: 'days', values: Float64Array.of(3, Number.NaN) },
    { kind: 'category', name: 'plan', codes: Int32Array.of(-1, 0), levels: ['pro'] },
  ];

  it('are columnar ones', async () => {
    expect(await textOf(makeTable(columns))).toEqual(['days  plan', '   3  –', '   –  pro']);
  });

  it('are raw ones', async () => {
    const raw = textTable(['id', 'plan'], [['A1', 'pro']]);
    const at = { kind: 'instant' as const, name: 'at', values: Float64Array.of(0) };
    expect(await textOf({ ...raw, columns: [...raw.columns, at] })).toEqual([
      'id  plan  at',
      'A1  pro   1970-01-01',
    ]);
  });

  it('are those of Arquero, as they are filtered and ordered', async () => {
    const table = aq
      .table({ plan: ['a', 'b', 'c'], n: [1, 2, 3] })
      .filter((row: { n: number }) => row.n > 1)
      .orderby(aq.desc('n'));
    expect(await textOf(table)).toEqual(['plan  n', 'c     3', 'b     2']);
  });

  it('are records of single values, each with decimals of its own', async () => {
    const facts = { accounts: 4014, churn: 0.01234, auc: { value: 0.85, low: 0.83, high: 0.87 }, gone: null };
    expect(await textOf(facts, { units: { churn: 'percent', accounts: 'paying' } })).toEqual([
      'Name                          Value',
      'accounts (paying)             4,014',
      'churn                         1.2 %',
      'auc                0.85 (0.83–0.87)',
      'gone                              –',
    ]);
    expect(await textOf({ name: 'Acme', since: new Date(0) })).toEqual([
      'Name   Value',
      'name   Acme',
      'since  1970-01-01',
    ]);
  });
});

describe('options that do not fit', () => {
  it.each([
    [{ columns: ['plam'] }, 'there is no column "plam"; the table has "plan", "accounts"'],
    [{ units: { mrr2: 'EUR' } }, 'there is no column "mrr2"'],
    [{ units: { mrr: 'cents:euro' } }, 'needs a currency of three capital letters, as in cents:EUR'],
    [{ rows: 0 }, 'rows must be a whole number from 1 on, found 0'],
    [{ digits: { churn: 1.5 } }, 'digits of "churn" must be a whole number from 0 to 20, found 1.5'],
  ])('%j are refused', async (options, message) => {
    await expect(displayBundle(plans, options)).rejects.toThrow(message);
  });
});
