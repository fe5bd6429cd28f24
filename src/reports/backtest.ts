import { backtestChart } from '../charts/backtest.js';
import { countText, decimalText, percentText } from '../charts/figure-text.js';
import type { Backtest, BacktestFold } from '../training/backtest.js';
import { VERSION } from '../version.js';
import { chartFigure } from './chart-figure.js';
import { dataTable } from './data-table.js';
import { dataText, type Html, html } from './html.js';
import { renderPage } from './page.js';

/**
 * The rolling-origin backtest in one sentence, without figures that a single fold would make look certain.
 *
 * @example
 * console.log(backtestSentence(backtest));
 */
export function backtestSentence({ folds, expected, actual, inRange }: Backtest): string {
  if (folds.length === 0) return 'No snapshot had enough leavers before it to learn from.';
  return (
    `${countText(expected)} leavers were expected over ${folds.length} snapshots and ${countText(actual)} left; ` +
    `${inRange} of ${folds.length} counts lie in their 90 % range.`
  );
}

/**
 * A page for the rolling-origin backtest.
 *
 * @example
 * await writeTextAtomically('backtest.html', await backtestReport(backtest));
 */
export async function backtestReport(backtest: Backtest): Promise<string> {
  const { company, gapDays, horizonDays, folds, skipped } = backtest;
  const body = html`<main>
<header><h1>Backtest: ${dataText(company)}</h1>
<p class="lead">${backtestSentence(backtest)}</p>
<p>Each snapshot was predicted by a training of its own, on the snapshots whose outcomes were fully known by then. Leaving
counts within ${horizonDays} days${gapDays > 0 ? ` after a gap of ${gapDays} days` : ''}; horizons overlap, so neighbouring
snapshots share part of their leavers and are no independent trials.</p></header>
<section>${folds.length > 0 ? await chartFigure(backtestChart(backtest)) : ''}
${folds.length > 0 ? foldsTable(folds) : ''}
${skipped.map(({ snapshotAt, reason }) => html`<p>${snapshotAt} was left out: ${reason}.</p>`)}</section>
</main>
<footer>Made by churnlab ${VERSION}. This page holds all its data and loads nothing.</footer>`;
  return renderPage({ title: `Backtest: ${company}`, body });
}

function foldsTable(folds: readonly BacktestFold[]): Html {
  return dataTable(
    'Every fold',
    [
      { title: 'Snapshot' },
      { title: 'Learned from', kind: 'number' },
      { title: 'Accounts', kind: 'number' },
      { title: 'Expected (90\u00a0% range)', kind: 'number' },
      { title: 'Left', kind: 'number' },
      { title: 'AUC', kind: 'number' },
      { title: 'Log loss', kind: 'number' },
      { title: 'Model' },
    ],
    folds.map(({ snapshotAt, trainingRows, trainingSnapshots, range, actual, inRange, figures, chosen }) => ({
      marked: !inRange,
      cells: [
        snapshotAt,
        `${countText(trainingRows)} rows, ${trainingSnapshots} snapshots`,
        countText(figures.accounts),
        `${countText(range.expected)} (${countText(range.low)}–${countText(range.high)})`,
        html`${countText(actual)} <small>${percentText(figures.rate.value)}</small>`,
        interval(figures.auc, 3),
        interval(figures.logLoss, 4),
        chosen,
      ],
    })),
  );
}

function interval(estimate: { value: number; low: number; high: number } | null, digits: number): Html {
  if (estimate === null) return html`–`;
  return html`${decimalText(estimate.value, digits)}<small>${decimalText(estimate.low, digits)}–${decimalText(estimate.high, digits)}</small>`;
}
