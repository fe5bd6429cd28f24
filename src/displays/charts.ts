import type { ChartSpec } from '../charts/chart-spec.js';
import { fitTitle, renderSvg } from '../charts/render.js';
import { type MimeBundle, VEGA_LITE_TYPE } from './mime-bundle.js';
import { hasAll, isListOf } from './shapes.js';

/** Fills a notebook's cell and leaves a margin to screens of 1,024 pixels. */
const WIDTH = 720;
/** JupyterLab 4 draws with Vega-Lite 5 and warns of specs that say 6; ours use nothing that is new in 6. */
const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

/** A Vega-Lite specification as anybody may write one. */
interface AnySpec {
  readonly $schema: string;
  readonly title?: ChartSpec['title'] | string;
  readonly description?: string;
  readonly width?: unknown;
}

/** A specification of the house, or any other of Vega-Lite that says so. */
export function isChart(value: unknown): value is AnySpec {
  return (
    hasAll(value, ['$schema']) &&
    typeof value.$schema === 'string' &&
    value.$schema.startsWith('https://vega.github.io/schema/vega-lite/')
  );
}

/** A list of charts alone. */
export const isChartList = (value: unknown): value is readonly AnySpec[] => isListOf(value, isChart);

/**
 * A chart for every reader of notebooks: JupyterLab takes the spec, GitHub and nbviewer the SVG, terminals the sentence.
 * The spec gets a width of its own: in a cell the box that `container` would ask has none yet, and Vega would take 200.
 */
export async function chartBundle(spec: AnySpec): Promise<MimeBundle> {
  const chart = houseSpec(spec);
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
export async function chartListBundle(specs: readonly AnySpec[]): Promise<MimeBundle> {
  const charts = specs.map(houseSpec);
  const pictures = await Promise.all(charts.map((chart) => renderSvg(chart, { width: WIDTH })));
  return {
    data: { 'image/svg+xml': stack(pictures), 'text/plain': charts.map(chartText).join('\n') },
    metadata: {},
  };
}

/** With the parts that charts of the house always have: a title in two lines, a description. */
function houseSpec(spec: AnySpec): ChartSpec {
  const title = typeof spec.title === 'string' ? { text: spec.title, subtitle: '' } : (spec.title ?? null);
  const { width = 'container', description = title ? '' : 'A chart.' } = spec;
  return { ...spec, title, width, description } as ChartSpec;
}

const chartText = ({ title, description }: ChartSpec): string =>
  title === null ? description : `${title.text}. ${description}`.trim();

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
