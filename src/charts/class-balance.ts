import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/** How many accounts left and stayed, and the words the table has for it. */
export interface ClassBalance {
  readonly positive: string;
  readonly negative: string;
  readonly churned: number;
  readonly stayed: number;
  /** Rows without an outcome. */
  readonly missing: number;
}

/**
 * The outcomes as bars with counts and shares of all rows; rows without an outcome only where there are some.
 *
 * @example
 * const { target } = profileTable(raw, { target: 'churned' });
 * if (target) await renderSvg(classBalanceChart(target));
 */
export function classBalanceChart({ positive, negative, churned, stayed, missing }: ClassBalance): ChartSpec {
  const rows = churned + stayed + missing;
  const values = [
    { outcome: `left (${positive})`, count: churned, colour: COLOURS.churn },
    { outcome: `stayed (${negative})`, count: stayed, colour: COLOURS.model },
    ...(missing > 0 ? [{ outcome: 'outcome missing', count: missing, colour: COLOURS.yardstick }] : []),
  ].map((bar) => ({ ...bar, text: `${countText(bar.count)} (${percentText(rows ? bar.count / rows : 0)})` }));
  const y = {
    field: 'outcome',
    type: 'nominal' as const,
    sort: null,
    scale: { paddingInner: 0.35 },
    axis: { title: null, labelLimit: 150, labelColor: COLOURS.ink, grid: false },
  };
  return makeChart({
    title: 'Who left and who stayed',
    subtitle: `${countText(rows)} rows.`,
    description: `${values.map(({ outcome, text }) => `${outcome}: ${text}`).join('; ')}.`,
    height: 34 * values.length,
    layer: [
      {
        data: { values },
        mark: { type: 'bar' },
        encoding: {
          y,
          x: {
            field: 'count',
            type: 'quantitative',
            scale: { domain: [0, Math.max(1, ...values.map(({ count }) => count)) * 1.75], nice: false },
            axis: null,
          },
          color: { field: 'colour', type: 'nominal', scale: null },
          tooltip: [
            { field: 'outcome', type: 'nominal', title: 'Outcome' },
            { field: 'text', type: 'nominal', title: 'Rows' },
          ],
        },
      },
      {
        data: { values },
        mark: { type: 'text', align: 'left', dx: 6 },
        encoding: { y, x: { field: 'count', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  });
}
