import { divisionsOf, flagGroupsChart } from '../../charts/flag-groups.js';
import { flagOverlapChart } from '../../charts/flag-overlap.js';
import { flagWarningChart, warnedFacts } from '../../charts/flag-warning.js';
import type { Fact, Ledger } from '../../flags/ledger.js';
import { chartFigure } from '../chart-figure.js';
import { factsOf } from '../flag-words.js';
import { dataText, type Html, html } from '../html.js';

/** Flags whose groups are drawn; the details hold those of all. */
const MOST_FLAGS = 4;

/** How far ahead the flags are raised, how alike they are, and in which stages, segments and months they hold. */
export async function flagGroupsSection(ledger: Ledger): Promise<Html> {
  const confirmed = factsOf(ledger, 'confirmed');
  const warned = warnedFacts(confirmed).length > 0;
  const drawn = confirmed.filter((fact) => divisionsOf(fact).length > 0).slice(0, MOST_FLAGS);
  return html`<h2>Where and when they hold</h2>
${warned ? await chartFigure(flagWarningChart(confirmed)) : ''}
${confirmed.length > 1 ? await chartFigure(flagOverlapChart(confirmed, ledger.overlap)) : ''}
${await Promise.all(drawn.map((fact) => groupCharts(fact, confirmed.indexOf(fact) + 1)))}`;
}

/** Whether there is anything for {@link flagGroupsSection} to show. */
export function hasGroups(ledger: Ledger): boolean {
  const confirmed = factsOf(ledger, 'confirmed');
  return (
    confirmed.length > 1 || confirmed.some((fact) => divisionsOf(fact).length > 0 || fact.warning !== null)
  );
}

async function groupCharts(fact: Fact, number: number): Promise<Html> {
  const charts = divisionsOf(fact).map((by) => chartFigure(flagGroupsChart(fact, by), { width: 470 }));
  return html`<h3>Flag ${number}: ${dataText(fact.expression)}</h3>
<div class="pair">${await Promise.all(charts)}</div>`;
}
