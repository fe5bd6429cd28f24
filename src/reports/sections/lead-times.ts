import { leadTimeChart } from '../../charts/lead-time.js';
import type { LeadTime } from '../../lead-time/lead-time.js';
import type { CompanyCard } from '../../training/company-card.js';
import { chartFigure } from '../chart-figure.js';
import { actingText, daysInterval, daysText, leadSentence, leaversText } from '../company-words.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, html, unbroken } from '../html.js';

/** Indicators with a row of their own; the others are listed below. */
const MOST_ROWS = 12;

/** How many days before leaving each indicator begins to tell, and how many of them are left for acting. */
export async function leadTimesSection({ leadTimes, rhythm }: CompanyCard): Promise<Html> {
  const which = (kind: LeadTime['tells']) => leadTimes.filter(({ tells }) => tells === kind);
  const beginning = which('from-onset').sort((a, b) => (b.daysToAct ?? 0) - (a.daysToAct ?? 0));
  const others = [
    { title: 'more that begin to tell', indicators: beginning.slice(MOST_ROWS) },
    { title: 'that tell all along', indicators: which('throughout') },
    { title: 'that do not tell leavers apart beyond doubt', indicators: which('never') },
  ];
  return html`<h2>How far ahead it tells</h2>
<p>${unbroken(summary(leadTimes, beginning[0]))}</p>
<p>No indicator is leading by nature. Each was looked at in the half year before accounts left, beside accounts that were active on
the same day. Where it begins to tell them apart beyond doubt is its lead. Of the lead, some days pass until the fact arrives in the
tables, and some until the next snapshot, one each ${rhythm}, raises the flag; the rest is left for acting.</p>
${beginning.length === 0 ? '' : html`${await chartFigure(leadTimeChart(leadTimes))}\n${leadTable(beginning.slice(0, MOST_ROWS))}`}
${others.map(({ title, indicators }) => indicatorList(`${indicators.length} ${title}`, indicators))}`;
}

function summary(leadTimes: readonly LeadTime[], best: LeadTime | undefined): string {
  if (leadTimes.length === 0) return 'No indicator could be measured.';
  const count = leadTimes.filter(({ tells }) => tells === 'from-onset').length;
  const counted = `${count} of ${leadTimes.length} indicators begin to tell at some day before leaving, beyond doubt.`;
  return best === undefined
    ? counted
    : `${counted} Most time to act: “${best.description}” ${leadSentence(best)}. Left to act: ${actingText(best)}.`;
}

function leadTable(leadTimes: readonly LeadTime[]): Html {
  return dataTable(
    'Indicators that begin to tell, the most days left to act first',
    [
      { title: 'Indicator' },
      { title: 'Tells before leaving', kind: 'number' },
      { title: 'Fact arrives', kind: 'number' },
      { title: 'Next snapshot', kind: 'number' },
      { title: 'Left to act' },
    ],
    leadTimes.map((lead) => ({
      cells: [
        html`${dataText(lead.description)} <small>${leaversText(lead)}; <code>${lead.feature}</code></small>`,
        lead.leadDays === null
          ? '–'
          : html`${daysText(lead.leadDays.value)}<small>${daysInterval(lead.leadDays)}</small>`,
        daysText(lead.arrivalDays),
        daysText(lead.flagDays),
        `${actingText(lead)} to act`,
      ],
    })),
  );
}

function indicatorList(title: string, indicators: readonly LeadTime[]): Html {
  if (indicators.length === 0) return html``;
  return html`<details><summary>${title}</summary><ul>${indicators.map(
    (lead) =>
      html`<li>${dataText(lead.description)} (<code>${lead.feature}</code>): ${leadSentence(lead)}</li>\n`,
  )}</ul></details>`;
}
