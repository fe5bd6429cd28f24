import { createHash } from 'node:crypto';
import { chartScripts } from './chart-scripts.js';
import { Html, html } from './html.js';
import { PAGE_STYLE } from './page-style.js';

export interface Page {
  /** For the browser's tab. */
  readonly title: string;
  readonly body: Html;
  /** Added to the look of every page. */
  readonly style?: string;
  /** Whether the page shows pictures, which it carries itself as `data:` addresses. */
  readonly pictures?: boolean;
}

/**
 * One HTML file that holds all it needs and may load nothing: its policy forbids the network, and every script
 * but the ones it was written with.
 */
export async function renderPage({ title, body, style = '', pictures = false }: Page): Promise<string> {
  const scripts = await chartScripts();
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`).join(' ')}`,
    // Vega-Embed and its tooltips bring their styles at run time.
    "style-src 'unsafe-inline'",
    ...(pictures ? ['img-src data:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title}</title>
<style>${new Html(PAGE_STYLE + style)}</style>
</head>
<body>
${body}
${scripts.map((script) => html`<script>${new Html(script)}</script>\n`)}</body>
</html>
`.text;
}
