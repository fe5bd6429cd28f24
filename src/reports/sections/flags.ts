import { countText, decimalText, percentInterval, percentText } from '../../charts/figure-text.js';
import { flagRatesChart } from '../../charts/flag-rates.js';
import type { FlagFigures } from '../../flags/figures.js';
import type { Fact, Ledger } from '../../flags/ledger.js';
import { chartFigure } from '../chart-figure.js';
import { dataTable } from '../data-table.js';
import {
  aloneText,
  bestFlagSentence,
  countOf,
  factsOf,
  flagsRemarks,
  flagsSentence,
  pText,
  retestText,
  reversalSentence,
  whyText,
} from '../flag-words.js';
import { dataText, type Html, type HtmlPart, html, unbroken } from '../html.js';
import { longTable } from '../long-table.js';
import { type FlagsReportOptions, flagDetail } from './flag-detail.js';

/** Compound red flags as a section of another report: what was confirmed, on which figures, and what did not hold. */
export async function flagsSection(ledger: Ledger, options: FlagsReportOptions = {}): Promise<Html> {
  return html`<h2>Compound red flags</h2>
<p>${flagsSentence(ledger)} ${unbroken(bestFlagSentence(ledger) ?? '')} ${flagsRemarks(ledger).join(' ')}</p>
${await flagFacts(ledger, options)}`;
}

/** The facts: those that hold in the order of their worth, each with its detail, then those that failed or retired. */
export async function flagFacts(ledger: Ledger, options: FlagsReportOptions = {}): Promise<Html> {
  const confirmed = factsOf(ledger, 'confirmed');
  const reversals = confirmed.flatMap(reversalItems);
  return html`${
    confirmed.length === 0
      ? ''
      : html`${confirmedTable(confirmed, ledger)}
${await chartFigure(flagRatesChart(ledger.facts, { failed: true }))}`
  }
${reversals.length === 0 ? '' : html`<h3>Where a flag turns around</h3><ul>${reversals}</ul>`}
${confirmed.map((fact, index) => flagDetail(fact, index + 1, options))}
${failedPart(factsOf(ledger, 'failed'))}
${retiredPart(factsOf(ledger, 'retired'))}`;
}

function confirmedTable(facts: readonly Fact[], { capacity, confirmation }: Ledger): Html {
  const snapshots = confirmation.from === null ? '' : '; an account counts once in each snapshot';
  return html`${dataTable(
    `Confirmed flags, most worth contacting first when ${countOf(capacity, 'account')} can be contacted; on ${countOf(confirmation.rows, 'row')} that the search did not see${snapshots}`,
    [
      { title: 'Flag' },
      { title: 'Left', kind: 'number' },
      { title: 'Rate', kind: 'number' },
      { title: 'Base rate', kind: 'number' },
      { title: 'Lift', kind: 'number' },
      { title: 'p, found', kind: 'number' },
      { title: 'p, confirmed', kind: 'number' },
      { title: 'Remarks' },
    ],
    facts.map((fact, index) => ({
      cells: [
        html`${index + 1}. ${dataText(fact.expression)}`,
        `${countText(fact.confirmation.churned)} of ${countText(fact.confirmation.accounts)}`,
        ...rateCells(fact.confirmation),
        pText(fact.discovery.correctedP),
        pText(fact.confirmation.correctedP),
        remarks(fact),
      ],
    })),
  )}
<p><small>Base rate: share that leaves of as many accounts from the same ${confirmation.from === null ? 'table' : 'snapshots'}. Lift: rate ÷ base rate. Rates have their
95\u00a0% interval below them. Both p are corrected: for the search, and for the number of guesses confirmed.</small></p>`;
}

function remarks(fact: Fact): Html {
  const retest = fact.retests.at(-1);
  const sentences = [
    aloneText(fact),
    fact.expiresOn === null ? null : `valid until ${fact.expiresOn}`,
    retest === undefined ? null : retestText(retest),
  ].filter((sentence) => sentence !== null);
  return html`${sentences.map((sentence) => html`<p>${dataText(capital(sentence))}.</p>`)}`;
}

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Rate with its interval, base rate and lift. */
export function rateCells({ rate, low, high, baseRate, lift }: FlagFigures): HtmlPart[] {
  return [
    html`${percentText(rate)}<small>${percentInterval({ low, high })}</small>`,
    percentText(baseRate),
    decimalText(lift, 2),
  ];
}

function reversalItems({ expression, groups }: Fact): Html[] {
  return groups
    .filter(({ verdict }) => verdict === 'reversed')
    .map((group) => html`<li>${dataText(expression)}: ${dataText(reversalSentence(group))}</li>\n`);
}

function failedPart(facts: readonly Fact[]): Html {
  if (facts.length === 0) return html``;
  return html`<h3>Guesses that did not hold</h3>
<p>New rows did not bear them out. Do not act on them.</p>
${longTable(
  'Found and not confirmed',
  [
    { title: 'Guess' },
    { title: 'Rate, found', kind: 'number' },
    { title: 'Rate, new rows', kind: 'number' },
    { title: 'Corrected p, found', kind: 'number' },
    { title: 'Corrected p, new rows', kind: 'number' },
    { title: 'Why' },
  ],
  facts.map((fact) => ({
    cells: [
      dataText(fact.expression),
      rateCell(fact.discovery),
      rateCell(fact.confirmation),
      pText(fact.discovery.correctedP),
      pText(fact.confirmation.correctedP),
      dataText(whyText(fact)),
    ],
  })),
)}`;
}

function retiredPart(facts: readonly Fact[]): Html {
  if (facts.length === 0) return html``;
  return html`<h3>Retired flags</h3>
<p>They held when they were published and may no longer be used.</p>
${longTable(
  'Published once, and dead or expired since',
  [
    { title: 'Flag' },
    { title: 'Published', kind: 'number' },
    { title: 'Rate then', kind: 'number' },
    { title: 'Rate at the last retest', kind: 'number' },
    { title: 'Why' },
  ],
  facts.map((fact) => ({
    cells: [
      dataText(fact.expression),
      fact.publishedOn ?? '–',
      rateCell(fact.confirmation),
      fact.retests.length === 0 ? '–' : rateCell(fact.retests.at(-1)!.figures),
      dataText(whyText(fact)),
    ],
  })),
)}`;
}

/** A rate with its interval and the accounts that it is of. */
function rateCell({ rate, low, high, accounts }: FlagFigures): Html {
  if (accounts === 0) return html`–<small>no account</small>`;
  return html`${percentText(rate)}<small>${percentInterval({ low, high })} of ${countText(accounts)}</small>`;
}
