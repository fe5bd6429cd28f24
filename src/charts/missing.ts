import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/** How many cells of a column are missing, as a count and as a share of all rows. */
export interface MissingCells {
  readonly name: string;
  readonly missing: number;
  readonly missingShare: number;
}

/**
 * Columns with missing cells, the emptiest first, at most `most` of them; `null` where no cell is missing.
 *
 * @example
 * const chart = missingChart(profileTable(raw).columns, 10);
 * if (chart) await renderSvg(chart);
 */
export function missingChart(columns: readonly MissingCells[], most = 25): ChartSpec | null {
  const gappy = columns.filter(({ missing }) => missing > 0).sort((a, b) => b.missingShare - a.missingShare);
  if (gappy.length === 0) return null;
  const values = gappy.slice(0, most).map(({ name, missing, missingShare }) => ({
    name,
    missingShare,
    text: percentText(missingShare),
    cells: countText(missing),
  }));
  const y = {
    field: 'name',
    type: 'nominal' as const,
    sort: null,
    scale: { paddingInner: 0.35 },
    axis: { title: null, labelLimit: 160, labelColor: COLOURS.ink, grid: false },
  };
  const whole = columns.length - gappy.length;
  return makeChart({
    title: 'Where cells are missing',
    subtitle: [
      values.length < gappy.length
        ? `The ${values.length} emptiest of ${gappy.length} columns with gaps.`
        : '',
      whole > 0 ? `${countText(whole)} columns have none.` : 'Every column has some.',
    ]
      .join(' ')
      .trim(),
    description: `Share of cells missing: ${values.map(({ name, text }) => `${name} ${text}`).join('; ')}.`,
    height: 26 * values.length,
    layer: [
      {
        data: { values },
        mark: { type: 'bar', color: COLOURS.yardstick },
        encoding: {
          y,
          x: {
            field: 'missingShare',
            type: 'quantitative',
            scale: { domain: [0, 1] },
            axis: { title: 'Share of rows where it is missing', format: '.0%', tickCount: 5 },
          },
          tooltip: [
            { field: 'name', type: 'nominal', title: 'Column' },
            { field: 'text', type: 'nominal', title: 'Missing' },
            { field: 'cells', type: 'nominal', title: 'Rows' },
          ],
        },
      },
      {
        data: { values },
        mark: { type: 'text', align: 'left', dx: 5, color: COLOURS.muted },
        encoding: { y, x: { field: 'missingShare', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  });
}
