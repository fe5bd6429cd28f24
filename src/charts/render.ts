import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { ChartSpec } from './chart-spec.js';
import { breakLines, textWidth } from './text-width.js';
import { SUBTITLE_SIZE, TITLE_SIZE } from './theme.js';

/** Padding of both sides and a little air. */
const TITLE_MARGIN = 36;

/** A text item of Vega's scenegraph, as far as its width depends on it. */
interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
  /** Longer text is cut to this width. */
  readonly limit?: number;
}

/**
 * The chart as an SVG document. The same spec gives the same bytes, on any machine and in any order of calls.
 *
 * @param options.width Width in pixels for charts that otherwise fill their container.
 *
 * @example
 * const svg = await renderSvg(reliabilityChart(card.evaluation.reliability));
 */
export async function renderSvg(spec: ChartSpec, { width = 640 } = {}): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  measureAsDejaVu(vega);
  const sized = fitTitle(spec.width === 'container' ? { ...spec, width } : spec);
  const { spec: compiled } = compile(sized as Parameters<typeof compile>[0]);
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  try {
    return legalXml(withAlternativeText(ownIds(await view.toSVG()), spec));
  } finally {
    view.finalize();
  }
}

/**
 * The chart, or an SVG of one, as a PNG picture in the DejaVu fonts that come with the package.
 *
 * @param options.scale Pixels per SVG unit; 2 is sharp on screens and in slides.
 * @example
 * await writeFolderAtomically('figures', {
 *   'roc.png': await renderPng(rocChart(card.evaluation), { scale: 3 }),
 * });
 */
export async function renderPng(
  chart: ChartSpec | string,
  { scale = 2, width = 640 }: { scale?: number; width?: number } = {},
): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const svg = typeof chart === 'string' ? chart : await renderSvg(chart, { width });
  const resvg = new Resvg(svg, {
    background: 'white',
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  return resvg.render().asPng();
}

/** Vega breaks no lines, and a title wider than the chart would squeeze the plot. */
export function fitTitle(spec: ChartSpec): object {
  if (spec.title === null || typeof spec.width !== 'number') return spec;
  const { text, subtitle } = spec.title;
  const room = spec.width - TITLE_MARGIN;
  return {
    ...spec,
    title: {
      text: breakLines(text, room, { fontSize: TITLE_SIZE, bold: true }),
      subtitle: subtitle === '' ? '' : breakLines(subtitle, room, { fontSize: SUBTITLE_SIZE }),
    },
  };
}

function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSans-Oblique'].map((name) =>
    resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
  );
}

/** Vega keeps its ruler in one shared record, which its types leave out; setting it again is harmless. */
function measureAsDejaVu(vega: object): void {
  const { textMetrics } = vega as { textMetrics: { width: unknown } };
  textMetrics.width = ({ fontSize = 11, fontWeight, limit }: TextItem, text: unknown): number => {
    const bold = fontWeight === 'bold' || Number(fontWeight) >= 600;
    const width = textWidth(String(text ?? '').trim(), { fontSize, bold });
    return limit ? Math.min(width, limit) : width;
  };
}

/** Column names may hold what XML forbids: control characters and halves of surrogate pairs. */
function legalXml(svg: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
  return svg.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
}

/**
 * Vega numbers clips and gradients through the life of the process. Here their names come from the document itself:
 * the same each time, and different in different charts of one page.
 */
function ownIds(svg: string): string {
  const ids = [
    ...new Set([...svg.matchAll(/ id="((?:clip|gradient|pattern)\w*)"/g)].map((match) => match[1]!)),
  ];
  const numbered = ids.reduce((text, id, index) => renameId(text, id, `part-${index}`), svg);
  const chart = createHash('sha256').update(numbered).digest('hex').slice(0, 8);
  return ids.reduce((text, _, index) => renameId(text, `part-${index}`, `chart-${chart}-${index}`), numbered);
}

function renameId(svg: string, from: string, to: string): string {
  return svg.replaceAll(`id="${from}"`, `id="${to}"`).replaceAll(`url(#${from})`, `url(#${to})`);
}

function withAlternativeText(svg: string, { title, description }: ChartSpec): string {
  const label = (title ? `${title.text}. ${description}` : description).replace(
    /[&<>"]/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  );
  return svg.replace('<svg ', `<svg role="img" aria-label="${label}" `);
}
