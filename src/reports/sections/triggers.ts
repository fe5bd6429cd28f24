import { countText, percentInterval, percentText } from '../../charts/figure-text.js';
import { flagReturnsChart } from '../../charts/flag-returns.js';
import type { Ledger, ReturnsStep, TriggerFinding } from '../../flags/ledger.js';
import { chartFigure } from '../chart-figure.js';
import { dataTable } from '../data-table.js';
import { FALSE_REPORT, pText } from '../flag-words.js';
import { dataText, type Html, html } from '../html.js';
import { longTable } from '../long-table.js';
import { rateCells } from './flags.js';

/** Every single condition beside the base rate, riskiest first. */
export function triggersSection({ triggers }: Ledger): Html {
  const sure = triggers.filter(isSure).length;
  return html`<h2>Single conditions first</h2>
<p>A trigger is one condition. It is the simplest thing to act on, so it comes before any combination.
${sure === 0 ? 'No condition alone is above the base rate beyond doubt.' : `${countText(sure)} of ${countText(triggers.length)} ${sure === 1 ? 'is' : 'are'} above the base rate beyond doubt.`}</p>
${triggers.length === 0 ? '' : triggersTable(triggers)}`;
}

const isSure = ({ correctedP, figures }: TriggerFinding) =>
  correctedP <= FALSE_REPORT && figures.rate > figures.baseRate;

function triggersTable(triggers: readonly TriggerFinding[]): Html {
  return longTable(
    'Single conditions, riskiest first; those above the base rate beyond doubt are marked',
    [
      { title: 'Condition' },
      { title: 'Left', kind: 'number' },
      { title: 'Rate', kind: 'number' },
      { title: 'Base rate', kind: 'number' },
      { title: 'Lift', kind: 'number' },
      { title: 'Corrected p', kind: 'number' },
    ],
    triggers.map((trigger) => ({
      marked: isSure(trigger),
      cells: [
        dataText(trigger.expression),
        `${countText(trigger.figures.churned)} of ${countText(trigger.figures.accounts)}`,
        ...rateCells(trigger.figures),
        pText(trigger.correctedP),
      ],
    })),
  );
}

/** What each further trigger or flag brings once those before it are crossed off. */
export async function returnsSection(ledger: Ledger): Promise<Html> {
  const { triggerReturns, flagReturns } = ledger;
  return html`<h2>What the next one brings</h2>
<p>Cross off what a trigger or flag raises, and see what the next one adds among the rest. The low-hanging fruit goes first.</p>
${await chartFigure(flagReturnsChart(ledger))}
${returnsTable('Triggers, crossed off one after the other', triggerReturns)}
${returnsTable('Confirmed flags, crossed off one after the other', flagReturns)}`;
}

function returnsTable(caption: string, steps: readonly ReturnsStep[]): Html {
  if (steps.length === 0) return html``;
  return dataTable(
    caption,
    [
      { title: 'Next' },
      { title: 'Accounts added', kind: 'number' },
      { title: 'Left of them', kind: 'number' },
      { title: 'Rate', kind: 'number' },
      { title: 'Leavers reached', kind: 'number' },
      { title: 'Accounts contacted', kind: 'number' },
    ],
    steps.map(({ expression, accounts, churned, rate, low, high, churnedShare, accountsShare }) => ({
      cells: [
        dataText(expression),
        countText(accounts),
        countText(churned),
        html`${percentText(rate)}<small>${percentInterval({ low, high })}</small>`,
        percentText(churnedShare),
        percentText(accountsShare),
      ],
    })),
  );
}
