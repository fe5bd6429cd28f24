import { aspectWorthChart } from '../../charts/aspect-worth.js';
import { signedText } from '../../charts/figure-text.js';
import type { Estimate } from '../../evaluation/evaluation.js';
import type { AspectWorth, CompanyCard } from '../../training/company-card.js';
import { chartFigure } from '../chart-figure.js';
import { worthVerdict } from '../company-words.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, html, unbroken } from '../html.js';

/** Whether usage is enough, and what every aspect is worth at least and at most. */
export async function aspectsSection({ usage, aspects }: CompanyCard): Promise<Html> {
  const charts = (['without', 'alone'] as const).map((figure) =>
    chartFigure(aspectWorthChart(aspects, { figure }), { width: 470 }),
  );
  return html`<h2>What each side of customer health is worth</h2>
<p><strong>${unbroken(usage.sentence)}</strong></p>
<p>Aspects share what they know: an account that loses heart uses less, asks more and answers surveys worse. Leaving an aspect out shows
only what no other aspect can make up for, the <em>least</em> that it is worth; taking it alone shows all that it tells, whoever
else tells it too, the <em>most</em>. The same small model was learned each time and judged on the same held-back rows, so the
figures compare aspects; they are not those of the final model.</p>
${aspects.length === 0 ? html`<p>No aspect could be measured.</p>` : html`<div class="pair">${await Promise.all(charts)}</div>\n${worthTable(aspects)}`}`;
}

function worthTable(aspects: readonly AspectWorth[]): Html {
  return dataTable(
    'Log loss and lift of the riskiest tenth: lost when the aspect is left out, gained by it alone; with 95\u00a0% intervals',
    [
      { title: 'Aspect' },
      { title: 'Left out: log loss', kind: 'number' },
      { title: 'lift', kind: 'number' },
      { title: 'Alone: log loss', kind: 'number' },
      { title: 'lift', kind: 'number' },
    ],
    aspects.map((aspect) => ({
      marked: aspect.without.logLoss.low > 0,
      cells: [
        html`${dataText(aspect.title)} <small>${featuresText(aspect)}; ${worthVerdict(aspect)}</small>`,
        signed(aspect.without.logLoss, 4),
        signed(opposite(aspect.without.lift), 2),
        signed(opposite(aspect.alone.logLoss), 4),
        signed(aspect.alone.lift, 2),
      ],
    })),
  );
}

function featuresText({ features }: AspectWorth): string {
  return features === 1 ? '1 feature' : `${features} features`;
}

function signed({ value, low, high }: Estimate, digits: number): Html {
  return html`${signedText(value, digits)}<small>${signedText(low, digits)} to ${signedText(high, digits)}</small>`;
}

function opposite({ value, low, high }: Estimate): Estimate {
  return { value: -value, low: -high, high: -low };
}
