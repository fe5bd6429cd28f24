import { COLOURS } from './theme.js';

/** Colours of groups, told apart in the common forms of colour blindness; more groups than these share a chart badly. */
const GROUP_COLOURS = [COLOURS.model, COLOURS.churn, '#2a8f7a', '#8a5ba8', '#b08a00', '#6b7785'] as const;

/** Most groups that one chart tells apart. */
export const MOST_GROUPS = GROUP_COLOURS.length;

/** The colour of each group, and a legend below the chart. */
export function groupColour(groups: readonly string[]) {
  return {
    field: 'group',
    type: 'nominal' as const,
    scale: { domain: [...groups], range: groups.map((_, i) => GROUP_COLOURS[i % MOST_GROUPS]!) },
    legend: groups.length > 1 ? GROUP_LEGEND : null,
  };
}

export const GROUP_LEGEND = {
  title: null,
  orient: 'bottom' as const,
  direction: 'horizontal' as const,
  labelFontSize: 12,
  labelColor: COLOURS.ink,
  labelLimit: 140,
  columnPadding: 14,
  symbolStrokeWidth: 3,
  // Bands are pale; their signs are not.
  symbolOpacity: 1,
  offset: 10,
};
