import type { Fact, GroupFinding } from '../flags/ledger.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentEstimate, percentText } from './figure-text.js';
import { sentenceLayer } from './flag-rows.js';
import { COLOURS, type Layers } from './theme.js';

/** What a flag was looked at by, in their order, where there is more than one group to compare. */
export function divisionsOf({ groups }: Pick<Fact, 'groups'>): string[] {
  const count = (by: string) => groups.filter((group) => group.by === by).length;
  return [...new Set(groups.map(({ by }) => by))].filter((by) => count(by) > 1);
}

/** What groups are by, for people: the stage of a journey has a column's name in the ledger. */
export function divisionText(by: string): string {
  return by === 'journey_stage' ? 'stage' : by;
}

/**
 * Churn rate of those that raise a flag beside the others, in each stage, segment or month; reversals stand out.
 *
 * @example
 * const [fact] = ledger.facts;
 * if (fact) await renderSvg(flagGroupsChart(fact, 'segment'));
 */
export function flagGroupsChart({ groups }: Pick<Fact, 'groups'>, by: string): ChartSpec {
  const shown = groups.filter((group) => group.by === by);
  return makeChart({
    title: groupsTitle(by, shown),
    subtitle:
      'Dot: those that raise the flag, with the 95 % interval; grey where nothing is sure. Stroke: the others.',
    description: describeGroups(shown),
    height: 44 * Math.max(shown.length, 1),
    layer: shown.length === 0 ? sentenceLayer('No account raises it here.') : groupLayers(by, shown),
  });
}

function groupsTitle(by: string, groups: readonly GroupFinding[]): string {
  const values = (verdict: GroupFinding['verdict']) =>
    groups.filter((group) => group.verdict === verdict).map(({ value }) => value);
  const reversed = values('reversed');
  if (reversed.length > 0) return `By ${divisionText(by)}: turned around in ${reversed.join(', ')}`;
  const holds = values('holds').length;
  return holds === groups.length
    ? `By ${divisionText(by)}: it holds in each`
    : `By ${divisionText(by)}: it holds in ${holds} of ${groups.length}`;
}

function describeGroups(groups: readonly GroupFinding[]): string {
  if (groups.length === 0) return 'No groups.';
  const texts = groups.map(
    ({ value, inside, outsideRate, verdict }) =>
      `${value} ${rateText(inside)}, ${hasOthers(inside) ? `others ${percentText(outsideRate)}` : 'no others'}, ${verdict}`,
  );
  return `Share that left among those that raise the flag: ${texts.join('; ')}.`;
}

const rateText = ({ rate, low, high }: GroupFinding['inside']) => percentEstimate({ value: rate, low, high });

/** Whether the group has rows that do not raise the flag. */
const hasOthers = ({ allAccounts, accounts }: GroupFinding['inside']) => allAccounts > accounts;

function groupLayers(by: string, groups: readonly GroupFinding[]): Layers {
  const values = groups.map(({ value, inside, outsideRate, verdict }) => ({
    group: value,
    ...{ rate: inside.rate, low: inside.low, high: inside.high, verdict },
    outsideRate: hasOthers(inside) ? outsideRate : null,
    text: rateText(inside),
    others: hasOthers(inside) ? percentText(outsideRate) : 'none',
    count: `${countText(inside.churned)} of ${countText(inside.accounts)}`,
    mark: verdict === 'reversed' ? 'reversed' : '',
  }));
  const y = {
    field: 'group',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, labelLimit: 110, labelPadding: 10, labelColor: COLOURS.ink },
  };
  const color = {
    field: 'verdict',
    type: 'nominal' as const,
    scale: {
      domain: ['holds', 'reversed', 'unclear'],
      range: [COLOURS.churn, COLOURS.model, COLOURS.yardstick],
    },
    legend: null,
  };
  const tooltip = [
    { field: 'group', type: 'nominal' as const, title: capital(divisionText(by)) },
    { field: 'text', type: 'nominal' as const, title: 'With the flag' },
    { field: 'count', type: 'nominal' as const, title: 'Left' },
    { field: 'others', type: 'nominal' as const, title: 'Others' },
    { field: 'verdict', type: 'nominal' as const, title: 'Verdict' },
  ];
  return [
    {
      data: { values: values.filter((group) => group.outsideRate !== null) },
      mark: { type: 'tick', thickness: 3, size: 24, color: COLOURS.muted, opacity: 0.7 },
      encoding: {
        y,
        x: {
          field: 'outsideRate',
          type: 'quantitative',
          scale: { zero: true },
          axis: { title: 'Share that left', format: '.0~%', tickCount: 5 },
        },
        tooltip,
      },
    },
    {
      data: { values },
      mark: { type: 'rule', strokeWidth: 3, strokeCap: 'round', opacity: 0.55 },
      encoding: { y, x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' }, color, tooltip },
    },
    {
      data: { values },
      mark: { type: 'point', filled: true, size: 90, opacity: 1 },
      encoding: { y, x: { field: 'rate', type: 'quantitative' }, color, tooltip },
    },
    {
      data: { values },
      mark: { type: 'text', dy: -13, fontWeight: 600 },
      encoding: { y, x: { field: 'rate', type: 'quantitative' }, text: { field: 'mark' }, color },
    },
  ];
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
