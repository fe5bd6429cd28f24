import { countText, decimalText, percentInterval, percentText } from '../../charts/figure-text.js';
import { partRatesChart } from '../../charts/part-rates.js';
import type { Card } from '../../training/card.js';
import type { CompanyCard, PartFigures } from '../../training/company-card.js';
import { chartFigure } from '../chart-figure.js';
import { unseenSentence } from '../company-words.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, type HtmlPart, html } from '../html.js';

/** Whether the figures hold for new accounts and in every stage and segment, and which facts turn around there. */
export async function partsSection({ evaluation }: Card, company: CompanyCard): Promise<Html> {
  const { groups, unseenAccounts, reversals } = company;
  const divisions = [...new Set(groups.map(({ by }) => by))];
  const charts = divisions.map((by) => chartFigure(partRatesChart(by, groups), { width: 470 }));
  return html`<h2>Where it holds</h2>
<p>A model that is right on the whole may be wrong in one corner. ${unseenSentence(company)}</p>
${dataTable('Figures of parts of the held-back rows, with 95\u00a0% intervals', COLUMNS, [
  { marked: true, cells: partCells('All held-back rows', overall(evaluation)) },
  ...(unseenAccounts.rows > 0
    ? [{ cells: partCells('Accounts never seen in training', unseenAccounts) }]
    : []),
  ...groups.map((group) => ({
    cells: partCells(html`${dataText(group.value)}<small>${group.by}</small>`, group),
  })),
])}
<p>Predicted and found are numbers of leavers. AUC is the share of pairs in which the one that left had the higher risk, 0.5 is
chance; there is none where nobody left or nobody stayed.</p>
<div class="pair">${await Promise.all(charts)}</div>
<h3>Facts that turn around</h3>
${reversals.length === 0 ? html`<p>No fact was found that says one thing over all and the opposite inside a stage or segment.</p>` : reversalList(reversals)}`;
}

const COLUMNS = [
  { title: 'Part' },
  { title: 'Rows', kind: 'number' },
  { title: 'Accounts', kind: 'number' },
  { title: 'Left', kind: 'number' },
  { title: 'Predicted', kind: 'number' },
  { title: 'Found', kind: 'number' },
  { title: 'AUC', kind: 'number' },
] as const;

type ShownPart = Omit<PartFigures, 'accounts' | 'logLoss' | 'rate'> & {
  readonly accounts: number | null;
  readonly rate: { readonly value: number } & Partial<PartFigures['rate']>;
};

/** The number of accounts and the rate's interval are not measured over all. */
function overall({ rows, churned, baseRate, expectedCount, auc }: Card['evaluation']): ShownPart {
  return {
    rows,
    accounts: null,
    churned,
    rate: { value: baseRate },
    predicted: expectedCount.predicted,
    auc,
  };
}

function partCells(name: HtmlPart, { rows, accounts, churned, rate, predicted, auc }: ShownPart): HtmlPart[] {
  const { value, low, high } = rate;
  return [
    name,
    countText(rows),
    accounts === null ? '–' : countText(accounts),
    low === undefined || high === undefined
      ? percentText(value)
      : html`${percentText(value)}<small>${percentInterval({ low, high })}</small>`,
    countText(predicted),
    countText(churned),
    auc === null
      ? '–'
      : html`${decimalText(auc.value)}<small>${decimalText(auc.low)}–${decimalText(auc.high)}</small>`,
  ];
}

function reversalList(reversals: CompanyCard['reversals']): Html {
  return html`<p>These say one thing over all and the opposite inside; do not act on the overall figure.</p>
<ul>${reversals.map(({ message }) => html`<li>${dataText(message)}.</li>\n`)}</ul>`;
}
