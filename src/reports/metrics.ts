import type { ChartSpec } from '../charts/chart-spec.js';
import { cohortCurvesChart, cohortTriangleChart } from '../charts/cohorts.js';
import { countText } from '../charts/figure-text.js';
import { metricByMonthChart } from '../charts/metric-by-month.js';
import { leakyPotChart, mrrMovementsChart } from '../charts/movements.js';
import { survivalChart } from '../charts/survival.js';
import { waterfallChart } from '../charts/waterfall.js';
import { type Reconciliation, reconciliationLines } from '../metrics/reconcile.js';
import { type MetricSeries, type MetricsResult, seriesOf } from '../metrics/result.js';
import { chartFigure } from './chart-figure.js';
import { dataTable } from './data-table.js';
import { dataText, type Html, html } from './html.js';
import {
  GROUP_METRICS,
  groupsOf,
  headlineFigures,
  latestFigures,
  leakyPotSentence,
  logRankSentence,
  revenueSentence,
  unmeasuredByReason,
} from './metrics-words.js';
import { renderPage } from './page.js';

/**
 * The metrics of a company as one HTML page that loads nothing: customers, revenue, lifetimes and cohorts, groups,
 * every metric's latest figure with its interval, the formulas, and what could not be measured.
 *
 * @param reconciliations drawn as waterfalls, in the order given
 * @example
 * const reconciliation = await reconcileChurn(company, metrics.to);
 * await writeTextAtomically('metrics.html', await metricsReport(metrics, [reconciliation]));
 */
export async function metricsReport(
  result: MetricsResult,
  reconciliations: readonly Reconciliation[] = [],
): Promise<string> {
  const { company, from, to } = result;
  const sections = [
    await customersSection(result),
    await revenueSection(result),
    await lifetimeSection(result),
    await groupsSection(result),
    await reconciliationSection(reconciliations),
    figuresSection(result),
    unmeasuredSection(result),
    catalogueSection(result),
  ];
  const body = html`<main>
<header><h1>Retention metrics of ${dataText(company)}</h1>
<p class="lead">${from} to ${to}, calendar months in UTC${result.by ? html`, by ${result.by}` : ''}. Brackets hold 95 % intervals.</p></header>
<section class="verdict" aria-label="In short"><strong>${leakyPotSentence(result)}</strong>
<p>${revenueSentence(result) ?? ''}</p></section>
<ul class="headline">${headlineFigures(result).map(headline)}</ul>
${sections}
</main>
<footer>Made by churnlab. This page holds all its data and loads nothing.</footer>`;
  return renderPage({ title: `Retention metrics: ${company}`, body });
}

/** The value large, its interval below. */
function headline({ figure, words }: { figure: string; words: string }): Html {
  const [value, interval] = figure.split(' (');
  return html`<li><strong>${value!}</strong><span>${interval ? `(${interval} ` : ''}${words}</span></li>\n`;
}

async function customersSection(result: MetricsResult): Promise<Html> {
  return html`<section><h2>Customers</h2>
${await chartFigure(leakyPotChart(result))}
${await figures([monthChart(result, 'customer-churn-opening'), monthChart(result, 'retention-rate')])}
${monthsTable(result, 'Churn by its three formulas', [
  'customers',
  'customer-churn-opening',
  'customer-churn-average',
  'customer-churn-exposure',
])}</section>`;
}

async function revenueSection(result: MetricsResult): Promise<Html> {
  if (!seriesOf(result, 'mrr')) return html``;
  return html`<section><h2>Recurring revenue</h2>
${await chartFigure(mrrMovementsChart(result))}
${await figures([monthChart(result, 'net-revenue-retention'), monthChart(result, 'gross-revenue-retention')])}
${monthsTable(result, 'What moved recurring revenue', [
  'mrr',
  'mrr-new',
  'mrr-reactivation',
  'mrr-expansion',
  'mrr-contraction',
  'mrr-churn',
  'mrr-net-new',
])}</section>`;
}

async function lifetimeSection(result: MetricsResult): Promise<Html> {
  const { survival, cohorts } = result;
  const groups = survival.filter(({ group }) => group !== null);
  const sentence = logRankSentence(result);
  return html`<section><h2>How long customers stay</h2>
${await chartFigure(survivalChart(survival.filter(({ group }) => group === null)))}
${groups.length > 0 ? await chartFigure(survivalChart(groups)) : ''}
${sentence ? html`<p>${sentence}</p>` : ''}
${
  cohorts.triangle.length > 0
    ? html`${await chartFigure(cohortTriangleChart(cohorts))}
${await chartFigure(cohortCurvesChart(cohorts))}`
    : html`<p>Nobody signed up from ${result.from} on, so there are no cohorts to follow.</p>`
}</section>`;
}

async function groupsSection(result: MetricsResult): Promise<Html> {
  const groups = groupsOf(result);
  if (groups.length === 0 || result.by === null) return html``;
  const metrics = GROUP_METRICS.filter((metric) => seriesOf(result, metric));
  const titles = metrics.map((metric) => result.definitions.find(({ name }) => name === metric)!.title);
  const rows = [null, ...groups].map((group) => {
    const latest = latestFigures(result, group);
    const text = (metric: string) => latest.find(({ definition }) => definition.name === metric)?.text ?? '–';
    return {
      cells: [group === null ? 'all accounts' : dataText(group), ...metrics.map(text)],
      marked: group === null,
    };
  });
  const charts = ['customer-churn-exposure', 'net-revenue-retention'].map((metric) =>
    monthChart(result, metric, groups),
  );
  return html`<section><h2>By ${result.by}</h2>
${result.notes.map(({ message }) => html`<p>${message}</p>`)}
${await figures(charts)}
${dataTable(
  `The latest figures by ${result.by}`,
  [{ title: result.by }, ...titles.map((title) => ({ title, kind: 'number' as const }))],
  rows,
)}</section>`;
}

async function reconciliationSection(reconciliations: readonly Reconciliation[]): Promise<Html> {
  if (reconciliations.length === 0) return html``;
  const parts = await Promise.all(
    reconciliations.map(
      async (one) => html`${await chartFigure(waterfallChart(one))}
<ul>${reconciliationLines(one).map((line) => html`<li>${line}</li>\n`)}</ul>`,
    ),
  );
  return html`<section><h2>Why two formulas differ</h2>
<p>The steps add up to the difference exactly; the fractions in brackets are not rounded.</p>${parts}</section>`;
}

function figuresSection(result: MetricsResult): Html {
  return html`<section><h2>Every metric</h2>${dataTable(
    `Latest figures: ${result.to}, or the whole span`,
    [
      { title: 'Metric' },
      { title: result.to, kind: 'number' },
      { title: 'Month before', kind: 'number' },
      { title: 'n', kind: 'number' },
      { title: 'n counts' },
    ],
    latestFigures(result).map(({ definition, last, text, before }) => ({
      cells: [definition.title, text, before ?? '', countText(last.n), definition.counts],
    })),
  )}</section>`;
}

function unmeasuredSection(result: MetricsResult): Html {
  const reasons = unmeasuredByReason(result);
  if (reasons.length === 0) return html``;
  return html`<section><h2>Not measurable</h2><ul>${reasons.map(
    ({ reason, titles }) => html`<li><strong>${titles.join(', ')}:</strong> ${reason}.</li>\n`,
  )}</ul></section>`;
}

function catalogueSection({ definitions }: MetricsResult): Html {
  return html`<section><h2>Formulas</h2>${dataTable(
    'Every metric of the catalogue',
    [{ title: 'Metric' }, { title: 'Formula' }, { title: 'Interval' }, { title: 'Source' }],
    definitions.map(({ title, formula, interval, source }) => ({
      cells: [title, formula, interval, source],
    })),
  )}</section>`;
}

/** A row for each of the last twelve months. */
function monthsTable(result: MetricsResult, caption: string, metrics: readonly string[]): Html {
  const measured = metrics.filter((metric) => seriesOf(result, metric));
  const months = seriesOf(result, measured[0]!)!.points.map(({ month }) => month!);
  const shown = months.slice(-12);
  return dataTable(
    shown.length < months.length ? `${caption}, the last twelve months` : caption,
    [
      { title: 'Month' },
      ...measured.map((metric) => ({ title: titleOf(result, metric), kind: 'number' as const })),
    ],
    shown.toReversed().map((month) => {
      const upTo = { ...result, series: result.series.map((series) => cutAfter(series, month)) };
      const latest = latestFigures(upTo);
      return {
        cells: [
          month,
          ...measured.map((metric) => latest.find(({ definition }) => definition.name === metric)!.text),
        ],
      };
    }),
  );
}

function cutAfter(series: MetricSeries, month: string): MetricSeries {
  return { ...series, points: series.points.filter((point) => point.month === null || point.month <= month) };
}

function titleOf({ definitions }: MetricsResult, metric: string): string {
  return definitions.find(({ name }) => name === metric)?.title ?? metric;
}

/** The chart of a metric over all accounts or over groups; `null` where it was not measured. */
function monthChart(result: MetricsResult, metric: string, groups?: readonly string[]): ChartSpec | null {
  const definition = result.definitions.find(({ name }) => name === metric)!;
  const series = (groups ?? [null]).flatMap((group) => seriesOf(result, metric, group) ?? []);
  return series.length > 0 ? metricByMonthChart(definition, series, result) : null;
}

async function figures(charts: readonly (ChartSpec | null)[]): Promise<Html> {
  const drawn = await Promise.all(
    charts.flatMap((chart) => (chart ? [chartFigure(chart, { width: 460 })] : [])),
  );
  return html`<div class="pair">${drawn}</div>`;
}
