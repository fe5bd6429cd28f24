import { countedIn, countedTitle } from '../../charts/counted.js';
import { countText, percentInterval, percentText } from '../../charts/figure-text.js';
import type { Card } from '../../training/card.js';
import { featureMeanings } from '../company-words.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, html, unbroken } from '../html.js';
import { insideName, insideSentence, insideVerdict, NO_SEARCH } from '../red-flag-words.js';
import { flagsSection } from './flags.js';

/** Facts that together go with more leaving, and whether the percentages are right inside them. */
export async function redFlagsSection(card: Card): Promise<Html> {
  const found =
    card.flags === null
      ? html`<h2>Red flags</h2><p>${NO_SEARCH}</p>`
      : await flagsSection(card.flags, { meanings: featureMeanings(card) });
  return html`${found}
${card.insideFlags.length > 0 ? insidePart(card) : ''}`;
}

function insidePart(card: Card): Html {
  const meanings = featureMeanings(card);
  return html`<h3>Are the percentages right inside?</h3>
<p>Probabilities are shifted inside confirmed flags, and inside stages and segments where that makes them better, so that their mean
is the share that leaves. ${unbroken(insideSentence(card))}</p>
${dataTable(
  'Mean chance of leaving before and after the shifts, and the share that left, on held-back rows',
  [
    { title: 'Inside' },
    { title: countedTitle(countedIn(card)), kind: 'number' },
    { title: 'Before', kind: 'number' },
    { title: 'After', kind: 'number' },
    { title: 'Left', kind: 'number' },
    { title: 'In short', kind: 'number' },
  ],
  card.insideFlags.map((group) => ({
    cells: [
      html`${dataText(insideName(group, card.flags, meanings))}<small>${group.kind}${group.shifted ? '' : ', not shifted'}</small>`,
      countText(group.rows),
      percentText(group.meanBefore),
      percentText(group.meanAfter),
      html`${percentText(group.rate.value)}<small>${percentInterval(group.rate)}</small>`,
      insideVerdict(group),
    ],
  })),
)}`;
}
