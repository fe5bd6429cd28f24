import { countedIn } from '../../charts/counted.js';
import type { Card } from '../../training/card.js';
import { leavingSentence } from '../company-words.js';
import { dataText, type Html, html, unbroken } from '../html.js';
import { baseRateSentence, headlines, verdictWords } from '../training-words.js';
import { auditVerdict } from './audit.js';

/** The first screen: what the run found, said plainly, and the figures to take away. */
export function verdictSection(card: Card): Html {
  const { data, verdict, company } = card;
  const signal = verdict.kind === 'signal';
  const { heading, sentence } = verdictWords(verdict);
  return html`<header>
<h1>Who leaves, according to ${dataText(data.file)}</h1>
<p class="lead">Churn model ${dataText(card.name)}${leavingWords(card)} ${baseRateSentence(card)}</p>
</header>
<section class="verdict ${signal ? '' : 'warning'}" aria-label="Verdict">
<strong>${heading}</strong>
<p>${unbroken(sentence)}</p>
</section>
${company !== null && !company.audit.passed ? auditVerdict(company.audit) : ''}
${signal ? headlineFigures(card) : NOT_SHOWN}`;
}

const NOT_SHOWN = html`<p>What follows shows what was tried and how the data looks. Lists of accounts, drivers, profit and the like are left
out on purpose: a ranking made from noise would only mislead. The figures are all in <code>card.json</code>.</p>`;

function leavingWords({ data, company }: Card): Html {
  return company === null
    ? html`: accounts with ${dataText(data.target)} = ${dataText(data.positive)} count as having left.`
    : html`, learned from dated tables. ${leavingSentence(company)}`;
}

function headlineFigures(card: Card): Html {
  const counted = countedIn(card);
  return html`<ul class="headline">${headlines(card.evaluation, counted).map(
    ({ figure, words }) => html`<li><strong>${figure}</strong><span>${unbroken(words)}</span></li>\n`,
  )}</ul>
<p>All figures are measured on held-back ${counted} that no model had seen; what stands in brackets is the range in which the true
figure lies with 95\u00a0% confidence.</p>`;
}
