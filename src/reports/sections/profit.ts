import { countEstimate, countText, percentText } from '../../charts/figure-text.js';
import { profitChart } from '../../charts/profit.js';
import type { Card } from '../../training/card.js';
import { chartFigure } from '../chart-figure.js';
import { type Html, html, unbroken } from '../html.js';

/** What contacting the riskiest accounts would have earned, under the user's own assumptions. */
export async function profitSection({ evaluation: { profit } }: Card): Promise<Html> {
  return html`<h2>What would contacting them earn?</h2>
<p>${unbroken(profitSentence(profit))}</p>
${await chartFigure(profitChart(profit))}`;
}

function profitSentence({ best }: Card['evaluation']['profit']): string {
  if (best.accounts === 0)
    return 'At these costs, contacting nobody is best: every contact would cost more than it saves.';
  return `Best on the held-back accounts: contacting the riskiest ${percentText(best.share)} (${countText(best.accounts)} accounts) would have earned ${countEstimate(best.profit)}. The best point was picked after the fact, so expect a little less. Cost, value and success are yours to set; they are assumptions, not measurements.`;
}
