import { countText } from '../../charts/figure-text.js';
import type { MetricsResult } from '../../metrics/result.js';
import {
  GROUP_METRICS,
  groupsOf,
  latestFigures,
  leakyPotSentence,
  logRankSentence,
  revenueSentence,
  unmeasuredByReason,
} from '../../reports/metrics-words.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** `measureMetrics`: the last month's figures with their intervals, groups beside each other, what is not measurable. */
export function metricsBlocks(value: unknown): Block[] | null {
  if (!isShaped<MetricsResult>(value, ['series', 'definitions', 'unmeasured', 'survival', 'cohorts'])) {
    return null;
  }
  const revenue = revenueSentence(value);
  const logRank = logRankSentence(value);
  return [
    heading(leakyPotSentence(value)),
    ...(revenue === null ? [] : [paragraph(revenue)]),
    figuresTable(value),
    ...groupsTable(value),
    ...(logRank === null ? [] : [paragraph(logRank)]),
    ...listBlocks(
      'Not measurable',
      unmeasuredByReason(value).map(({ reason, titles }) => `${titles.join(', ')}: ${reason}.`),
    ),
    ...listBlocks(
      'Remarks',
      value.notes.map(({ message }) => message),
    ),
  ];
}

function figuresTable(result: MetricsResult): Block {
  return resultTable(
    `${result.company}, ${result.from} to ${result.to}, months in UTC; 95 % intervals in brackets`,
    [
      ['Metric', 'text'],
      [result.to, 'number'],
      ['Month before', 'number'],
      ['n', 'number'],
      ['n counts', 'text'],
    ],
    latestFigures(result).map(({ definition, text, before, last }) => [
      definition.title,
      text,
      before ?? '–',
      countText(last.n),
      definition.counts,
    ]),
  );
}

function groupsTable(result: MetricsResult): Block[] {
  const groups = groupsOf(result);
  const latest = groups.map((group) => latestFigures(result, group));
  const metrics = GROUP_METRICS.flatMap((name) => {
    const definition = result.definitions.find((one) => one.name === name);
    const found = latest.map((figures) => figures.find((one) => one.definition.name === name)?.text ?? '–');
    return definition === undefined || found.every((text) => text === '–')
      ? []
      : [{ title: definition.title, found }];
  });
  if (groups.length === 0 || metrics.length === 0) return [];
  return [
    resultTable(
      `By ${result.by}, ${result.to}; 95 % intervals in brackets`,
      [[capital(result.by ?? 'group'), 'text'], ...metrics.map(({ title }) => [title, 'number'] as const)],
      groups.map((group, i) => [group, ...metrics.map(({ found }) => found[i]!)]),
    ),
  ];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
