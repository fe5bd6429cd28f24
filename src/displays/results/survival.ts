import { countText, decimalText, percentEstimate, percentText } from '../../charts/figure-text.js';
import { metricFigureText } from '../../charts/metric-text.js';
import type { LogRankTest } from '../../metrics/log-rank.js';
import type { SurvivalResult } from '../../metrics/result.js';
import { medianTime, type SurvivalCurve } from '../../metrics/survival.js';
import { pText } from '../../reports/flag-words.js';
import { type Block, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isListOf, isShaped } from '../shapes.js';

/** Times after which the share that stays is told: half a year, one, two and three. */
const TOLD_DAYS = [183, 365, 730, 1096];

/** A curve with times in days, whatever made it. */
interface Curve {
  readonly name: string;
  readonly stays: number;
  readonly left: number;
  readonly untilDays: number;
  readonly points: readonly Step[];
}

interface Step {
  readonly days: number;
  readonly survival: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** `survivalCurve`, or the curves of `measureMetrics`: shares that stay, with their bands. */
export function survivalBlocks(value: unknown): Block[] | null {
  if (isShaped<SurvivalCurve>(value, ['stays', 'events', 'points', 'until'])) {
    const points = value.points.map(({ time, ...step }) => ({ days: time, ...step }));
    const { stays, events: left, until: untilDays } = value;
    const median = metricFigureText(medianTime(value), 'days', '');
    return [
      curvesTable([{ name: 'all stays', stays, left, untilDays, points }]),
      paragraph(`Half have left after ${median}.`),
    ];
  }
  if (!isListOf(value, isSurvivalResult)) return null;
  return [curvesTable(value.map(({ group, ...curve }) => ({ name: group ?? 'all stays', ...curve })))];
}

const isSurvivalResult = (value: unknown): value is SurvivalResult =>
  isShaped<SurvivalResult>(value, ['group', 'stays', 'left', 'untilDays', 'points']);

function curvesTable(curves: readonly Curve[]): Block {
  return resultTable(
    'Share of stays that last (Kaplan–Meier), 95 % bands in brackets',
    [
      ['Of', 'text'],
      ['Stays', 'number'],
      ['Left', 'number'],
      ...TOLD_DAYS.map((days) => [`After ${days} days`, 'number'] as const),
      ['On the last day watched', 'number'],
    ],
    curves.map((curve) => [
      curve.name,
      countText(curve.stays),
      countText(curve.left),
      ...TOLD_DAYS.map((days) => shareText(curve, days)),
      `${shareText(curve, curve.untilDays)} after ${countText(curve.untilDays)}`,
    ]),
  );
}

/** Nothing is said beyond the last day watched. */
function shareText({ points, untilDays }: Curve, days: number): string {
  if (days > untilDays) return '–';
  const step = points.findLast((point) => point.days <= days);
  if (step === undefined) return percentText(1);
  const { survival: value, low, high } = step;
  return low === null || high === null ? percentText(value) : percentEstimate({ value, low, high });
}

/** `logRankTest`: whether groups leave at the same pace. */
export function logRankBlocks(value: unknown): Block[] | null {
  if (!isShaped<LogRankTest>(value, ['groups', 'chiSquare', 'degreesOfFreedom', 'p'])) return null;
  const { groups, chiSquare, degreesOfFreedom, p } = value;
  return [
    paragraph(
      `Log-rank test: χ² ${decimalText(chiSquare, 1)} on ${degreesOfFreedom} degrees of freedom, p ${pText(p)}.`,
    ),
    resultTable(
      'Leavings, and how many there would be, did all groups leave at the same pace',
      [
        ['Group', 'text'],
        ['Stays', 'number'],
        ['Left', 'number'],
        ['Expected', 'number'],
      ],
      groups.map(({ group, stays, observed, expected }) => [
        group,
        countText(stays),
        countText(observed),
        decimalText(expected, 1),
      ]),
    ),
  ];
}
