import type { Card } from '../training/card.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import type { CountedOptions } from './counted.js';
import { countText, percentText } from './figure-text.js';
import { COLOURS, type Layers } from './theme.js';

type Driver = Card['drivers'][number];
type Point = Driver['dependence'][number] & { chance: string; size: string; above: boolean };

export interface DependenceChartOptions extends CountedOptions {
  /** The overall churn rate, drawn as the yardstick. */
  baseRate: number;
  /** Ends of the probability axis; give all small multiples the same one. Default: from 0 to this driver's top. */
  domain?: readonly [number, number];
  /** Most levels drawn of a category, those with the most rows. */
  most?: number;
}

const TOOLTIP = [
  { field: 'label', type: 'nominal' as const, title: 'Value' },
  { field: 'chance', type: 'nominal' as const, title: 'Average chance of leaving' },
  { field: 'size', type: 'nominal' as const, title: 'Seen in' },
];
/** Thousands and more with a letter, fractions as they are: SI letters below one would say "500m" for a half. */
const NUMBER_LABEL = "format(datum.value, abs(datum.value) < 10000 ? '.4~r' : '.3~s')";
const CHANCE = { format: '.0%', tickCount: 3 };

/**
 * Partial dependence of one driver: the average chance of leaving if every account had this value.
 * Numbers make a line, with missing values named apart; categories make a row each, sorted by chance.
 *
 * @example
 * const [strongest] = card.drivers;
 * if (strongest) await renderSvg(dependenceChart(strongest, { baseRate: card.baseRate }));
 */
export function dependenceChart(
  { feature, dependence }: Pick<Driver, 'feature' | 'dependence'>,
  { baseRate, domain, most = 10, counted = 'accounts' }: DependenceChartOptions,
): ChartSpec {
  const points = dependence.map((point) => ({
    ...point,
    chance: percentText(point.probability),
    size: `${countText(point.rows)} ${counted}`,
    above: point.probability > baseRate,
  }));
  const isNumber = points.filter(({ value }) => value !== null).length >= 2;
  const shown = isNumber ? points : topLevels(points, most);
  const ends = domain ?? [0, Math.max(baseRate, ...points.map(({ probability }) => probability)) * 1.1];
  const cut =
    shown.length < points.length ? `the ${shown.length} commonest of ${points.length} values` : null;
  return makeChart({
    title: feature,
    subtitle: `Average chance of leaving if every account had this value. Dashed: overall, ${percentText(baseRate)}.`,
    description: `Average chance of leaving by ${feature}: ${shown
      .map(({ label, chance }) => `${label} ${chance}`)
      .join('; ')}. Overall ${percentText(baseRate)}.`,
    height: isNumber ? 170 : 24 * Math.max(shown.length, 2),
    layer: isNumber ? numberLayers(shown, baseRate, ends) : levelLayers(shown, baseRate, ends, cut),
  });
}

/**
 * The strongest drivers, at most `most`, as small multiples on one probability axis.
 *
 * @example
 * const charts = dependenceCharts(card.drivers, card.baseRate, { most: 4 });
 * charts.length; // 4
 */
export function dependenceCharts(
  drivers: readonly Driver[],
  baseRate: number,
  { counted = 'accounts', most = 9 }: CountedOptions & { most?: number } = {},
): ChartSpec[] {
  const strongest = [...drivers].sort((a, b) => b.importance - a.importance).slice(0, most);
  const chances = strongest.flatMap(({ dependence }) => dependence.map(({ probability }) => probability));
  const domain = [0, Math.min(1, Math.max(baseRate, ...chances) * 1.15)] as const;
  return strongest.map((driver) => dependenceChart(driver, { baseRate, domain, counted }));
}

function topLevels(points: readonly Point[], most: number): Point[] {
  return [...points]
    .sort((a, b) => b.rows - a.rows)
    .slice(0, most)
    .sort((a, b) => b.probability - a.probability);
}

function numberLayers(points: readonly Point[], baseRate: number, ends: readonly [number, number]): Layers {
  const values = points.filter(({ value }) => value !== null);
  const missing = points.filter(({ value }) => value === null);
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { zero: false, nice: false },
    axis: { title: null, tickCount: 4, grid: false, labelExpr: NUMBER_LABEL },
  };
  const y = {
    field: 'probability',
    type: 'quantitative' as const,
    scale: { domain: [...ends], nice: false },
    axis: { ...CHANCE, title: null },
  };
  return [
    {
      data: { values: [{ baseRate }] },
      mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.yardstick },
      encoding: { y: { field: 'baseRate', type: 'quantitative' } },
    },
    {
      data: { values },
      mark: { type: 'line', strokeWidth: 2.5, color: COLOURS.model },
      encoding: { x, y },
    },
    {
      data: { values },
      mark: { type: 'point', filled: true, size: 40, opacity: 1, color: COLOURS.model },
      encoding: { x, y, tooltip: TOOLTIP },
    },
    {
      data: { values: missing.map((point) => ({ ...point, text: `where missing: ${point.chance}` })) },
      mark: {
        type: 'text',
        align: 'right',
        x: { expr: 'width' },
        y: 8,
        color: COLOURS.muted,
        fontStyle: 'italic',
      },
      encoding: { text: { field: 'text' }, tooltip: TOOLTIP },
    },
  ];
}

function levelLayers(
  values: readonly Point[],
  baseRate: number,
  ends: readonly [number, number],
  cut: string | null,
): Layers {
  const y = {
    field: 'label',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, labelLimit: 130, labelColor: COLOURS.ink, grid: true },
  };
  const x = {
    field: 'probability',
    type: 'quantitative' as const,
    scale: { domain: [...ends], nice: false },
    axis: { ...CHANCE, title: cut, grid: false },
  };
  const color = { condition: { test: 'datum.above', value: COLOURS.churn }, value: COLOURS.model };
  return [
    {
      data: { values: [{ baseRate }] },
      mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.yardstick },
      encoding: { x: { field: 'baseRate', type: 'quantitative' } },
    },
    {
      data: { values: values.map((point) => ({ ...point, baseRate })) },
      mark: { type: 'rule', strokeWidth: 2.5 },
      encoding: { y, x, x2: { field: 'baseRate' }, color, tooltip: TOOLTIP },
    },
    {
      data: { values: [...values] },
      mark: { type: 'point', filled: true, size: 80, opacity: 1 },
      encoding: { y, x, color, tooltip: TOOLTIP },
    },
  ];
}
