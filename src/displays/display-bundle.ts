import { inspect } from 'node:util';
import { printable } from '../reports/console-text.js';
import { Html, html } from '../reports/html.js';
import { blocksBundle, tableBlock } from './blocks.js';
import { chartBundle, chartListBundle, isChart, isChartList } from './charts.js';
import { checkDisplayOptions, type DisplayOptions } from './display-options.js';
import type { MimeBundle } from './mime-bundle.js';
import { resultBlocks } from './results/results.js';
import { hasAll, isRecord } from './shapes.js';
import { tableOf } from './tables.js';

/**
 * What a notebook shows of a value, in every form that it has. Known by their shape:
 *
 * - charts (`ChartSpec`): Vega-Lite, SVG, and the description; a list of them as one SVG;
 * - tables: Arquero's, `Table`, `RawTable`, lists of records (an empty one in words), records of single values as name
 *   and value;
 * - results, as tables and sentences with every estimate's interval: `TableCheck`, `TableProfile`, `Intake` and
 *   `OpenedWorkspace`, `MetricsResult`, `Reconciliation`, survival curves and `LogRankTest`, `SimpsonCheck`, stage
 *   definitions, lead times, `Training` and `Card`, `Evaluation` and `FileEvaluation`, `PairedDifference`, `Ledger`
 *   and `FlagFigures`, `Backtest`, `ValueResult`, `Estimate`;
 * - pieces of HTML, and bundles that are ready.
 *
 * Strings are text, not Markdown; one line of it is a sentence. Anything else is shown as Node's `util.inspect` writes it.
 * The same value gives the same bundle, in every time zone and locale.
 *
 * @throws ChurnError `bad-option`, `missing-column` for options that do not fit the value
 *
 * @example
 * const { data } = await displayBundle([{ plan: 'basic', churn: 0.123 }], { units: { churn: 'percent' } });
 * data['text/plain']; // 'plan    churn\nbasic  12.3 %'
 */
export async function displayBundle(value: unknown, options: DisplayOptions = {}): Promise<MimeBundle> {
  checkDisplayOptions(options);
  return wellFormed(await bundleOf(value, options));
}

async function bundleOf(value: unknown, options: DisplayOptions): Promise<MimeBundle> {
  if (isBundle(value)) return withText(value);
  if (value instanceof Html) return htmlBundle(value);
  if (typeof value === 'string') return stringBundle(value);
  if (Array.isArray(value) && value.length === 0) return stringBundle(nothingText(options));
  if (isChart(value)) return chartBundle(value);
  if (isChartList(value)) return chartListBundle(value);
  const result = resultBlocks(value, options);
  if (result !== null) return blocksBundle(result);
  const table = tableOf(value, options);
  if (table !== null) return blocksBundle([tableBlock(table)]);
  return textBundle(inspect(value, { depth: 4, colors: false, breakLength: 100 }));
}

const nothingText = ({ caption }: DisplayOptions): string =>
  caption === undefined ? 'None.' : `${caption}: none.`;

function isBundle(value: unknown): value is MimeBundle {
  return (
    hasAll(value, ['data', 'metadata']) &&
    isRecord(value.metadata) &&
    isRecord(value.data) &&
    Object.keys(value.data).length > 0 &&
    Object.keys(value.data).every((type) => /^[\w.+-]+\/[\w.+-]+$/.test(type))
  );
}

/** `text/plain` is always there: for whoever can draw nothing of the rest, and outside notebooks. */
function withText({ data, metadata }: MimeBundle): MimeBundle {
  return { data: { 'text/plain': `Shown as ${Object.keys(data).join(', ')}`, ...data }, metadata };
}

function htmlBundle({ text }: Html): MimeBundle {
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, ' ')
    .trim();
  return { data: { 'text/html': text, 'text/plain': words }, metadata: {} };
}

/** Lines stay lines; what could steer a terminal is taken out. */
function textBundle(text: string): MimeBundle {
  return { data: { 'text/plain': text.split(/\r?\n/).map(printable).join('\n') }, metadata: {} };
}

/** One line is a sentence, which JupyterLab would break within words if it were plain text; several may be aligned. */
function stringBundle(text: string): MimeBundle {
  const { data, metadata } = textBundle(text);
  const plain = String(data['text/plain']);
  if (plain.includes('\n')) return { data, metadata };
  return { data: { 'text/html': html`<p>${plain}</p>`.text, ...data }, metadata };
}

/** Halves of surrogate pairs would make an output that other readers of notebooks refuse. */
function wellFormed({ data, metadata }: MimeBundle): MimeBundle {
  const entries = Object.entries(data).map(([type, part]) => [
    type,
    typeof part === 'string' ? part.replace(/\p{Surrogate}/gu, '\ufffd') : part,
  ]);
  return { data: Object.fromEntries(entries), metadata };
}
