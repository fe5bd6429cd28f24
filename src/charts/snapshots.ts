import type { CompanyCard } from '../training/company-card.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentText } from './figure-text.js';
import { GROUP_LEGEND } from './group-colours.js';
import { COLOURS } from './theme.js';

/** The parts in the order of time, as a legend names them, and the leavers among the accounts of any part. */
const MEMBERS = {
  training: { label: 'learned from', colour: COLOURS.modelBand },
  embargo: { label: 'under embargo', colour: COLOURS.yardstick },
  'held-back': { label: 'held back', colour: COLOURS.model },
  left: { label: 'left', colour: COLOURS.churn },
} as const;

/**
 * The accounts at each snapshot, coloured by what the snapshot served for, and how many of them left.
 *
 * @example
 * const { company } = companyTraining.card;
 * if (company) await renderSvg(snapshotsChart(company));
 */
export function snapshotsChart({ snapshots, rhythm }: Pick<CompanyCard, 'snapshots' | 'rhythm'>): ChartSpec {
  const rows = snapshots.map(({ snapshotAt, accounts, left, part }) => ({
    snapshot: snapshotAt,
    accounts,
    left,
    member: MEMBERS[part].label,
    counted: countText(accounts),
    leavers: `${countText(left)} (${percentText(accounts === 0 ? 0 : left / accounts)})`,
  }));
  const x = {
    field: 'snapshot',
    type: 'ordinal' as const,
    scale: { paddingInner: 0.2, paddingOuter: 0.1 },
    axis: {
      title: null,
      labelAngle: 0,
      labelOverlap: 'greedy' as const,
      labelSeparation: 10,
      ...(rhythm === 'month' ? { labelExpr: 'slice(datum.value, 0, 7)' } : {}),
      grid: false,
    },
  };
  const members = Object.values(MEMBERS);
  const color = {
    field: 'member',
    type: 'nominal' as const,
    scale: { domain: members.map(({ label }) => label), range: members.map(({ colour }) => colour) },
    legend: { ...GROUP_LEGEND, symbolType: 'square' as const, symbolStrokeWidth: 0 },
  };
  const tooltip = [
    { field: 'snapshot', type: 'nominal' as const, title: 'Snapshot' },
    { field: 'member', type: 'nominal' as const, title: 'Served' },
    { field: 'counted', type: 'nominal' as const, title: 'Accounts' },
    { field: 'leavers', type: 'nominal' as const, title: 'Left' },
  ];
  return makeChart({
    title: 'The snapshots and what they served for',
    subtitle: 'Accounts active at each snapshot, and those of them that left within the horizon.',
    description: `${rows.length} snapshots: ${rows
      .map(
        ({ snapshot, member, counted, leavers }) =>
          `${snapshot} ${member}, ${counted} accounts, left ${leavers}`,
      )
      .join('; ')}.`,
    height: 220,
    layer: [
      {
        data: { values: rows },
        mark: { type: 'bar' },
        encoding: {
          x,
          y: {
            field: 'accounts',
            type: 'quantitative',
            stack: null,
            axis: { title: 'Accounts', tickCount: 5 },
          },
          color,
          tooltip,
        },
      },
      {
        data: { values: rows.map((row) => ({ ...row, leaving: MEMBERS.left.label })) },
        mark: { type: 'bar' },
        encoding: {
          x,
          y: { field: 'left', type: 'quantitative', stack: null },
          color: { ...color, field: 'leaving' },
          tooltip,
        },
      },
    ],
  });
}
