import type { Ledger, ReturnsStep } from '../flags/ledger.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentInterval, percentText } from './figure-text.js';
import { sentenceLayer } from './flag-rows.js';
import { COLOURS, type Layers } from './theme.js';

/** Room beyond the furthest step, as a share of it. */
const ROOM = 0.12;

/**
 * Diminishing returns: how many of the leavers are reached with how many contacts when triggers, or confirmed flags,
 * are crossed off one after the other. On the dashed diagonal contacts are as good as chance.
 *
 * @example
 * await renderSvg(flagReturnsChart(ledger));
 */
export function flagReturnsChart({
  triggerReturns,
  flagReturns,
}: Pick<Ledger, 'triggerReturns' | 'flagReturns'>): ChartSpec {
  const curves = [
    { name: 'triggers', steps: triggerReturns },
    { name: 'flags', steps: flagReturns },
  ].filter(({ steps }) => steps.length > 0);
  return makeChart({
    title: returnsTitle(curves),
    subtitle: 'A dot for each trigger or flag, those before it crossed off. Dashed: contacts at random.',
    description: describeReturns(curves),
    height: 280,
    layer:
      curves.length === 0 ? sentenceLayer('No trigger and no flag to contact by.') : returnsLayers(curves),
  });
}

interface Curve {
  readonly name: string;
  readonly steps: readonly ReturnsStep[];
}

/** "3 flags reach 12 % of the leavers with 4 % of the accounts". */
export function reachText({ name, steps }: Curve): string {
  const { churnedShare, accountsShare } = steps.at(-1)!;
  const who = steps.length === 1 ? `1 ${name.slice(0, -1)} reaches` : `${steps.length} ${name} reach`;
  return `${who} ${percentText(churnedShare)} of the leavers with ${percentText(accountsShare)} of the accounts`;
}

function returnsTitle(curves: readonly Curve[]): string {
  const told = curves.at(-1);
  return told === undefined ? 'Nothing to contact by' : reachText(told);
}

function describeReturns(curves: readonly Curve[]): string {
  if (curves.length === 0) return 'No trigger and no flag.';
  const steps = curves.map(
    (curve) =>
      `${reachText(curve)}: ${curve.steps.map((step) => `${step.expression} ${stepText(step)}`).join('; ')}`,
  );
  return `${steps.join('. ')}.`;
}

const stepText = ({ accounts, churned, rate, low, high }: ReturnsStep) =>
  `${countText(churned)} of ${countText(accounts)}, ${percentText(rate)} (${percentInterval({ low, high })})`;

function returnsLayers(curves: readonly Curve[]): Layers {
  const points = curves.flatMap(({ name, steps }) =>
    steps.map((step, index) => ({
      name,
      ...step,
      step: index + 1,
      reached: percentText(step.churnedShare),
      contacted: percentText(step.accountsShare),
      added: stepText(step),
    })),
  );
  const starts = curves.map(({ name }) => ({ name, accountsShare: 0, churnedShare: 0 }));
  const ends = curves.map(({ name, steps }) => ({ name, ...steps.at(-1)! }));
  const [right, top] = [
    reach(ends.map((end) => end.accountsShare)),
    reach(ends.map((end) => end.churnedShare)),
  ];
  const x = {
    field: 'accountsShare',
    type: 'quantitative' as const,
    scale: { domain: [0, right], nice: false },
    axis: { title: 'Share of accounts contacted', format: '.0~%', tickCount: 5 },
  };
  const y = {
    field: 'churnedShare',
    type: 'quantitative' as const,
    scale: { domain: [0, top], nice: false },
    axis: { title: 'Share of leavers reached', format: '.0~%', tickCount: 5 },
  };
  const color = {
    field: 'name',
    type: 'nominal' as const,
    scale: { domain: ['triggers', 'flags'], range: [COLOURS.model, COLOURS.churn] },
    legend: null,
  };
  const end = Math.min(right, top);
  return [
    {
      data: { values: [0, end].map((share) => ({ accountsShare: share, churnedShare: share })) },
      mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.yardstick },
      encoding: { x, y },
    },
    {
      data: { values: [...starts, ...points] },
      mark: { type: 'line', strokeWidth: 2.5 },
      encoding: { x, y, color, order: { field: 'accountsShare', type: 'quantitative' } },
    },
    {
      data: { values: points },
      mark: { type: 'point', filled: true, size: 70, opacity: 1 },
      encoding: {
        x,
        y,
        color,
        tooltip: [
          { field: 'step', type: 'nominal', title: 'Step' },
          { field: 'expression', type: 'nominal', title: 'Adds' },
          { field: 'added', type: 'nominal', title: 'Left' },
          { field: 'reached', type: 'nominal', title: 'Leavers reached so far' },
          { field: 'contacted', type: 'nominal', title: 'Accounts contacted so far' },
        ],
      },
    },
    {
      data: { values: ends },
      mark: { type: 'text', align: 'right', dx: -8, dy: -10, fontWeight: 600 },
      encoding: { x, y, text: { field: 'name' }, color },
    },
  ];
}

const reach = (shares: readonly number[]) => Math.min(1, (1 + ROOM) * Math.max(...shares));
