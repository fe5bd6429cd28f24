import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Browser builds in the order in which each finds the one before it as a global. */
const BUILDS = [
  { name: 'vega', file: 'vega.min.js' },
  { name: 'vega-lite', file: 'vega-lite.min.js' },
  { name: 'vega-embed', file: 'vega-embed.min.js' },
];

/** Draws every chart of the page into the width it has; without `eval`, so that a strict policy can forbid it. */
const DRAW = `for (const figure of document.querySelectorAll('figure.chart')) {
  const spec = JSON.parse(figure.querySelector('script').textContent);
  vegaEmbed(figure.querySelector('.live'), spec, { renderer: 'svg', actions: false, ast: true })
    .then(() => figure.classList.add('drawn'), (error) => console.error(error));
}`;

/**
 * The scripts that a page with charts carries inside itself: Vega, Vega-Lite and Vega-Embed as they come from npm
 * (BSD 3-clause, each under its licence), and the few lines that start them.
 */
export async function chartScripts(): Promise<string[]> {
  return [...(await Promise.all(BUILDS.map(readBuild))), DRAW];
}

async function readBuild({ name, file }: (typeof BUILDS)[number]): Promise<string> {
  // The packages export their module alone; the browser build lies beside it.
  const build = dirname(createRequire(import.meta.url).resolve(name));
  const [code, licence] = await Promise.all([
    readFile(join(build, file), 'utf8'),
    readFile(join(build, '..', 'LICENSE'), 'utf8'),
  ]);
  const body = code.replace(/^\/\/# sourceMappingURL=.*$/m, '').trim();
  return `/*! ${name}\n\n${licence.trim()}\n*/\n${body}`.replace(/<\/(?=script)/gi, '<\\/');
}
