import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VEGA_LITE_TYPE } from '../../../src/displays/mime-bundle.js';
import type { Cell, Notebook, Output } from '../../../src/notebooks/notebook.js';
import { codePieces, codeText } from '../../../src/notebooks/page/code-text.js';
import { markdownHtml } from '../../../src/notebooks/page/markdown.js';
import { notebookPage } from '../../../src/notebooks/page/notebook-page.js';
import { outputHtml, plainText } from '../../../src/notebooks/page/output-html.js';
import { readPictures } from '../../../src/notebooks/page/pictures.js';

const context = { pictures: new Map<string, string>(), headings: [] };
const markdown = (source: string): Cell => ({ cell_type: 'markdown', metadata: {}, source });
const code = (source: string, outputs: Output[] = [], execution_count: number | null = 1): Cell => ({
  cell_type: 'code',
  metadata: {},
  source,
  outputs,
  execution_count,
});
const notebook = (...cells: Cell[]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const shown = (data: Record<string, unknown>) =>
  outputHtml({ output_type: 'display_data', data, metadata: {} }, context).text;
const page = (...cells: Cell[]) => notebookPage(notebook(...cells), { title: 'File name' });

describe('code', () => {
  it('is cut into pieces that together are the source, whatever it is', () => {
    const part = fc.constantFrom(
      '`',
      '${',
      '}',
      '{',
      '/',
      '"',
      "'",
      ' ',
      '\n',
      'a',
      '1',
      '/*',
      '//',
      '\\',
      '(',
      '#',
      'é',
      '@',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const source = parts.join('');
        expect(
          codePieces(source)
            .map(({ text }) => text)
            .join(''),
        ).toBe(source);
      }),
      { numRuns: 500 },
    );
  });

  it('has its words set apart, also in templates', () => {
    const colours = codePieces(`const a = \`x \${f(1)} y\`; // why\nb.type / 2; /r/.test(c)`)
      .filter(({ colour }) => colour !== 'plain')
      .map(({ text, colour }) => `${colour} ${text}`);
    expect(colours).toEqual([
      'keyword const',
      `string \`x \${`,
      'name f',
      'number 1',
      'string } y`',
      'comment // why',
      'number 2',
      'string /r/',
      'name test',
    ]);
  });

  it('shows markup as text', () => {
    expect(codeText("'</code><script>'").text).toBe(
      '<span class="code-string">&#39;&#60;/code&#62;&#60;script&#62;&#39;</span>',
    );
  });
});

describe('Markdown', () => {
  it('is that of GitHub, with markup inside made safe', () => {
    const text = markdownHtml(
      'a **b** <sub>c</sub> <img src=x onerror=alert(1)>\n\n| x | y |\n|--|--:|\n| 1 | 2 |\n\n- [x] d',
      context,
    ).text;
    expect(text).toContain('a <strong>b</strong> <sub>c</sub>');
    expect(text).toContain('<td align="right">2</td>');
    expect(text).toContain('☑ d');
    expect(text).not.toMatch(/onerror|<input/);
  });

  it('drops links that would run something', () => {
    const text = markdownHtml(
      '[a](javascript:alert(1)) [b](https://example.org) [c](../data/README.md)',
      context,
    ).text;
    expect(text).toContain('<a>a</a>');
    expect(text).toContain('<a href="https://example.org" rel="noopener noreferrer">b</a>');
    expect(text).toContain('<a href="../data/README.md" rel="noopener noreferrer">c</a>');
  });

  it('colours code in fences', () => {
    expect(markdownHtml('```ts\nconst a = 1;\n```', context).text).toContain(
      '<span class="code-keyword">const</span>',
    );
    expect(markdownHtml('```sh\nls <x>\n```', context).text).toContain(
      '<pre><code>ls &#60;x&#62;</code></pre>',
    );
  });
});

describe('outputs', () => {
  it('are shown in their richest form', () => {
    const spec = {
      mark: 'bar',
      title: { text: 'A <b>', subtitle: ['b', 'c'] },
      width: 720,
      data: { values: [] },
      $schema: 'x',
    };
    const bundle = {
      [VEGA_LITE_TYPE]: { ...spec, usermeta: { embedOptions: { ast: false } } },
      'text/html': '<p>table</p>',
      'image/svg+xml': '<svg aria-label="words"></svg>',
      'text/plain': 'text',
    };
    const chart = shown(bundle);
    expect(chart).toContain('<strong>A &#60;b&#62;</strong><span>b c</span>');
    expect(chart).toMatch(/<img src="data:image\/svg\+xml;base64,[\w+/=]+" alt="words">/);
    const drawn = JSON.parse(/<script type="application\/json">(.+)<\/script>/.exec(chart)![1]!);
    expect(drawn).toEqual({ mark: 'bar', title: null, width: 'container', data: { values: [] } });
    const { [VEGA_LITE_TYPE]: _, ...table } = bundle;
    expect(shown(table)).toMatch(/^<div class="output scroll" tabindex="0"><p>table<\/p><\/div>/);
    expect(shown({ 'image/png': 'aGVs\nbG8=', 'text/plain': 'hello' })).toContain(
      '<img src="data:image/png;base64,aGVsbG8=" alt="hello">',
    );
    expect(shown({ 'text/plain': '<b>' })).toContain('&#60;b&#62;');
    expect(shown({ 'application/json': { a: 1 } })).toContain('&#34;a&#34;: 1');
  });

  it('of a chart with data elsewhere are the picture alone', () => {
    const spec = { layer: [{ data: { url: 'https://example.org/x.csv' } }] };
    expect(shown({ [VEGA_LITE_TYPE]: spec, 'image/svg+xml': '<svg/>' })).toMatch(
      /^<figure class="output"><img/,
    );
  });

  it('that are bytes cannot leave their address', () => {
    expect(shown({ 'image/png': '"><script>', 'text/plain': 'words' })).toMatch(
      /^<pre [^>]+>words<\/pre>\n$/,
    );
  });

  it('that failed are marked, without the codes of a terminal', () => {
    const output: Output = {
      output_type: 'error',
      ename: 'E',
      evalue: 'v',
      traceback: ['\u001b[31mE\u001b[0m: v', ' at x'],
    };
    expect(outputHtml(output, context).text).toBe(
      '<pre class="output error" role="alert">E: v\n at x</pre>\n',
    );
    expect(outputHtml({ ...output, traceback: [] }, context).text).toContain('>E: v</pre>');
  });

  it('of a terminal stand as they stood last', () => {
    expect(plainText('10 %\r50 %\r100 %\ndone\r\n')).toBe('100 %\ndone');
    expect(plainText('\u001b]8;;https://x\u0007link\u001b]8;;\u0007 \u001b[1;32mgreen\u001b[m')).toBe(
      'link green',
    );
  });
});

describe('notebookPage', () => {
  it('is called by its first heading, else by its file', async () => {
    expect(await page(markdown('# A & b'))).toContain('<title>A &#38; b</title>');
    const untitled = await page(code('1'));
    expect(untitled).toContain('<title>File name</title>');
    expect(untitled).toContain('<h1>File name</h1>');
  });

  it('lists what is in it, from two sections on', async () => {
    const both = await page(markdown('# T\n\n## First'), markdown('### Deeper\n\n## Second'));
    expect(both).toMatch(
      /<nav aria-label="Contents">[\s\S]*<a href="#section-2">First<\/a>\n<a href="#section-4">Second<\/a>/,
    );
    expect(both).toContain('<h2 id="section-4">Second</h2>');
    expect(await page(markdown('# T\n\n## Only'))).not.toContain('<nav');
  });

  it('numbers code as it ran, and passes over empty cells', async () => {
    const text = await page(code('a', [], 3), code('b', [], null), code('  ', [], null));
    expect(text.match(/<summary>.+<\/summary>/g)).toEqual([
      '<summary>Code 3</summary>',
      '<summary>Code, not run</summary>',
    ]);
  });

  it('shows pictures that a cell carries', async () => {
    const cell = {
      ...markdown('![a](attachment:a.png)'),
      attachments: { 'a.png': { 'image/png': 'AA==' } },
    } as Cell;
    expect(await page(cell)).toContain('<img src="data:image/png;base64,AA==" alt="a"');
  });

  it('is the same each time, and may load nothing', async () => {
    const first = await page(markdown('# A'), code('1'));
    expect(await page(markdown('# A'), code('1'))).toBe(first);
    expect(first).toMatch(/content="default-src 'none'; script-src 'sha256-[^"]+; img-src data:; /);
  });
});

describe('readPictures', () => {
  it('reads those in the folder of the notebook and below, and no others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
    try {
      await mkdir(join(folder, 'in', 'img'), { recursive: true });
      await writeFile(join(folder, 'out.png'), 'secret');
      await writeFile(join(folder, 'in', 'img', 'a b.png'), 'hello');
      await writeFile(join(folder, 'in', 'text.txt'), 'secret');
      const source =
        '![](img/a%20b.png) ![](../out.png) ![](text.txt) ![](none.png) ![](https://x.org/y.png) ![](/z.png)';
      const pictures = await readPictures(notebook(markdown(source)), join(folder, 'in'));
      expect([...pictures]).toEqual([['img/a%20b.png', 'data:image/png;base64,aGVsbG8=']]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
