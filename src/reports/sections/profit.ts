import { type Counted, countedIn } from '../../charts/counted.js';
import { countEstimate, countText, percentText } from '../../charts/figure-text.js';
import { profitChart } from '../../charts/profit.js';
import type { Card } from '../../training/card.js';
import { chartFigure } from '../chart-figure.js';
import { type Html, html, unbroken } from '../html.js';

/** What contacting the riskiest accounts would have earned, under the user's own assumptions. */
export async function profitSection(card: Card): Promise<Html> {
  const { profit } = card.evaluation;
  const counted = countedIn(card);
  return html`<h2>What would contacting them earn?</h2>
<p>${unbroken(profitSentence(profit, counted))}</p>
${await chartFigure(profitChart(profit, { counted }))}`;
}

function profitSentence({ best }: Card['evaluation']['profit'], counted: Counted): string {
  if (best.accounts === 0)
    return 'At these costs, contacting nobody is best: every contact would cost more than it saves.';
  return `Best on the held-back ${counted}: contacting the riskiest ${percentText(best.share)} (${countText(best.accounts)} ${counted}) would have earned ${countEstimate(best.profit)}.${counted === 'rows' ? ' An account that was at risk at several snapshots counts once for each.' : ''} The best point was picked after the fact, so expect a little less. Cost, value and success are yours to set; they are assumptions, not measurements.`;
}
