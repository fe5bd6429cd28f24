import type { Fact } from '../flags/ledger.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { percentText } from './figure-text.js';
import { expressionLines, firstOf, rowsScale, sentenceLayer } from './flag-rows.js';
import { COLOURS, type Layers } from './theme.js';

/** Flags with a row and a column of their own. */
const MOST_FLAGS = 10;
const HEADER = 24;
const CELL = 34;
const KEY_GAP = 18;
const KEY_LINE = 17;
/** Width of the numbers to the left, in cells. */
const NUMBERS = 0.4;

/**
 * Share of the smaller flag's accounts that the larger one has too, for every two confirmed flags.
 *
 * @example
 * const confirmed = ledger.facts.filter(({ status }) => status === 'confirmed');
 * if (confirmed.length > 1) await renderSvg(flagOverlapChart(confirmed, ledger.overlap));
 */
export function flagOverlapChart(facts: readonly Fact[], overlap: readonly (readonly number[])[]): ChartSpec {
  const confirmed = facts.filter(({ status }) => status === 'confirmed');
  const shown = confirmed.slice(0, MOST_FLAGS);
  const pairs = pairsOf(shown.length, overlap);
  const key = shown.flatMap(({ expression }, index) => keyLines(expression, index));
  const height = HEADER + CELL * shown.length + KEY_GAP + KEY_LINE * key.length;
  return makeChart({
    title: overlapTitle(pairs),
    subtitle: `Share of the smaller flag’s accounts that raise the other one too.${firstOf(shown, confirmed)}`,
    description: describeOverlap(shown, pairs),
    height: shown.length < 2 ? CELL : height,
    layer:
      shown.length < 2
        ? sentenceLayer('Two flags are needed for an overlap.')
        : [...cellLayers(shown, overlap, height), ...keyLayers(shown.length, key, height)],
  });
}

interface Pair {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

/** Every two flags once, the most alike first. */
function pairsOf(count: number, overlap: readonly (readonly number[])[]): Pair[] {
  const pairs: Pair[] = [];
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) {
      pairs.push({ first, second, share: overlap[first]![second]! });
    }
  }
  return pairs.sort((a, b) => b.share - a.share);
}

function overlapTitle(pairs: readonly Pair[]): string {
  const most = pairs[0];
  if (most === undefined) return 'No two flags to compare';
  if (most.share === 0) return 'No two flags are raised by the same account';
  return `Flags ${most.first + 1} and ${most.second + 1} are the most alike: ${percentText(most.share)} of the smaller one`;
}

function describeOverlap(facts: readonly Fact[], pairs: readonly Pair[]): string {
  if (pairs.length === 0) return 'Two flags are needed for an overlap.';
  const names = facts.map(({ expression }, index) => `Flag ${index + 1} is ${expression}`);
  const shares = pairs.map(
    ({ first, second, share }) => `${first + 1} and ${second + 1}: ${percentText(share)}`,
  );
  return `${shares.join('; ')}. ${names.join('. ')}.`;
}

function cellLayers(facts: readonly Fact[], overlap: readonly (readonly number[])[], height: number): Layers {
  const values = facts.flatMap((row, i) =>
    facts.map((column, j) => ({
      left: j,
      right: j + 1,
      middle: j + 0.5,
      top: HEADER + CELL * i,
      bottom: HEADER + CELL * (i + 1),
      at: HEADER + CELL * (i + 0.5),
      share: overlap[i]![j]!,
      itself: i === j,
      text: i === j ? '' : percentText(overlap[i]![j]!),
      words: percentText(overlap[i]![j]!),
      first: row.expression,
      second: column.expression,
    })),
  );
  const { x, y } = axes(facts.length, height);
  const tooltip = [
    { field: 'first', type: 'nominal' as const, title: 'Flag' },
    { field: 'second', type: 'nominal' as const, title: 'and' },
    { field: 'words', type: 'nominal' as const, title: 'Shared' },
  ];
  return [
    {
      data: { values },
      mark: { type: 'rect', stroke: 'white', strokeWidth: 2 },
      encoding: {
        x: { ...x, field: 'left' },
        x2: { field: 'right' },
        y: { ...y, field: 'top' },
        y2: { field: 'bottom' },
        color: {
          condition: { test: 'datum.itself', value: COLOURS.grid },
          field: 'share',
          type: 'quantitative',
          scale: { domain: [0, 1], range: ['#f4f6f8', COLOURS.model] },
          legend: null,
        },
        tooltip,
      },
    },
    {
      data: { values },
      mark: { type: 'text' },
      encoding: {
        x: { ...x, field: 'middle' },
        y: { ...y, field: 'at' },
        text: { field: 'text' },
        color: { condition: { test: 'datum.share > 0.55', value: 'white' }, value: COLOURS.ink },
        tooltip,
      },
    },
  ];
}

function keyLayers(count: number, key: readonly KeyLine[], height: number): Layers {
  const { x, y } = axes(count, height);
  const numbers = Array.from({ length: count }, (_, index) => [
    { number: index + 1, across: -NUMBERS / 2, at: HEADER + CELL * (index + 0.5) },
    { number: index + 1, across: index + 0.5, at: HEADER / 2 },
  ]).flat();
  const lines = key.map((line, index) => ({
    ...line,
    at: HEADER + CELL * count + KEY_GAP + KEY_LINE * (index + 0.5),
  }));
  return [
    {
      data: { values: numbers },
      mark: { type: 'text', fontWeight: 600 },
      encoding: {
        x: { ...x, field: 'across' },
        y: { ...y, field: 'at' },
        text: { field: 'number', type: 'quantitative' },
      },
    },
    {
      data: { values: lines },
      mark: { type: 'text', align: 'left', limit: { expr: 'width' } },
      encoding: {
        x: { value: 0 },
        y: { ...y, field: 'at' },
        text: { field: 'text' },
        tooltip: [{ field: 'expression', type: 'nominal', title: 'Flag' }],
      },
    },
  ];
}

interface KeyLine {
  readonly text: string;
  readonly expression: string;
}

function keyLines(expression: string, index: number): KeyLine[] {
  return expressionLines(`${index + 1}. ${expression}`).map((text) => ({ text, expression }));
}

function axes(count: number, height: number) {
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [-NUMBERS, count], nice: false, zero: false },
    axis: null,
  };
  return { x, y: rowsScale(height) };
}
