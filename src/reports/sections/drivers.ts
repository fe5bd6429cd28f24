import { countedIn } from '../../charts/counted.js';
import { dependenceCharts } from '../../charts/dependence.js';
import { driversChart } from '../../charts/drivers.js';
import { percentText } from '../../charts/figure-text.js';
import type { Card } from '../../training/card.js';
import { chartFigure } from '../chart-figure.js';
import { featureMeanings } from '../company-words.js';
import { dataText, type Html, html } from '../html.js';

/** What moves the prediction, and in which direction. */
export async function driversSection(card: Card): Promise<Html> {
  const { drivers, baseRate } = card;
  const meanings = featureMeanings(card);
  const multiples = dependenceCharts(drivers, baseRate, { counted: countedIn(card) }).map((spec) =>
    chartFigure(spec, { width: 320, subtitle: meanings.get(spec.title?.text ?? '') ?? false }),
  );
  return html`<h2>What drives the risk?</h2>
<p>Drivers tell what the model looks at. They do not tell causes: changing a column need not change the outcome.</p>
${await chartFigure(driversChart(drivers))}
${meanings.size === 0 ? '' : meaningsList(drivers, meanings)}
<h3>In which direction?</h3>
<p>The average predicted chance of leaving if every account had the value shown and kept all else. The dashed line is the
overall rate, ${percentText(baseRate)}. All panels share one scale, so a flat line is a weak driver.</p>
<div class="multiples">${await Promise.all(multiples)}</div>`;
}

function meaningsList(drivers: Card['drivers'], meanings: ReadonlyMap<string, string>): Html {
  return html`<dl>${drivers.map(
    ({ feature }) =>
      html`<dt><code>${feature}</code></dt><dd>${dataText(meanings.get(feature) ?? 'no feature of the catalogue')}</dd>\n`,
  )}</dl>`;
}
