import type { ChartSpec } from '../charts/chart-spec.js';
import { fitTitle, renderSvg } from '../charts/render.js';
import { type MimeBundle, VEGA_LITE_TYPE } from './mime-bundle.js';
import { hasAll, isListOf } from './shapes.js';

/** Fills a notebook's cell and leaves a margin to screens of 1,024 pixels. */
const WIDTH = 720;
/** JupyterLab 4 draws with Vega-Lite 5 and warns of specs that say 6; ours use nothing that is new in 6. */
const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

export function isChart(value: unknown): value is ChartSpec {
  return (
    hasAll(value, ['$schema', 'description', 'height', 'layer']) &&
    typeof value.$schema === 'string' &&
    value.$schema.startsWith('https://vega.github.io/schema/vega-lite/')
  );
}

/** A list of charts alone. */
export const isChartList = (value: unknown): value is readonly ChartSpec[] => isListOf(value, isChart);

/**
 * A chart for every reader of notebooks: JupyterLab takes the spec, GitHub and nbviewer the SVG, terminals the sentence.
 * The spec gets a width of its own: in a cell the box that `container` would ask has none yet, and Vega would take 200.
 */
export async function chartBundle(chart: ChartSpec): Promise<MimeBundle> {
  const sized = fitTitle(chart.width === 'container' ? { ...chart, width: WIDTH } : chart);
  return {
    data: {
      [VEGA_LITE_TYPE]: { ...sized, $schema: SCHEMA },
      'image/svg+xml': await renderSvg(chart, { width: WIDTH }),
      'text/plain': chartText(chart),
    },
    metadata: {},
  };
}

/** Charts below each other in one picture. */
export async function chartListBundle(charts: readonly ChartSpec[]): Promise<MimeBundle> {
  const pictures = await Promise.all(charts.map((chart) => renderSvg(chart, { width: WIDTH })));
  return {
    data: { 'image/svg+xml': stack(pictures), 'text/plain': charts.map(chartText).join('\n') },
    metadata: {},
  };
}

const chartText = ({ title, description }: ChartSpec): string =>
  title === null ? description : `${title.text}. ${description}`;

function stack(pictures: readonly string[]): string {
  let [top, right] = [0, 0];
  const placed = pictures.map((picture) => {
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(picture)!;
    const at = `<svg y="${top}" `;
    top += Number(height);
    right = Math.max(right, Number(width));
    return picture.replace('<svg ', at);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${right}" height="${top}" viewBox="0 0 ${right} ${top}">${placed.join('')}</svg>`;
}
