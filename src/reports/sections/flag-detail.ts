import { countText, decimalText, percentInterval, percentText } from '../../charts/figure-text.js';
import { divisionText } from '../../charts/flag-groups.js';
import { warningText } from '../../charts/flag-warning.js';
import type { Fact } from '../../flags/ledger.js';
import { dataTable } from '../data-table.js';
import {
  countOf,
  outsideText,
  partSentence,
  pText,
  rateText,
  retestText,
  verdictText,
  whyText,
} from '../flag-words.js';
import { dataText, type Html, type HtmlPart, html } from '../html.js';

/** What a report of flags may know beside the ledger. */
export interface FlagsReportOptions {
  /** What the columns mean, by name. */
  readonly meanings?: ReadonlyMap<string, string>;
}

/** All that is known of one confirmed fact, folded until it is asked for. */
export function flagDetail(fact: Fact, number: number, { meanings }: FlagsReportOptions = {}): Html {
  return html`<details><summary>Flag ${number} in detail</summary>
<dl>${[...meaningLines(fact, meanings), ...detailLines(fact)].map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
${fact.singles.length < 2 ? '' : html`${singlesTable(fact)}\n${partsTable(fact)}`}
${fact.groups.length === 0 ? '' : groupsTable(fact)}
</details>
`;
}

function meaningLines({ conditions }: Fact, meanings: FlagsReportOptions['meanings']): [string, HtmlPart][] {
  const known = [...new Set(conditions.map(({ feature }) => feature))].flatMap((feature) => {
    const meaning = meanings?.get(feature);
    return meaning === undefined ? [] : [html`<code>${dataText(feature)}</code>: ${dataText(meaning)}<br>`];
  });
  return known.length === 0 ? [] : [['Columns', html`${known}`]];
}

function detailLines(fact: Fact): [string, HtmlPart][] {
  const { discovery, warning, retests } = fact;
  return [
    ['As text', html`<code>${dataText(fact.expression)}</code>`],
    ['As SQL', html`<code>${dataText(fact.sql)}</code>`],
    ['Status', dataText(`${whyText(fact)}${validText(fact)}`)],
    [
      'Where it was found',
      `${countText(discovery.churned)} of ${countText(discovery.accounts)} accounts left, ${rateText(discovery)}, base rate ${percentText(discovery.baseRate)}; p ${pText(discovery.p)}, corrected for the search ${pText(discovery.correctedP)}.`,
    ],
    ['On new rows', `p ${pText(fact.confirmation.p)}, corrected ${pText(fact.confirmation.correctedP)}.`],
    ...(warning === null
      ? []
      : [
          ['Warning', `${warningText(warning)}, from ${countOf(warning.accounts, 'account')} that left.`] as [
            string,
            string,
          ],
        ]),
    ...(retests.length === 0
      ? []
      : [
          [
            'Retests',
            html`${retests.map((one) => html`${dataText(`${retestText(one)} (${one.data.file})`)}<br>`)}`,
          ] as [string, Html],
        ]),
    ['Id', html`<code>${fact.id}</code>`],
  ];
}

function singlesTable({ singles }: Fact): Html {
  return dataTable(
    'Each condition alone',
    [
      { title: 'Condition' },
      { title: 'Accounts', kind: 'number' },
      { title: 'Left', kind: 'number' },
      { title: 'Rate', kind: 'number' },
      { title: 'Lift', kind: 'number' },
    ],
    singles.map(({ condition, figures }) => ({
      cells: [
        dataText(condition),
        countText(figures.accounts),
        countText(figures.churned),
        html`${percentText(figures.rate)}<small>${percentInterval(figures)}</small>`,
        decimalText(figures.lift, 2),
      ],
    })),
  );
}

function partsTable({ parts }: Fact): Html | string {
  if (parts.length === 0) return '';
  return dataTable(
    'Does each condition earn its place?',
    [{ title: 'Condition' }, { title: 'Without it' }],
    parts.map((part) => ({ cells: [dataText(part.without), dataText(partSentence(part))] })),
  );
}

function groupsTable({ groups }: Fact): Html {
  return dataTable(
    'In parts of the rows',
    [
      { title: 'Part' },
      { title: 'Accounts', kind: 'number' },
      { title: 'Left', kind: 'number' },
      { title: 'Rate', kind: 'number' },
      { title: 'Others', kind: 'number' },
      { title: 'Verdict' },
    ],
    groups.map((group) => ({
      marked: group.verdict === 'reversed',
      cells: [
        html`${dataText(group.value)}<small>${dataText(divisionText(group.by))}</small>`,
        countText(group.inside.accounts),
        countText(group.inside.churned),
        html`${percentText(group.inside.rate)}<small>${percentInterval(group.inside)}</small>`,
        outsideText(group),
        verdictText(group.verdict),
      ],
    })),
  );
}

function validText({ publishedOn, expiresOn }: Fact): string {
  return publishedOn === null || expiresOn === null
    ? ''
    : ` Published on ${publishedOn}, valid until ${expiresOn}.`;
}
