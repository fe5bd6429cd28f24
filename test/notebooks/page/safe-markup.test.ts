import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markupPieces } from '../../../src/notebooks/page/markup.js';
import { type Heading, safeMarkup } from '../../../src/notebooks/page/safe-markup.js';

const safe = (markup: string, pictures: [string, string][] = [], headings: Heading[] = []) =>
  safeMarkup(markup, { pictures: new Map(pictures), headings }).text;

describe('safeMarkup', () => {
  it.each([
    ['<script>alert(1)</script>after', 'after'],
    ['<SCRIPT>alert(1)</script >after', 'after'],
    ['<script>never closed', ''],
    ['<style>td { position: fixed }</style>a', 'a'],
    ['<b onclick="alert(1)" id="x">a</b>', '<b>a</b>'],
    ['<iframe src="https://x"></iframe>a', 'a'],
    ['<form action="/x"><input autofocus onfocus=alert(1)>a</form>', 'a'],
    ['<svg><script>alert(1)</script></svg>a', 'a'],
    ['<svg/onload=alert(1)>a', ''],
    ['<svg viewBox="0 0 1 1"/>a', 'a'],
    ['<embed src=x>a', 'a'],
    ['<!-- <script>alert(1)</script> -->a', 'a'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href=" java\nscript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="&#106;avascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="data:text/html,x">a</a>', '<a>a</a>'],
    ['<a href="file:///etc/passwd">a</a>', '<a>a</a>'],
    [
      '<p style="position:fixed;text-align: right;background:url(x)">a</p>',
      '<p style="text-align:right">a</p>',
    ],
    [
      '<table><tr><td align="right" class="x">1</td></tr></table>',
      '<table><tr><td align="right">1</td></tr></table>',
    ],
    ['</div></main><div>a', '<div>a</div>'],
    ['<ul><li>a', '<ul><li>a</li></ul>'],
    ['1 < 2 && "3" > 2', '1 &#60; 2 &#38;&#38; &#34;3&#34; &#62; 2'],
    ['a &lt;script&gt; b', 'a &#60;script&#62; b'],
    ['<img src=x onerror=alert(1) alt=a>', '<a href="x" rel="noopener noreferrer">a</a>'],
    ['<img src="javascript:alert(1)" alt="a">', 'a'],
    ['<img src="data:text/html;base64,AAAA" alt="a">', 'a'],
    ['<<b>script>a', '&#60;<b>script&#62;a</b>'],
    ['<b title="a>b" title=\'"\'>c</b>', '<b title="&#34;">c</b>'],
  ])('%j', (markup, expected) => {
    expect(safe(markup)).toBe(expected);
  });

  it('keeps links of the web, of mail and beside the page', () => {
    for (const href of [
      'https://example.org/a?b=c',
      'mailto:a@b.c',
      '../data/README.md',
      '#part',
      'a:b/../c'.slice(3),
    ]) {
      expect(safe(`<a href="${href}">a</a>`)).toBe(`<a href="${href}" rel="noopener noreferrer">a</a>`);
    }
  });

  it('shows the pictures that the page carries', () => {
    expect(safe('<img src="a.png" alt="A">', [['a.png', 'data:image/png;base64,AA==']])).toBe(
      '<img src="data:image/png;base64,AA==" alt="A" title="">',
    );
    expect(safe('<img src="data:image/png;base64,AA==">')).toContain('<img src="data:image/png;base64,AA=="');
  });

  it('gathers headings with ids that nothing in the markup can choose', () => {
    const headings: Heading[] = [];
    expect(safe('<h1 id="x">A <b>b</b> &amp; c</h1><h2>D</h2>', [], headings)).toBe(
      '<h1 id="section-1">A <b>b</b> &#38; c</h1><h2 id="section-2">D</h2>',
    );
    expect(headings.map(({ text }) => text)).toEqual(['A b & c', 'D']);
  });

  it('writes only tags and attributes of its lists, whatever comes in', () => {
    const part = fc.constantFrom(
      ...[
        '<',
        '>',
        '"',
        "'",
        '=',
        '/',
        ' ',
        '<script',
        '<img src=',
        ' onerror=',
        '<!--',
        '-->',
        '<b',
        '<td style="',
        '&#60;',
        'x',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const written = safe(parts.join(''));
        expect(
          written.replace(/<\/?(?:b|td|a)(?: (?:title|alt|href|rel|style)="[^"<>]*")*>/g, ''),
        ).not.toMatch(/[<>"]/);
        expect(safe(written)).toBe(written);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes markup that never closes in its stride', () => {
    const pieces = markupPieces(`<a ${'a '.repeat(50_000)}`);
    expect(pieces.map((piece) => piece.kind)).toEqual(['text', 'text']);
    expect(markupPieces('<a "'.repeat(5_000)).length).toBeGreaterThan(0);
  });
});
