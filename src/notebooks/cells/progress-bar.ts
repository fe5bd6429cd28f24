import { randomUUID } from 'node:crypto';
import { printable } from '../../reports/console-text.js';
import { html } from '../../reports/html.js';
import { runningCell, type WriteDisplay } from './running-kernel.js';

/** Told what is being done and the share of the work behind, in [0, 1]: `onProgress` of trainings and searches. */
export type UpdateProgress = (label: string, share: number) => void;

/** The bar is drawn anew at most so often. */
const PAUSE_MS = 250;
/** Letters of the bar where only text can be shown. */
const BAR_LETTERS = 20;
/** Below it, what is left cannot be guessed. */
const LEAST_SHARE = 0.02;

/**
 * Does long work under a bar that moves in place below the running cell. When it is over one line is left, the same
 * in every run: `Training: done`, or `Training: failed` with the error thrown on. Outside a notebook only that line is
 * written, to standard error.
 *
 * @example
 * const chances = await withProgressBar('Scoring', async (update) => {
 *   update('half of the accounts', 0.5);
 *   return predictChurn(model, table);
 * });
 */
export async function withProgressBar<Result>(
  label: string,
  work: (update: UpdateProgress) => Promise<Result>,
): Promise<Result> {
  const bar = openBar(label, runningCell());
  try {
    const result = await work(bar.update);
    bar.end('done');
    return result;
  } catch (fault) {
    bar.end('failed');
    throw fault;
  }
}

interface Bar {
  readonly update: UpdateProgress;
  readonly end: (outcome: 'done' | 'failed') => void;
}

function openBar(label: string, write: WriteDisplay | null): Bar {
  if (write === null) {
    return { update: () => {}, end: (outcome) => process.stderr.write(`${endText(label, outcome)}\n`) };
  }
  const id = randomUUID();
  const started = performance.now();
  let drawn = started;
  let isOver = false;
  const draw = (text: string, markup: string, update: boolean): void => {
    const data = { 'text/html': markup, 'text/plain': text };
    write({ data, metadata: {}, transient: { display_id: id } }, update);
  };
  const drawShare = (doing: string, share: number, update: boolean): void => {
    const known = Math.min(1, Math.max(0, share || 0));
    const left = timeLeft(performance.now() - started, known);
    draw(barText(doing, known, left), barHtml(doing, known, left), update);
  };
  drawShare(label, 0, false);
  return {
    update: (doing, share) => {
      const now = performance.now();
      if (isOver || now - drawn < PAUSE_MS) return;
      drawn = now;
      drawShare(`${label}: ${doing}`, share, true);
    },
    end: (outcome) => {
      isOver = true;
      const text = endText(label, outcome);
      draw(text, html`<p>${text}</p>`.text, true);
    },
  };
}

const endText = (label: string, outcome: string): string => `${printable(label)}: ${outcome}`;

/** `████████░░░░░░░░░░░░ 42 % Training: folds, about 12 s left`. */
function barText(doing: string, share: number, left: string): string {
  const full = Math.round(BAR_LETTERS * share);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_LETTERS - full)} ${stateText(doing, share, left)}`;
}

function barHtml(doing: string, share: number, left: string): string {
  const percent = Math.floor(100 * share);
  return html`<div><progress max="100" value="${percent}" aria-label="${printable(doing)}"></progress> ${stateText(doing, share, left)}</div>`
    .text;
}

const stateText = (doing: string, share: number, left: string): string =>
  `${Math.floor(100 * share)}\u00a0% ${printable(doing)}${left}`;

function timeLeft(elapsedMs: number, share: number): string {
  if (share < LEAST_SHARE || share === 1) return '';
  const seconds = Math.ceil((elapsedMs * (1 - share)) / share / 1000);
  return seconds < 100
    ? `, about ${seconds}\u00a0s left`
    : `, about ${Math.ceil(seconds / 60)}\u00a0min left`;
}
