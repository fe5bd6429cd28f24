import { countedIn } from '../charts/counted.js';
import { countText, decimalEstimate, decimalText, percentText } from '../charts/figure-text.js';
import type { Card } from '../training/card.js';
import { auditSummary, tellingSummary } from './company-summary.js';
import { joinBlocks, listBlock, MOST_LINES } from './console-blocks.js';
import { alignRows, type ConsoleOptions, type Ink, makeInk, printable, wrapText } from './console-text.js';
import {
  type CheckedTable,
  checkVerdict,
  columnContent,
  columnType,
  outcomeSentence,
  readSentence,
  shorten,
} from './profile-words.js';
import { redFlagLines } from './red-flag-words.js';
import {
  candidateLabel,
  differenceSentence,
  headlines,
  leakAction,
  leakSigns,
  noteSentence,
  rankedCandidates,
  rowsSentence,
  splitSentence,
  verdictWords,
} from './training-words.js';

/**
 * A training run for the terminal: the verdict first, then figures, candidates, leaks and doubts.
 *
 * @example
 * console.log(trainingSummary(card, { width: 80 }));
 */
export function trainingSummary(card: Card, { width = 100, colour = false }: ConsoleOptions = {}): string {
  const ink = makeInk(colour);
  const { company } = card;
  const { heading, sentence } = verdictWords(card.verdict);
  const signal = card.verdict.kind === 'signal';
  const verdict = (signal ? ink.good : ink.warn)(printable(heading).toUpperCase());
  return joinBlocks([
    `${verdict}\n${wrapText(sentence, width)}`,
    signal ? headlineBlock(card, width) : null,
    ...(company !== null && signal ? tellingSummary(company, ink, width) : []),
    ...(company === null ? [] : auditSummary(company, ink, width)),
    listBlock('Red flags', redFlagLines(card), ink, width),
    candidatesBlock(card, ink, width),
    listBlock(
      'Beyond the simple models?',
      card.differences.map((one) => differenceSentence(one, candidateLabel(card, one.against))),
      ink,
      width,
    ),
    leaksBlock(
      card.leaks.map((leak) => ({ ...leak, done: leakAction(leak) })),
      ink,
      width,
    ),
    listBlock('Doubts', card.notes.map(noteSentence), ink, width),
    ink.dim(
      wrapText(`${card.data.file}: ${rowsSentence(card)} ${splitSentence(card)} Seed ${card.seed}.`, width),
    ),
  ]);
}

/**
 * What `check` found, for the terminal: what to look at first, then outcome, columns, leaks and remarks.
 *
 * @example
 * const input = { ...(await readTable('customers.csv')), file: 'customers.csv' };
 * console.log(profileSummary(checkTable(input, { target: 'churned' })));
 */
export function profileSummary(
  checked: CheckedTable,
  { width = 100, colour = false }: ConsoleOptions = {},
): string {
  const { file = 'table', profile, leaks = [] } = checked;
  const ink = makeInk(colour);
  const { rows, columns, target, duplicates } = profile;
  const size = `${file}: ${countText(rows)} rows, ${countText(columns.length)} columns, ${countText(duplicates.rows)} exact repeats.`;
  return joinBlocks([
    (leaks.length > 0 ? ink.warn : ink.bold)(wrapText(checkVerdict(checked), width)),
    [size, readSentence(checked), target ? outcomeSentence(target) : null]
      .filter((line) => line !== null)
      .map((line) => wrapText(line, width))
      .join('\n'),
    columnsBlock(profile.columns, ink, width),
    leaksBlock(
      leaks.map((leak) => ({ ...leak, done: 'suspected' })),
      ink,
      width,
    ),
    listBlock('Remarks', profile.notes.map(noteSentence), ink, width),
  ]);
}

function headlineBlock(card: Card, width: number): string {
  const lines = headlines(card.evaluation, countedIn(card));
  const most = Math.max(...lines.map(({ figure }) => figure.length));
  const indent = ' '.repeat(most + 4);
  return lines
    .map(({ figure, words }) => `  ${figure.padStart(most)}  ${wrapText(words, width, indent)}`)
    .join('\n');
}

function candidatesBlock(card: Card, ink: Ink, width: number): string {
  const rows = rankedCandidates(card).map(({ name, label, heldBack }) => [
    `${name === card.chosen ? '›' : ' '} ${label}`,
    decimalEstimate(heldBack.logLoss, 4),
    decimalEstimate(heldBack.auc),
    ...(width >= 94 ? [decimalEstimate(heldBack.brier, 4)] : []),
  ]);
  const [header, ...lines] = alignRows([
    ['  Candidate', 'Log loss', 'AUC', ...(width >= 94 ? ['Brier'] : [])],
    ...rows,
  ]);
  const title = `Candidates on ${countText(card.evaluation.rows)} held-back ${countedIn(card)}, 95 % intervals in brackets`;
  return [ink.bold(wrapText(title, width)), ink.dim(header!), ...lines].join('\n');
}

function columnsBlock(columns: CheckedTable['profile']['columns'], ink: Ink, width: number): string {
  const shown = columns.slice(0, MOST_LINES);
  const [header, ...lines] = alignRows(
    [
      ['Column', 'Type', 'Missing', 'Distinct', 'Content'],
      ...shown.map((column) => [
        shorten(column.name, 28),
        columnType(column),
        column.missing === 0 ? '' : percentText(column.missingShare),
        countText(column.distinct),
        columnContent(column),
      ]),
    ],
    [0, 1, 4],
  );
  const rest = columns.length - shown.length;
  return [
    ink.bold(header!),
    ...lines.map((line) => shorten(line, width)),
    ...(rest > 0 ? [`and ${countText(rest)} more columns`] : []),
  ].join('\n');
}

type ShownLeak = Pick<Card['leaks'][number], 'column' | 'signs' | 'auc' | 'message'> & { done: string };

function leaksBlock(leaks: readonly ShownLeak[], ink: Ink, width: number): string | null {
  const lines = leaks.map(
    (leak) =>
      `${leak.column} (${leak.done}; AUC alone ${decimalText(leak.auc)}): it ${leakSigns(leak)}. ${leak.message}`,
  );
  return listBlock('The answer in disguise?', lines, ink, width);
}
