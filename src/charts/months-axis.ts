/**
 * The x axis of charts by calendar month: names as `2024-03`, every second one left out where they would touch.
 *
 * @param months all of them, in order: a month without a value keeps its place
 * @param kind `band` for bars, `point` for lines
 */
export function monthsAxis(months: readonly string[], kind: 'band' | 'point') {
  return {
    field: 'month',
    type: 'ordinal' as const,
    scale: {
      domain: [...months],
      ...(kind === 'band' ? { paddingInner: 0.25, paddingOuter: 0.15 } : { padding: 0.5 }),
    },
    axis: {
      title: null,
      labelAngle: 0,
      labelOverlap: 'parity' as const,
      labelSeparation: 8,
      grid: false,
    },
  };
}
