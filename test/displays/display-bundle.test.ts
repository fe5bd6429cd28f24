import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { liftChart } from '../../src/charts/lift.js';
import { renderSvg } from '../../src/charts/render.js';
import { rocChart } from '../../src/charts/roc.js';
import { isChartList } from '../../src/displays/charts.js';
import { displayBundle } from '../../src/displays/display-bundle.js';
import { VEGA_LITE_TYPE } from '../../src/displays/mime-bundle.js';
import { html } from '../../src/reports/html.js';
import { HOSTILE, signalCard } from '../reports/card-fixture.js';

const { evaluation } = signalCard();
const chart = rocChart(evaluation);

describe('a chart', () => {
  it('is a spec for JupyterLab, a picture and a sentence', async () => {
    const { data } = await displayBundle(chart);
    expect(Object.keys(data)).toEqual([VEGA_LITE_TYPE, 'image/svg+xml', 'text/plain']);
    expect(data[VEGA_LITE_TYPE]).toEqual({
      ...chart,
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      width: 720,
      title: { text: [chart.title!.text], subtitle: [chart.title!.subtitle] },
    });
    expect(data['image/svg+xml']).toBe(await renderSvg(chart, { width: 720 }));
    expect(data['text/plain']).toBe(
      'Churners caught against loyal accounts bothered. ROC curve with an area of 0.850 (0.831–0.870).',
    );
    expect(chart.width).toBe('container');
  });

  it('keeps a width of its own, and may stand without a title', async () => {
    const { data } = await displayBundle({ ...chart, title: null, width: 300 });
    expect(data[VEGA_LITE_TYPE]).toMatchObject({ width: 300, title: null });
    expect(data['image/svg+xml']).toContain('viewBox="0 0 300 ');
    expect(data['text/plain']).toBe('ROC curve with an area of 0.850 (0.831–0.870).');
  });

  it('may be any specification of Vega-Lite', async () => {
    const { data } = await displayBundle({
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      title: 'Logins',
      data: { values: [{ day: 1, logins: 3 }] },
      mark: 'bar',
      encoding: { x: { field: 'day', type: 'ordinal' }, y: { field: 'logins', type: 'quantitative' } },
      width: { step: 40 },
    });
    expect(data[VEGA_LITE_TYPE]).toMatchObject({
      mark: 'bar',
      title: { text: 'Logins' },
      width: { step: 40 },
    });
    expect(data['image/svg+xml']).toContain('aria-label="Logins');
    expect(data['text/plain']).toBe('Logins.');
  });

  it('stands in one picture with the others of its list', async () => {
    const list = [chart, liftChart(evaluation)];
    expect(isChartList(list)).toBe(true);
    const { data } = await displayBundle(list);
    const heights = [...String(data['image/svg+xml']).matchAll(/viewBox="0 0 720 (\d+)"/g)].map(
      ([, height]) => Number(height),
    );
    expect(heights).toHaveLength(3);
    expect(heights[0]).toBe(heights[1]! + heights[2]!);
    expect(data['image/svg+xml']).toContain(`<svg y="${heights[1]}" `);
    expect(String(data['text/plain']).split('\n')).toHaveLength(2);
  });
});

describe('anything else', () => {
  it('is text where it is a string, without what steers a terminal', async () => {
    expect((await displayBundle('# **no** Markdown\n<b>')).data).toEqual({
      'text/plain': '# **no** Markdown\n<b>',
    });
    expect((await displayBundle('one <b> line')).data).toEqual({
      'text/html': '<p>one &#60;b&#62; line</p>',
      'text/plain': 'one <b> line',
    });
    expect((await displayBundle(HOSTILE.terminal)).data['text/plain']).toBe('red �[31malert� �reversed');
  });

  it('is said in words where it is an empty list', async () => {
    const options = { caption: 'Rejected', units: { rate: 'percent' } };
    expect((await displayBundle([], options)).data['text/plain']).toBe('Rejected: none.');
    expect((await displayBundle([])).data['text/plain']).toBe('None.');
  });

  it('passes through where it is ready', async () => {
    const bundle = {
      data: { 'application/x+json': { a: 1 }, 'text/plain': 'a' },
      metadata: { 'text/plain': {} },
    };
    expect(await displayBundle(bundle)).toEqual(bundle);
    expect((await displayBundle({ data: { 'image/png': 'AA==' }, metadata: {} })).data).toEqual({
      'image/png': 'AA==',
      'text/plain': 'Shown as image/png',
    });
    expect((await displayBundle(html`<p>a ${'& <b>'}</p>`)).data).toEqual({
      'text/html': '<p>a &#38; &#60;b&#62;</p>',
      'text/plain': 'a & <b>',
    });
  });

  it.each([
    [{ data: {}, metadata: {} }, '{ data: {}, metadata: {} }'],
    [[1, 2], '[ 1, 2 ]'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [new Map([['a', { b: 1 }]]), "Map(1) { 'a' => { b: 1 } }"],
    [{ a: { b: { c: { d: { e: { f: 1 } } } } } }, '{\n  a: {\n    b: { c: { d: { e: [Object] } } }\n  }\n}'],
  ])('%o is inspected', async (value, text) => {
    expect((await displayBundle(value)).data).toEqual({ 'text/plain': text });
  });
});

describe('every bundle', () => {
  it('is the same in another time zone and locale', async () => {
    const code = `
      import { displayBundle, rocChart } from 'churnlab';
      const at = new Date(Date.UTC(2024, 2, 31, 23, 30));
      const values = [[{ at, n: 1234567.5, share: 0.123 }], { at, n: 12345 }, { deep: { at } }];
      for (const value of values) console.log(JSON.stringify(await displayBundle(value)));`;
    const run = async (env: object) =>
      (
        await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
          env: { ...process.env, ...env },
        })
      ).stdout;
    const here = await run({ TZ: 'UTC', LC_ALL: 'C' });
    expect(here).toContain('2024-03-31 23:30');
    expect(await run({ TZ: 'Pacific/Kiritimati', LC_ALL: 'ar_EG.UTF-8', LANG: 'de_DE' })).toBe(here);
  });
});
