import { scriptJson } from '../../reports/chart-figure.js';
import { type Html, html } from '../../reports/html.js';
import { type Bundle, isSpecType } from '../compare/display.js';
import { isRecord, titleOf } from '../compare/json.js';
import { attributeOf } from '../compare/svg.js';
import type { Output } from '../notebook.js';
import { markdownHtml } from './markdown.js';
import { type MarkupContext, safeMarkup } from './safe-markup.js';

/** What a cell showed, in the richest form that a page can draw. */
export function outputHtml(output: Output, context: MarkupContext): Html {
  if (output.output_type === 'stream') {
    const text = plainText(output.text);
    return html`<pre tabindex="0" class="output ${output.name}${/[│┃|]/.test(text) ? '' : ' sentences'}">${text}</pre>\n`;
  }
  if (output.output_type === 'error') {
    const { ename, evalue, traceback } = output;
    const text = traceback.length > 0 ? traceback.join('\n') : `${ename}: ${evalue}`;
    return html`<pre class="output error" role="alert">${plainText(text)}</pre>\n`;
  }
  return bundleHtml(output.data, context);
}

function bundleHtml(bundle: Bundle, context: MarkupContext): Html {
  const spec = Object.entries(bundle).find(([type]) => isSpecType(type))?.[1];
  if (isRecord(spec) && isSelfContained(spec)) return chartHtml(spec, bundle);
  const markup = bundle['text/html'];
  if (typeof markup === 'string') {
    return html`<div class="output scroll" tabindex="0">${safeMarkup(markup, { ...context, headings: [] })}</div>\n`;
  }
  const picture = pictureHtml(bundle);
  if (picture) return html`<figure class="output">${picture}</figure>\n`;
  const markdown = bundle['text/markdown'];
  if (typeof markdown === 'string')
    return html`<div class="output">${markdownHtml(markdown, { ...context, headings: [] })}</div>\n`;
  return html`<pre tabindex="0" class="output">${plainText(textOf(bundle))}</pre>\n`;
}

/**
 * A chart twice, as reports have it: the saved picture for paper and readers without scripts, and the specification
 * for the page's script. A specification may not name data elsewhere, nor change how it is embedded.
 */
function chartHtml(spec: Record<string, unknown>, bundle: Bundle): Html {
  const subtitle = isRecord(spec['title']) ? spec['title']['subtitle'] : '';
  const lines = Array.isArray(subtitle) ? subtitle.join(' ') : subtitle;
  return html`<figure class="chart output">
<figcaption><strong>${titleOf({ title: spec['title'] })}</strong>${typeof lines === 'string' && lines !== '' ? html`<span>${lines}</span>` : ''}</figcaption>
<div class="picture">${pictureHtml(bundle) ?? html`<pre>${plainText(textOf(bundle))}</pre>`}</div>
<div class="live"></div>
<script type="application/json">${scriptJson(specForPage(spec))}</script>
</figure>
`;
}

/** Untitled, as the caption has the title, and as wide as the page where it is one picture of a given width. */
function specForPage({ usermeta, $schema, ...spec }: Record<string, unknown>): object {
  const isSingle = ('mark' in spec || 'layer' in spec) && typeof spec['width'] === 'number';
  return { ...spec, title: null, ...(isSingle ? { width: 'container' } : {}) };
}

function isSelfContained(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([key, part]) => !(key === 'url' && typeof part === 'string') && isSelfContained(part),
  );
}

/** As an `img`, in which a drawing runs no scripts and loads nothing, whatever it holds. */
function pictureHtml(bundle: Bundle): Html | null {
  const text = typeof bundle['text/plain'] === 'string' ? bundle['text/plain'] : '';
  const svg = bundle['image/svg+xml'];
  if (typeof svg === 'string') {
    const drawing = /<svg\b[^>]*\bxmlns=/.test(svg)
      ? svg
      : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
    const address = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`;
    return html`<img src="${address}" alt="${attributeOf(svg, 'aria-label') ?? text}">`;
  }
  const type = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].find(
    (known) => bytesOf(bundle[known]) !== null,
  );
  return type === undefined
    ? null
    : html`<img src="data:${type};base64,${bytesOf(bundle[type])!}" alt="${text}">`;
}

/** The bytes of a picture in base64, `null` for anything else. */
function bytesOf(value: unknown): string | null {
  const bytes = typeof value === 'string' ? value.replace(/\s/g, '') : '';
  return /^[A-Za-z\d+/]+={0,2}$/.test(bytes) ? bytes : null;
}

function textOf(bundle: Bundle): string {
  const text = bundle['text/plain'];
  return typeof text === 'string' ? text : JSON.stringify(Object.values(bundle)[0] ?? '', null, 2);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
const TERMINAL_CODES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b./g;

/** A text for a terminal without its colours, each line as it stood last when it was written over. */
export function plainText(text: string): string {
  return text
    .replace(TERMINAL_CODES, '')
    .replace(/\r\n/g, '\n')
    .replace(/^.*\r(?=[^\n])/gm, '')
    .replace(/\r|\n$/g, '');
}
