import type { TopLevelSpec } from 'vega-lite';

type LayeredSpec = Extract<TopLevelSpec, { layer: unknown }>;
/** Layers as Vega-Lite types them, so that a misspelt property does not compile. */
export type Layers = LayeredSpec['layer'];

/**
 * The house colours, told apart in every common form of colour blindness and in grey print:
 * blue is what the model says, orange is leaving or a push towards it, grey is the yardstick.
 */
export const COLOURS = {
  ink: '#1b2733',
  muted: '#55626f',
  yardstick: '#8b97a3',
  grid: '#e6eaee',
  model: '#1d5c9e',
  modelBand: '#c8dbef',
  churn: '#bf4b12',
} as const;

/** The theme's fonts: the reader's own where there is one, DejaVu Sans in PNG files. */
export const CHART_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';

export const TITLE_SIZE = 15;
export const SUBTITLE_SIZE = 12;

/** The Vega-Lite configuration that every chart of the house shares. */
export const HOUSE_THEME: NonNullable<LayeredSpec['config']> = {
  font: CHART_FONT,
  background: 'white',
  padding: { left: 8, right: 20, top: 8, bottom: 8 },
  locale: {
    number: {
      decimal: '.',
      thousands: ',',
      grouping: [3],
      currency: ['', ''],
      percent: '\u00a0%',
      minus: '−',
    },
  },
  view: { stroke: null },
  title: {
    anchor: 'start',
    frame: 'bounds',
    align: 'left',
    color: COLOURS.ink,
    fontSize: TITLE_SIZE,
    fontWeight: 600,
    subtitleColor: COLOURS.muted,
    subtitleFontSize: SUBTITLE_SIZE,
    subtitlePadding: 5,
    offset: 14,
  },
  axis: {
    domain: false,
    ticks: false,
    gridColor: COLOURS.grid,
    labelColor: COLOURS.muted,
    labelFontSize: 12,
    labelPadding: 6,
    labelFlush: false,
    titleColor: COLOURS.muted,
    titleFontSize: 12,
    titleFontWeight: 400,
    titlePadding: 10,
  },
  axisY: { titleAnchor: 'end', titleAlign: 'left', titleAngle: 0, titleX: 0, titleY: -12 },
  text: { color: COLOURS.ink, fontSize: 12 },
  rule: { color: COLOURS.ink },
};
