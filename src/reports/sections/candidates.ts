import { candidatesChart } from '../../charts/candidates.js';
import { countedIn } from '../../charts/counted.js';
import { decimalText, percentText } from '../../charts/figure-text.js';
import { rocChart } from '../../charts/roc.js';
import type { Estimate } from '../../evaluation/evaluation.js';
import type { Card } from '../../training/card.js';
import { chartFigure } from '../chart-figure.js';
import { dataTable } from '../data-table.js';
import { type Html, html, unbroken } from '../html.js';
import { candidateLabel, differenceSentence, rankedCandidates } from '../training-words.js';

/** Every model that was tried, side by side, and whether the final one beats the simple ones. */
export async function candidatesSection(card: Card): Promise<Html> {
  const counted = countedIn(card);
  const figures = await Promise.all(
    (['logLoss', 'auc'] as const).map((figure) =>
      chartFigure(candidatesChart(card.candidates, { chosen: card.chosen, figure, counted }), { width: 470 }),
    ),
  );
  return html`<h2>What was tried</h2>
<p>Each candidate learned from the same ${counted} and was tested on the same held-back ones. Whether the final model is better
than the simple ones is judged on pairs, ${{ accounts: 'account by account', rows: 'row by row' }[counted]}:</p>
<ul>${card.differences.map(
    (difference) =>
      html`<li>${unbroken(differenceSentence(difference, candidateLabel(card, difference.against)))}</li>`,
  )}</ul>
<div class="pair">${figures}</div>
${candidatesTable(card)}
${await chartFigure(rocChart(card.evaluation, { counted }), { width: 470 })}`;
}

function candidatesTable(card: Card): Html {
  return dataTable(
    'Held-back figures with 95\u00a0% intervals, the lowest log loss first',
    [
      { title: 'Candidate' },
      { title: 'Log loss', kind: 'number' },
      { title: 'AUC', kind: 'number' },
      { title: 'Average precision', kind: 'number' },
      { title: 'Brier', kind: 'number' },
      { title: 'Calibration error', kind: 'number' },
    ],
    rankedCandidates(card).map((candidate) => {
      const { logLoss, auc, averagePrecision, brier, calibrationError } = candidate.heldBack;
      const chosen = candidate.name === card.chosen;
      return {
        marked: chosen,
        cells: [
          html`${candidate.label} ${chosen ? html`<span class="tag">chosen</span>` : ''}<small>${candidate.settings}${weightText(candidate.ensembleWeight)}</small>`,
          stacked(logLoss, 4),
          stacked(auc, 3),
          stacked(averagePrecision, 3),
          stacked(brier, 4),
          stacked(calibrationError, 3),
        ],
      };
    }),
  );
}

function stacked({ value, low, high }: Estimate, digits: number): Html {
  return html`${decimalText(value, digits)}<small>${decimalText(low, digits)}–${decimalText(high, digits)}</small>`;
}

function weightText(weight: number | null): string {
  return weight ? `; ${percentText(weight)} of the ensemble` : '';
}
