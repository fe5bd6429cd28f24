import { describe, expect, it } from 'vitest';
import { dataTable } from '../../src/reports/data-table.js';
import { dataText, html, unbroken } from '../../src/reports/html.js';
import { HOSTILE } from './card-fixture.js';

describe('html', () => {
  it('escapes every value, also in attributes and lists, and keeps its own pieces', () => {
    const piece = html`<b>${'a & b'}</b>`;
    expect(html`<p title="${'"><i>'}">${piece}${['<', piece, 7]}</p>`.text).toBe(
      '<p title="&#34;&#62;&#60;i&#62;"><b>a &#38; b</b>&#60;<b>a &#38; b</b>7</p>',
    );
  });

  it('sets data apart from the direction of the text around it', () => {
    expect(dataText(HOSTILE.arabic).text).toBe(`<bdi>${HOSTILE.arabic}</bdi>`);
    expect(dataText(HOSTILE.script).text).not.toContain('<script');
  });

  it('holds short brackets together and escapes around them', () => {
    expect(unbroken('<b> left (70–78 %), not (a very long remark that may well break)').text).toBe(
      '&#60;b&#62; left <span class="whole">(70–78 %),</span> not (a very long remark that may well break)',
    );
  });
});

describe('dataTable', () => {
  const { text } = dataTable(
    'Cap',
    [{ title: 'Name' }, { title: 'Rows', kind: 'number' }],
    [{ cells: ['<x>', 3] }],
  );

  it('has a caption, a header for each column and for each row', () => {
    expect(text).toContain('<caption><span>Cap</span></caption>');
    expect(text).toContain('<th scope="col" class="number">Rows</th>');
    expect(text).toContain(
      '<th scope="row" class="text">&#60;x&#62;</th><td class="number" data-title="Rows">3</td>',
    );
  });

  it('stacks on narrow pages where it ends in text', () => {
    expect(text).toContain('<table class="">');
    expect(dataTable('Cap', [{ title: 'Why' }], []).text).toContain('<table class="stacked">');
  });

  it('scrolls in a box that the keyboard reaches', () => {
    expect(text).toContain('<div class="scroll" tabindex="0" role="region" aria-label="Cap">');
  });
});
