import { countText } from '../../charts/figure-text.js';
import type { Ledger } from '../../flags/ledger.js';
import { correctionSentences, correctionText, countOf, partRowsText, searchSentence } from '../flag-words.js';
import { dataText, type Html, type HtmlPart, html } from '../html.js';

/** How it was searched, and what the p-values mean. */
export function flagSearchSection(ledger: Ledger): Html {
  const lines: [string, HtmlPart][] = [
    ['Data', dataText(ledger.data.file)],
    ['SHA-256', html`<code>${ledger.data.sha256}</code>`],
    ['Searched', partRowsText(ledger.discovery)],
    ['Confirmed on', partRowsText(ledger.confirmation)],
    ['Set aside', handledText(ledger.handled)],
    ['Search', searchSentence(ledger)],
    [
      'Correction',
      `${correctionText(ledger)}; ${countOf(ledger.search.carried, 'guess', 'guesses')} carried on.`,
    ],
    [
      'Capacity',
      `${countOf(ledger.capacity, 'account')} can be contacted; the order of the flags is for that.`,
    ],
    ['Seed', ledger.seed],
    ['Made by', `churnlab ${ledger.churnlabVersion}; ledger format ${ledger.formatVersion}`],
  ];
  return html`<h2>How it was searched</h2>
<dl>${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
<h3>What a corrected p says, and what it does not</h3>
<ul>${correctionSentences(ledger).map((sentence) => html`<li>${sentence}</li>\n`)}</ul>`;
}

function handledText(handled: Ledger['handled']): HtmlPart {
  if (handled.length === 0) return 'nothing; no flag is handled already';
  return html`${handled.map(({ expression, accounts, churned }) => html`${dataText(expression)}: ${countText(accounts)} accounts, ${countText(churned)} left, handled already<br>`)}`;
}
