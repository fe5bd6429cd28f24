import type { Fact } from '../flags/ledger.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentEstimate, percentText } from './figure-text.js';
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
/** Room for the figures to the right of the intervals, as a share of the axis. */
const RIGHT_ROOM = 0.45;

export interface FlagRatesOptions {
  /** Whether those that did not hold, or hold no longer, are shown too, in grey. Default: no. */
  readonly failed?: boolean;
}

/**
 * The churn rate of the accounts that raise each flag, on the rows that confirmed it, beside the base rate and the
 * rate of each of its conditions alone: a compound flag is one whose parts look harmless.
 *
 * @example
 * await renderSvg(flagRatesChart(ledger.facts, { failed: true }));
 */
export function flagRatesChart(facts: readonly Fact[], { failed = false }: FlagRatesOptions = {}): ChartSpec {
  const wanted = facts.filter(({ status }) => failed || status === 'confirmed');
  const shown = wanted.slice(0, MOST_ROWS);
  const rows = flagRows(shown);
  const height = rowsHeight(rows);
  return makeChart({
    title: rateTitle(shown.filter(({ status }) => status === 'confirmed')),
    subtitle: `Dot: share that left, with its 95 % interval. Dashed: base rate. Grey strokes: ${aloneText(shown)}.${firstOf(shown, wanted)}`,
    description: describeRates(shown),
    height,
    layer:
      shown.length === 0
        ? sentenceLayer('No flag held.')
        : [...wordsLayer(rows, height), ...rateLayers(shown, rows, height)],
  });
}

function rateTitle(confirmed: readonly Fact[]): string {
  const first = confirmed[0]?.confirmation;
  if (first === undefined) return 'No flag held';
  const all = `${percentText(first.allChurned / first.allAccounts)} of all`;
  const rates = confirmed.map(({ confirmation }) => confirmation.rate);
  const [least, most] = [percentText(Math.min(...rates)), percentText(Math.max(...rates))];
  if (rates.length === 1) return `${most} of the accounts that raise the flag left, ${all}`;
  return `${least === most ? most : `${least} to ${most}`} of the accounts that raise a flag left, ${all}`;
}

/** "each condition alone", and whether it looks harmless. */
function aloneText(facts: readonly Fact[]): string {
  const harmless = facts
    .filter(({ status }) => status === 'confirmed')
    .every(({ singles }) => singles.every(({ figures }) => figures.rate <= figures.baseRate));
  return harmless && facts.length > 0
    ? 'each condition alone, none above the base rate'
    : 'each condition alone';
}

function describeRates(facts: readonly Fact[]): string {
  if (facts.length === 0) return 'No flag held.';
  const texts = facts.map(({ expression, status, confirmation, singles }) => {
    const alone = singles.map(({ condition, figures }) => `${condition} ${percentText(figures.rate)}`);
    const parts = alone.length > 1 ? `; alone ${alone.join(', ')}` : '';
    const doubt = status === 'confirmed' ? '' : ` (${status})`;
    return `${expression}${doubt}: ${rateText(confirmation)}, base rate ${percentText(confirmation.baseRate)}${parts}`;
  });
  return `${texts.join('. ')}.`;
}

const rateText = ({ rate, low, high }: Fact['confirmation']) => percentEstimate({ value: rate, low, high });

function rateLayers(facts: readonly Fact[], rows: readonly FlagRow[], height: number): Layers {
  const values = facts.map(({ expression, status, confirmation }, index) => {
    const { accounts, churned, rate, low, high, baseRate } = confirmation;
    const { top, at, bottom } = rows[index]!;
    return {
      expression,
      ...{ top, at, bottom, rate, low, high, baseRate },
      held: status === 'confirmed',
      text: rateText(confirmation),
      base: percentText(baseRate),
      count: `${countText(churned)} of ${countText(accounts)}`,
    };
  });
  const singles = facts.flatMap((fact, index) => singleTicks(fact, rows[index]!));
  const furthest = Math.max(...values.map(({ high }) => high), ...singles.map(({ rate }) => rate));
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, furthest * (1 + RIGHT_ROOM)], nice: false },
    axis: { title: 'Share that left', format: '.0~%', tickCount: 5 },
  };
  const y = { ...rowsScale(height), field: 'at' };
  const color = { condition: { test: 'datum.held', value: COLOURS.churn }, value: COLOURS.yardstick };
  const tooltip = [
    { field: 'expression', type: 'nominal' as const, title: 'Flag' },
    { field: 'count', type: 'nominal' as const, title: 'Left' },
    { field: 'text', type: 'nominal' as const, title: 'Rate' },
    { field: 'base', type: 'nominal' as const, title: 'Base rate' },
  ];
  return [
    {
      data: { values },
      mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.ink, opacity: 0.6 },
      encoding: {
        x: { ...x, field: 'baseRate' },
        y: { ...rowsScale(height), field: 'top' },
        y2: { field: 'bottom' },
      },
    },
    {
      data: { values: singles },
      mark: { type: 'tick', thickness: 2.5, size: 16, color: COLOURS.muted, opacity: 0.55 },
      encoding: {
        x: { ...x, field: 'rate' },
        y,
        tooltip: [
          { field: 'condition', type: 'nominal', title: 'Alone' },
          { field: 'text', type: 'nominal', title: 'Left' },
        ],
      },
    },
    {
      data: { values },
      mark: { type: 'rule', strokeWidth: 3, strokeCap: 'round', opacity: 0.55 },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color, tooltip },
    },
    {
      data: { values },
      mark: { type: 'point', filled: true, size: 90, opacity: 1 },
      encoding: { x: { ...x, field: 'rate' }, y, color, tooltip },
    },
    {
      data: { values },
      mark: { type: 'text', align: 'left', dx: 9, fontWeight: 600 },
      encoding: { x: { ...x, field: 'high' }, y, text: { field: 'text' } },
    },
  ];
}

function singleTicks({ singles }: Fact, { at }: FlagRow) {
  if (singles.length < 2) return [];
  return singles.map(({ condition, figures }) => ({
    at,
    condition,
    rate: figures.rate,
    text: `${percentText(figures.rate)} of ${countText(figures.accounts)} accounts`,
  }));
}
