import type { LeadTime } from '../lead-time/lead-time.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, decimalText } from './figure-text.js';
import { COLOURS, type Layers } from './theme.js';

/** An indicator with an onset. */
type Leading = LeadTime & { readonly leadDays: NonNullable<LeadTime['leadDays']> };

const ROW_HEIGHT = 92;
/** Where in its row, from 0 at the top to 1, each part lies. */
const ROW = { words: 0.12, curveTop: 0.24, curveBottom: 0.6, bar: 0.84 };
const BAR_THICKNESS = 14;
/** Room for labels at either side, as shares of the days shown. */
const LEFT_ROOM = 0.24;
const RIGHT_ROOM = 0.22;
/** The least AUC that fills a row, so that a curve that hardly tells stays flat. */
const LEAST_TOP = 0.55;

/**
 * For the indicator of each aspect whose beginning is known best, how well it tells leavers from others by days before
 * leaving, and below it a bar from the day on which it begins to tell: until its facts have arrived, until the next
 * snapshot, and the days left to act. Indicators that tell without a beginning, or never, are left out.
 *
 * @example
 * const { company } = companyTraining.card;
 * if (company) await renderSvg(leadTimeChart(company.leadTimes));
 */
export function leadTimeChart(leadTimes: readonly LeadTime[]): ChartSpec {
  const rows = bestOfAspects(leadTimes);
  const furthest = Math.max(28, ...rows.flatMap(({ curve }) => curve.map(({ daysBefore }) => daysBefore)));
  return makeChart({
    title: 'How many days before leaving each indicator begins to tell',
    subtitle:
      'Curve: how well it tells who leaves (AUC); dashed: guessing. ' +
      'Bar: orange until the fact arrives, grey until the next snapshot, blue left to act.',
    description: describeRows(rows),
    height: Math.max(1, rows.length) * ROW_HEIGHT,
    layer: rows.length === 0 ? emptyLayer() : [...curveLayers(rows, furthest), ...barLayers(rows, furthest)],
  });
}

/** Of each aspect the indicator whose beginning is known best; longest lead first. */
function bestOfAspects(leadTimes: readonly LeadTime[]): Leading[] {
  const best = new Map<string, Leading>();
  for (const leadTime of leadTimes) {
    if (!isLeading(leadTime)) continue;
    const rival = best.get(leadTime.aspect);
    if (!rival || uncertainty(leadTime) < uncertainty(rival)) best.set(leadTime.aspect, leadTime);
  }
  return [...best.values()].sort((a, b) => b.leadDays.value - a.leadDays.value);
}

function isLeading(leadTime: LeadTime): leadTime is Leading {
  return leadTime.leadDays !== null;
}

const uncertainty = ({ leadDays }: Leading): number => leadDays.high - leadDays.low;

/** The AUC of a guess that knows in which direction the indicator points: above 0.5 it tells. */
function telling({ curve, leaversHave }: Leading) {
  const isLess = leaversHave === 'less';
  return curve.map(({ daysBefore, auc }) => ({
    daysBefore,
    auc: isLess ? 1 - auc.value : auc.value,
    low: isLess ? 1 - auc.high : auc.low,
    high: isLess ? 1 - auc.low : auc.high,
  }));
}

function describeRows(rows: readonly Leading[]): string {
  if (rows.length === 0) return 'No indicator begins to tell who leaves beyond doubt.';
  const texts = rows.map(
    ({ description, leadDays, daysToAct }) =>
      `${description}: from ${countText(leadDays.value)} days before leaving, ${countText(Math.max(0, daysToAct ?? 0))} left to act`,
  );
  return `${texts.join('; ')}.`;
}

function axes(furthest: number, rows: number) {
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [-RIGHT_ROOM * furthest, (1 + LEFT_ROOM) * furthest], reverse: true, nice: false },
    axis: {
      title: 'Days before leaving',
      titleAnchor: 'start' as const,
      titleAlign: 'right' as const,
      values: monthsUpTo(furthest),
      format: 'd',
    },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [0, rows], reverse: true, nice: false },
    axis: null,
  };
  return { x, y };
}

const monthsUpTo = (days: number): number[] =>
  Array.from({ length: Math.floor(days / 30) + 1 }, (_, month) => 30 * month);

function curveLayers(rows: readonly Leading[], furthest: number): Layers {
  const { x, y } = axes(furthest, rows.length);
  const curves = rows.map(telling);
  const top = Math.max(LEAST_TOP, ...curves.flat().map(({ auc }) => auc));
  const place = (row: number, auc: number) => {
    const share = Math.min(1.1, Math.max(-0.3, (auc - 0.5) / (top - 0.5)));
    return row + ROW.curveBottom - share * (ROW.curveBottom - ROW.curveTop);
  };
  const points = curves.flatMap((curve, row) =>
    curve.map(({ daysBefore, auc, low, high }) => ({
      row,
      daysBefore,
      at: place(row, auc),
      from: place(row, low),
      to: place(row, high),
      words: `${decimalText(auc)} (${decimalText(low)}–${decimalText(high)})`,
    })),
  );
  const peaks = curves.map((curve, row) => {
    const nearest = curve[0]!;
    return { daysBefore: 0, at: place(row, nearest.auc), text: `AUC ${decimalText(nearest.auc, 2)}` };
  });
  const guesses = rows.map((_, row) => ({ at: row + ROW.curveBottom, from: furthest, to: 0 }));
  const titles = rows.map(({ aspect, description }, row) => ({
    at: row + ROW.words,
    from: (1 + LEFT_ROOM) * furthest,
    text: `${aspectText(aspect)}: ${description}`,
  }));
  const tooltip = [
    { field: 'daysBefore', type: 'quantitative' as const, title: 'Days before leaving' },
    { field: 'words', type: 'nominal' as const, title: 'AUC' },
  ];
  return [
    {
      data: { values: guesses },
      mark: { type: 'rule', strokeDash: [5, 4], color: COLOURS.yardstick },
      encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y: { ...y, field: 'at' } },
    },
    {
      data: { values: points },
      mark: { type: 'area', color: COLOURS.modelBand, opacity: 0.7 },
      encoding: {
        x: { ...x, field: 'daysBefore' },
        y: { ...y, field: 'from' },
        y2: { field: 'to' },
        detail: { field: 'row' },
      },
    },
    {
      data: { values: points },
      mark: { type: 'line', color: COLOURS.model, strokeWidth: 2 },
      encoding: {
        x: { ...x, field: 'daysBefore' },
        y: { ...y, field: 'at' },
        detail: { field: 'row' },
        tooltip,
      },
    },
    {
      data: { values: peaks },
      mark: { type: 'text', align: 'left', dx: 8, color: COLOURS.muted },
      encoding: { x: { ...x, field: 'daysBefore' }, y: { ...y, field: 'at' }, text: { field: 'text' } },
    },
    {
      data: { values: titles },
      mark: { type: 'text', align: 'left', fontWeight: 600, limit: 600 },
      encoding: { x: { ...x, field: 'from' }, y: { ...y, field: 'at' }, text: { field: 'text' } },
    },
  ];
}

function barLayers(rows: readonly Leading[], furthest: number): Layers {
  const { x, y } = axes(furthest, rows.length);
  const parts = rows.flatMap(({ leadDays, arrivalDays, flagDays }, row) => {
    const ends = [leadDays.value, leadDays.value - arrivalDays, leadDays.value - arrivalDays - flagDays, 0];
    const names = ['until the fact arrives', 'until the next snapshot', 'left to act'];
    return names.map((part, index) => {
      const from = Math.max(0, ends[index]!);
      const to = Math.max(0, ends[index + 1]!);
      return { at: row + ROW.bar, from, to, part, days: decimalText(from - to, 1) };
    });
  });
  const onsets = rows.map(({ leadDays }, row) => ({
    at: row + ROW.bar,
    top: row + ROW.curveTop,
    day: leadDays.value,
    text: `from day ${countText(leadDays.value)} (${countText(leadDays.low)}–${countText(leadDays.high)})`,
  }));
  const labels = rows.map(({ daysToAct }, row) => ({
    at: row + ROW.bar,
    day: 0,
    text: `${countText(Math.max(0, daysToAct ?? 0))} left to act`,
  }));
  const colours = { domain: ['until the fact arrives', 'until the next snapshot', 'left to act'] };
  return [
    {
      data: { values: onsets },
      mark: { type: 'rule', color: COLOURS.ink, strokeWidth: 1 },
      encoding: { x: { ...x, field: 'day' }, y: { ...y, field: 'top' }, y2: { field: 'at' } },
    },
    {
      data: { values: parts },
      mark: { type: 'rule', strokeWidth: BAR_THICKNESS, opacity: 1 },
      encoding: {
        x: { ...x, field: 'from' },
        x2: { field: 'to' },
        y: { ...y, field: 'at' },
        color: {
          field: 'part',
          type: 'nominal',
          scale: { ...colours, range: [COLOURS.churn, COLOURS.yardstick, COLOURS.model] },
          legend: null,
        },
        tooltip: [
          { field: 'part', type: 'nominal', title: 'Days' },
          { field: 'days', type: 'nominal', title: 'How many' },
        ],
      },
    },
    {
      data: { values: onsets },
      mark: { type: 'text', align: 'right', dx: -7 },
      encoding: { x: { ...x, field: 'day' }, y: { ...y, field: 'at' }, text: { field: 'text' } },
    },
    {
      data: { values: labels },
      mark: { type: 'text', align: 'left', dx: 8, fontWeight: 600, color: COLOURS.model },
      encoding: { x: { ...x, field: 'day' }, y: { ...y, field: 'at' }, text: { field: 'text' } },
    },
  ];
}

function emptyLayer(): Layers {
  return [
    {
      data: { values: [{ text: 'No indicator begins to tell who leaves beyond doubt.' }] },
      mark: { type: 'text', color: COLOURS.muted, fontStyle: 'italic' },
      encoding: { text: { field: 'text' } },
    },
  ];
}

/** `executive_relationship` → `Executive relationship` */
function aspectText(aspect: string): string {
  const words = aspect.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
