import { type Counted, countedIn, countedTitle } from '../../charts/counted.js';
import { countText, decimalEstimate, percentEstimate, percentText } from '../../charts/figure-text.js';
import { gainsChart } from '../../charts/gains.js';
import { liftChart } from '../../charts/lift.js';
import type { Card } from '../../training/card.js';
import { chartFigure } from '../chart-figure.js';
import { dataTable } from '../data-table.js';
import { type Html, html } from '../html.js';

/** Whom to contact: churn rate and churners caught in the top shares. */
export async function targetsSection(card: Card): Promise<Html> {
  const { evaluation } = card;
  const counted = countedIn(card);
  const pair = await Promise.all(
    [liftChart(evaluation, { counted }), gainsChart(evaluation, { counted })].map((spec) =>
      chartFigure(spec, { width: 470 }),
    ),
  );
  return html`<h2>How far down the list is worth calling?</h2>
<div class="pair">${pair}</div>
${liftTable(evaluation, counted)}`;
}

function liftTable({ liftAt, baseRate }: Card['evaluation'], counted: Counted): Html {
  return dataTable(
    `Riskiest ${counted} against the overall rate of ${percentText(baseRate)}, with 95\u00a0% intervals`,
    [
      { title: 'Riskiest' },
      { title: countedTitle(counted), kind: 'number' },
      { title: 'Left', kind: 'number' },
      { title: 'Times the overall rate', kind: 'number' },
      { title: 'Of all leavers', kind: 'number' },
    ],
    liftAt.map(({ share, accounts, rate, lift, captured }) => ({
      cells: [
        percentText(share),
        countText(accounts),
        percentEstimate(rate),
        decimalEstimate(lift, 1),
        percentEstimate(captured),
      ],
    })),
  );
}
