import { type Counted, countedIn, countedTitle } from '../../charts/counted.js';
import {
  countText,
  decimalEstimate,
  decimalText,
  percentInterval,
  percentText,
} from '../../charts/figure-text.js';
import { reliabilityChart } from '../../charts/reliability.js';
import type { Card } from '../../training/card.js';
import { chartFigure } from '../chart-figure.js';
import { dataTable } from '../data-table.js';
import { type Html, html, unbroken } from '../html.js';
import { calibrationName, calibrationSentence } from '../training-words.js';

/** Whether the predicted chances can be taken at their word. */
export async function probabilitiesSection(card: Card): Promise<Html> {
  const { evaluation, calibration } = card;
  const counted = countedIn(card);
  return html`<h2>Can the percentages be believed?</h2>
<p>${unbroken(calibrationSentence(evaluation))} The slope of the outcome on the prediction is
${decimalEstimate(evaluation.calibrationSlope, 2)}; 1 is perfect, below 1 is too sure of itself. Calibration:
${calibrationName(card)}, chosen on predictions for accounts left out of the fit (log loss
${calibration.tried.map(({ kind, logLoss }) => `${kind} ${decimalText(logLoss, 4)}`).join(', ')}).</p>
<div class="pair">
${await chartFigure(reliabilityChart(evaluation.reliability, { counted }), { width: 470 })}
${reliabilityTable(evaluation.reliability, counted)}
</div>`;
}

function reliabilityTable(bins: Card['evaluation']['reliability'], counted: Counted): Html {
  return dataTable(
    'The same in numbers',
    [
      { title: 'Predicted', kind: 'number' },
      { title: 'Left', kind: 'number' },
      { title: '95\u00a0% interval', kind: 'number' },
      { title: countedTitle(counted), kind: 'number' },
    ],
    bins.map((bin) => ({
      cells: [
        percentText(bin.meanProbability),
        percentText(bin.rate),
        percentInterval(bin),
        countText(bin.accounts),
      ],
    })),
  );
}
