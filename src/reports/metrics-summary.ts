import type { MetricsResult } from '../metrics/result.js';
import { alignRows, type ConsoleOptions, type Ink, makeInk, printable, wrapText } from './console-text.js';
import {
  GROUP_METRICS,
  groupsOf,
  latestFigures,
  leakyPotSentence,
  logRankSentence,
  revenueSentence,
  unmeasuredByReason,
} from './metrics-words.js';
import { shorten } from './profile-words.js';

/** Fewer columns than this leave no room for the month before. */
const WIDE = 90;

/**
 * The metrics of a company for the terminal: what matters in a sentence, every latest figure, groups, and gaps.
 *
 * @example
 * console.log(metricsSummary(metrics, { width: 80 }));
 */
export function metricsSummary(
  result: MetricsResult,
  { width = 100, colour = false }: ConsoleOptions = {},
): string {
  const ink = makeInk(colour);
  const revenue = revenueSentence(result);
  const logRank = logRankSentence(result);
  return [
    ink.bold(wrapText(leakyPotSentence(result), width)) + (revenue ? `\n${wrapText(revenue, width)}` : ''),
    figuresBlock(result, ink, width),
    groupsBlock(result, ink, width),
    logRank ? wrapText(logRank, width) : null,
    unmeasuredBlock(result, ink, width),
    ink.dim(
      [
        wrapText(
          `${result.company}, ${result.from} to ${result.to}, months in UTC. Brackets hold 95 % intervals.`,
          width,
        ),
        ...result.notes.map(({ message }) => wrapText(message, width)),
      ].join('\n'),
    ),
  ]
    .filter((block) => block !== null)
    .join('\n\n')
    .replaceAll('\u00a0', ' ');
}

function figuresBlock(result: MetricsResult, ink: Ink, width: number): string {
  const isWide = width >= WIDE;
  const [header, ...lines] = alignRows([
    ['Metric', result.to, ...(isWide ? ['month before'] : [])],
    ...latestFigures(result).map(({ definition, text, before }) => [
      shorten(definition.title, isWide ? 42 : 32),
      text,
      ...(isWide ? [before ?? ''] : []),
    ]),
  ]);
  return [ink.bold(shorten(header!, width)), ...lines.map((line) => shorten(line, width))].join('\n');
}

/** One block a metric, one line a group: figures with intervals are too wide to stand side by side. */
function groupsBlock(result: MetricsResult, ink: Ink, width: number): string | null {
  const groups = groupsOf(result);
  if (groups.length === 0) return null;
  const latest = groups.map((group) => ({ group, figures: latestFigures(result, group) }));
  return GROUP_METRICS.flatMap((metric) => {
    const rows = latest.flatMap(({ group, figures }) => {
      const found = figures.find(({ definition }) => definition.name === metric);
      return found
        ? [{ title: found.definition.title, row: [`  ${shorten(printable(group), 40)}`, found.text] }]
        : [];
    });
    if (rows.length === 0) return [];
    const lines = alignRows(rows.map(({ row }) => row)).map((line) => shorten(line, width));
    return [[ink.bold(`${rows[0]!.title} by ${result.by}`), ...lines].join('\n')];
  }).join('\n');
}

function unmeasuredBlock(result: MetricsResult, ink: Ink, width: number): string | null {
  const reasons = unmeasuredByReason(result);
  if (reasons.length === 0) return null;
  return [
    ink.bold('Not measurable'),
    ...reasons.map(({ reason, titles }) => `- ${wrapText(`${titles.join(', ')}: ${reason}.`, width, '  ')}`),
  ].join('\n');
}
