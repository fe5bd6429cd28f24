import { countedIn } from '../../charts/counted.js';
import { percentText } from '../../charts/figure-text.js';
import type { Card, Reason } from '../../training/card.js';
import { publishedFacts } from '../../training/group-calibration.js';
import { featureMeanings, reasonText } from '../company-words.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, html, unbroken } from '../html.js';
import { flagWords } from '../red-flag-words.js';

/** The riskiest held-back accounts, what the model said of each, why, and what happened. */
export function accountsSection(card: Card): Html {
  const { topAccounts } = card;
  const counted = countedIn(card);
  const meanings = featureMeanings(card);
  const left = topAccounts.filter(({ churned }) => churned === 1).length;
  return html`<h2>The riskiest accounts and why</h2>
<p>From the held-back part, where the outcome is known: ${left} of these ${topAccounts.length} left. ▲ marks what raises the
risk, ▼ what lowers it${topAccounts.some(({ flags }) => flags.length > 0) ? ', ⚑ a red flag that the account raises' : ''}.${counted === 'rows' ? ' An account may stand here for more than one snapshot.' : ''}</p>
${dataTable(
  `The riskiest held-back ${counted}`,
  [
    { title: 'Account' },
    { title: 'Chance of leaving', kind: 'number' },
    { title: 'Outcome' },
    { title: 'Main reasons' },
  ],
  topAccounts.map(({ id, churnProbability, churned, reasons, flags }) => ({
    cells: [
      dataText(id),
      percentText(churnProbability),
      churned === 1 ? html`<span class="raises">left</span>` : 'stayed',
      html`<ul>${flags.map((name) => flagItem(name, card, meanings))}${reasons.map((reason) => reasonItem(reason, meanings))}</ul>`,
    ],
  })),
)}`;
}

function flagItem(expression: string, { flags }: Card, meanings: ReadonlyMap<string, string>): Html {
  const fact = publishedFacts(flags).find((one) => one.expression === expression);
  return html`<li><span class="raises" role="img" aria-label="red flag:">⚑</span> <bdi>${fact ? flagWords(fact, meanings) : expression}</bdi></li>`;
}

function reasonItem(reason: Reason, meanings: ReadonlyMap<string, string>): Html {
  const [sign, kind, says] =
    reason.push > 0 ? ['▲', 'raises', 'raises the risk:'] : ['▼', 'lowers', 'lowers the risk:'];
  return html`<li><span class="${kind}" role="img" aria-label="${says}">${sign}</span> <bdi>${unbroken(reasonText(reason, meanings))}</bdi></li>`;
}
