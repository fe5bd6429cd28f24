import { HOUSE_THEME, type Layers } from './theme.js';

/**
 * A Vega-Lite v6 specification: plain JSON with its data inline, no address to load from.
 * `width` is `"container"` for pages; {@link renderSvg} gives it a fixed one.
 */
export interface ChartSpec {
  readonly $schema: 'https://vega.github.io/schema/vega-lite/v6.json';
  /** `null` where a page says it beside the chart. */
  readonly title: { readonly text: string; readonly subtitle: string } | null;
  /** What the chart shows, in a sentence with its main numbers: the alternative text. */
  readonly description: string;
  readonly width: number | 'container';
  readonly height: number;
  readonly layer: readonly object[];
  readonly [property: string]: unknown;
}

export interface ChartParts {
  readonly title: string;
  /** How to read it, in at most about ninety characters: charts do not break lines. */
  readonly subtitle: string;
  readonly description: string;
  readonly height: number;
  readonly layer: Layers;
}

/** A specification in the house theme. */
export function makeChart({ title, subtitle, description, height, layer }: ChartParts): ChartSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    // Vega takes a title that names something of Object.prototype ("constructor") for a signal, and throws.
    title: { text: title in {} ? `${title} ` : title, subtitle },
    description,
    width: 'container',
    height,
    autosize: { type: 'fit-x', contains: 'padding' },
    config: HOUSE_THEME,
    layer,
  };
}
