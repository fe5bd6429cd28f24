import { dependenceCharts } from '../../charts/dependence.js';
import { driversChart } from '../../charts/drivers.js';
import { percentText } from '../../charts/figure-text.js';
import type { Card } from '../../training/card.js';
import { chartFigure } from '../chart-figure.js';
import { type Html, html } from '../html.js';

/** What moves the prediction, and in which direction. */
export async function driversSection({ drivers, baseRate }: Card): Promise<Html> {
  const multiples = dependenceCharts(drivers, baseRate).map((spec) =>
    chartFigure(spec, { width: 320, subtitle: false }),
  );
  return html`<h2>What drives the risk?</h2>
<p>Drivers tell what the model looks at. They do not tell causes: changing a column need not change the outcome.</p>
${await chartFigure(driversChart(drivers))}
<h3>In which direction?</h3>
<p>The average predicted chance of leaving if every account had the value shown and kept all else. The dashed line is the
overall rate, ${percentText(baseRate)}. All panels share one scale, so a flat line is a weak driver.</p>
<div class="multiples">${await Promise.all(multiples)}</div>`;
}
