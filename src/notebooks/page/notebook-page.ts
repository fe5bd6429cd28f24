import { type Html, html } from '../../reports/html.js';
import { renderPage } from '../../reports/page.js';
import { VERSION } from '../../version.js';
import type { Cell, Notebook } from '../notebook.js';
import { codeText } from './code-text.js';
import { markdownHtml } from './markdown.js';
import { NOTEBOOK_STYLE } from './notebook-style.js';
import { outputHtml } from './output-html.js';
import type { Heading, MarkupContext } from './safe-markup.js';

export interface NotebookPageOptions {
  /** Of a notebook whose Markdown has no heading of the first level. */
  readonly title: string;
  /** Pictures by the address that the Markdown calls them by, as `data:` addresses: {@link readPictures} reads them. */
  readonly pictures?: ReadonlyMap<string, string>;
}

/**
 * A notebook as one HTML file that loads nothing: Markdown, code and outputs as saved, charts that can be read point by
 * point, and their pictures on paper. Nothing in the notebook can run on the page; formulas of TeX stay as written.
 *
 * @example
 * const notebook = await readNotebook('churn.ipynb');
 * const page = await notebookPage(notebook, { title: 'Churn' });
 * await writeTextAtomically('churn.html', page);
 */
export async function notebookPage(
  notebook: Notebook,
  { title, pictures = new Map() }: NotebookPageOptions,
): Promise<string> {
  const headings: Heading[] = [];
  const cells = notebook.cells.map((cell) => cellHtml(cell, { pictures, headings }));
  const first = headings.find(({ level }) => level === 1);
  const contents = headings.filter(({ level }) => level === 2);
  return renderPage({
    title: first?.text.trim() || title,
    style: NOTEBOOK_STYLE,
    pictures: true,
    body: html`<div class="notebook">
${contents.length > 1 ? contentsHtml(contents) : ''}<main>
${first ? '' : html`<h1>${title}</h1>\n`}${cells}<footer>A notebook with its outputs as they were saved, written as a page by churnlab ${VERSION}.</footer>
</main>
</div>`,
  });
}

function contentsHtml(headings: readonly Heading[]): Html {
  const links = headings.map(({ id, text }) => html`<a href="#${id}">${text}</a>\n`);
  return html`<nav aria-label="Contents"><strong>Contents</strong>\n${links}</nav>\n`;
}

function cellHtml(cell: Cell, context: MarkupContext): Html {
  if (cell.cell_type === 'code') return codeCellHtml(cell, context);
  if (cell.cell_type === 'raw') return html`<pre class="output">${cell.source}</pre>\n`;
  const pictures = new Map([...context.pictures, ...attachedPictures(cell)]);
  return html`<section class="prose">\n${markdownHtml(cell.source, { ...context, pictures })}</section>\n`;
}

function codeCellHtml(cell: Extract<Cell, { cell_type: 'code' }>, context: MarkupContext): Html {
  const outputs = cell.outputs.map((output) => outputHtml(output, context));
  const source = cell.source.trim();
  if (source === '') return html`${outputs}`;
  const label = cell.execution_count === null ? 'Code, not run' : `Code ${cell.execution_count}`;
  return html`<section class="code">
<details open><summary>${label}</summary>
<pre class="source" tabindex="0"><code>${codeText(source)}</code></pre></details>
${outputs}</section>
`;
}

/** Pictures that the cell carries itself, under `attachment:name`. */
function attachedPictures(cell: Exclude<Cell, { cell_type: 'code' }>): [string, string][] {
  return Object.entries(cell.attachments ?? {}).flatMap(([name, bundle]) =>
    Object.entries(bundle)
      .filter(([type, data]) => /^image\/(?:png|jpeg|gif|webp)$/.test(type) && typeof data === 'string')
      .map(([type, data]): [string, string] => [`attachment:${name}`, `data:${type};base64,${data}`]),
  );
}
