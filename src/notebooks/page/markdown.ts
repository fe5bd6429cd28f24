import { Marked } from 'marked';
import { type Html, html } from '../../reports/html.js';
import { codeText } from './code-text.js';
import { type MarkupContext, safeMarkup } from './safe-markup.js';

const marked = new Marked({
  gfm: true,
  renderer: {
    code: ({ text, lang }) =>
      html`<pre><code>${/^(?:ts|js|typescript|javascript|json)$/.test(lang ?? '') ? codeText(text) : text}</code></pre>\n`
        .text,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
});

/** Markdown as GitHub has it; markup inside it and what becomes of it go through {@link safeMarkup}. */
export function markdownHtml(markdown: string, context: MarkupContext): Html {
  return safeMarkup(marked.parse(markdown, { async: false }), context);
}

/** The addresses of the pictures in a Markdown text. */
export function pictureAddresses(markdown: string): string[] {
  const addresses: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === 'image') addresses.push(String(token['href']));
  });
  return addresses;
}
