import type { Fact } from '../flags/ledger.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText } from './figure-text.js';
import {
  type FlagRow,
  firstOf,
  flagRows,
  rowsHeight,
  rowsScale,
  sentenceLayer,
  wordsLayer,
} from './flag-rows.js';
import { COLOURS, type Layers } from './theme.js';

/** Flags with a row of their own. */
const MOST_ROWS = 12;
/** Room for the figures to the right, as a share of the axis. */
const RIGHT_ROOM = 0.5;

/** A flag with dated warnings. */
type Warned = Fact & { readonly warning: NonNullable<Fact['warning']> };

/**
 * Days between a flag being raised and the leaving: the median and the middle 80 % of each confirmed flag.
 *
 * @example
 * const warned = ledger.facts.filter(({ warning }) => warning !== null);
 * if (warned.length > 0) await renderSvg(flagWarningChart(warned));
 */
export function flagWarningChart(facts: readonly Fact[]): ChartSpec {
  const warned = warnedFacts(facts);
  const shown = warned.slice(0, MOST_ROWS);
  const rows = flagRows(shown);
  const height = rowsHeight(rows);
  return makeChart({
    title: warningTitle(shown),
    subtitle: `Dot: the median of those that left. Bar: the middle 80 % of them.${firstOf(shown, warned)}`,
    description: describeWarnings(shown),
    height,
    layer:
      shown.length === 0
        ? sentenceLayer('Without dates there are no days of warning.')
        : [...wordsLayer(rows, height), ...warningLayers(shown, rows, height)],
  });
}

/** Confirmed flags whose warning is known. */
export function warnedFacts(facts: readonly Fact[]): Warned[] {
  return facts.filter((fact): fact is Warned => fact.status === 'confirmed' && fact.warning !== null);
}

function warningTitle(facts: readonly Warned[]): string {
  const medians = facts.map(({ warning }) => warning.medianDays);
  if (medians.length === 0) return 'No days of warning';
  const [least, most] = [countText(Math.min(...medians)), countText(Math.max(...medians))];
  return medians.length === 1
    ? `The flag is raised ${most} days before leaving, in the median`
    : `Flags are raised ${least === most ? most : `${least} to ${most}`} days before leaving, in the median`;
}

function describeWarnings(facts: readonly Warned[]): string {
  if (facts.length === 0) return 'No flag has days of warning.';
  return `${facts.map(({ expression, warning }) => `${expression}: ${warningText(warning)}`).join('. ')}.`;
}

/** "41 days (12–88)". */
export function warningText({ medianDays, lowDays, highDays }: Warned['warning']): string {
  return `${countText(medianDays)} days (${countText(lowDays)}–${countText(highDays)})`;
}

function warningLayers(facts: readonly Warned[], rows: readonly FlagRow[], height: number): Layers {
  const values = facts.map(({ expression, warning }, index) => ({
    expression,
    at: rows[index]!.at,
    ...warning,
    text: warningText(warning),
    left: countText(warning.accounts),
  }));
  const furthest = Math.max(1, ...values.map(({ highDays }) => highDays));
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, furthest * (1 + RIGHT_ROOM)], nice: false },
    axis: { title: 'Days from the flag to leaving', format: 'd', tickCount: 5 },
  };
  const y = { ...rowsScale(height), field: 'at' };
  const tooltip = [
    { field: 'expression', type: 'nominal' as const, title: 'Flag' },
    { field: 'text', type: 'nominal' as const, title: 'Warning' },
    { field: 'left', type: 'nominal' as const, title: 'Accounts that left' },
  ];
  return [
    {
      data: { values },
      mark: { type: 'rule', strokeWidth: 10, color: COLOURS.modelBand, opacity: 1 },
      encoding: { x: { ...x, field: 'lowDays' }, x2: { field: 'highDays' }, y, tooltip },
    },
    {
      data: { values },
      mark: { type: 'point', filled: true, size: 90, opacity: 1, color: COLOURS.model },
      encoding: { x: { ...x, field: 'medianDays' }, y, tooltip },
    },
    {
      data: { values },
      mark: { type: 'text', align: 'left', dx: 9, fontWeight: 600 },
      encoding: { x: { ...x, field: 'highDays' }, y, text: { field: 'text' } },
    },
  ];
}
