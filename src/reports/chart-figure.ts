import type { ChartSpec } from '../charts/chart-spec.js';
import { renderSvg } from '../charts/render.js';
import { dataText, Html, html } from './html.js';

export interface ChartFigureOptions {
  /** Width of the drawn-in picture that paper and readers without scripts get. */
  width?: number;
  /** Whether the chart's subtitle stands under its title; a text stands there in its place. */
  subtitle?: boolean | string;
}

/**
 * A chart for a page, twice: as a picture in place, for paper and for readers without scripts, and as the
 * specification that the page's script draws to the width of the screen, with tooltips.
 */
export async function chartFigure(
  spec: ChartSpec,
  { width = 640, subtitle = true }: ChartFigureOptions = {},
): Promise<Html> {
  const untitled = { ...spec, title: null };
  const picture = new Html(await renderSvg(untitled, { width }));
  const text = subtitle === true ? spec.title?.subtitle : subtitle;
  const caption = text ? html`<span>${text}</span>` : '';
  return html`<figure class="chart">
<figcaption><strong>${dataText(spec.title?.text ?? '')}</strong>${caption}</figcaption>
<div class="picture">${picture}</div>
<div class="live"></div>
<script type="application/json">${scriptJson(untitled)}</script>
</figure>
`;
}

/** JSON that cannot close the script element that holds it, whatever the data says. */
export function scriptJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/</g, '\\u003c'));
}
