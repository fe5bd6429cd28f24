import { countText, decimalText, percentText } from '../charts/figure-text.js';
import { reachText } from '../charts/flag-returns.js';
import type { FlagFigures } from '../flags/figures.js';
import type { Fact, Ledger } from '../flags/ledger.js';
import { joinBlocks, listBlock, MOST_LINES } from './console-blocks.js';
import { alignRows, type ConsoleOptions, displayWidth, type Ink, makeInk, wrapText } from './console-text.js';
import {
  bestFlagSentence,
  correctionText,
  countOf,
  factsOf,
  flagsFinding,
  flagsHeading,
  flagsRemarks,
  partRowsText,
  pText,
  rateText,
  retestText,
  reversalSentence,
  searchSentence,
} from './flag-words.js';
import { shorten } from './profile-words.js';

/** Triggers that the terminal lists; the ledger holds them all. */
const MOST_TRIGGERS = 5;
const LONGEST_TRIGGER = 40;

/**
 * A ledger of red flags for the terminal: what was confirmed first, then figures, reversals, triggers, the search.
 *
 * @example
 * console.log(flagsSummary(ledger, { width: 80 }));
 */
export function flagsSummary(ledger: Ledger, { width = 100, colour = false }: ConsoleOptions = {}): string {
  const ink = makeInk(colour);
  const confirmed = factsOf(ledger, 'confirmed');
  return joinBlocks([
    verdictBlock(ledger, ink, width),
    factsBlock(confirmed, ledger, ink, width),
    listBlock('Where a flag turns around', confirmed.flatMap(reversals), ink, width),
    triggersBlock(ledger, ink, width),
    returnsSentence(ledger, width),
    ink.dim(wrapText(searchText(ledger), width)),
  ]);
}

function verdictBlock(ledger: Ledger, ink: Ink, width: number): string {
  const held = factsOf(ledger, 'confirmed').length > 0;
  const finding = flagsFinding(ledger);
  const sentences = [
    finding.charAt(0).toUpperCase() + finding.slice(1),
    bestFlagSentence(ledger) ?? '',
    ...flagsRemarks(ledger),
  ];
  return `${(held ? ink.good : ink.warn)(flagsHeading(ledger).toUpperCase())}\n${wrapText(sentences.filter((sentence) => sentence !== '').join(' '), width)}`;
}

/** A line of figures for each fact, and under it what it says. */
function factsBlock(facts: readonly Fact[], { capacity }: Ledger, ink: Ink, width: number): string | null {
  if (facts.length === 0) return null;
  const shown = facts.slice(0, MOST_LINES);
  const rows = shown.map(({ confirmation, discovery, expiresOn }, index) => [
    `${index + 1}.`,
    ...figureCells(confirmation),
    pText(discovery.correctedP),
    pText(confirmation.correctedP),
    expiresOn ?? '–',
  ]);
  const all = [['', 'Left', 'Rate', 'Base', 'Lift', 'p found', 'p confirmed', 'Valid until'], ...rows];
  const [header, ...lines] = fittingRows(all, width);
  const indent = ' '.repeat(displayWidth(rows.at(-1)![0]!) + 2);
  const title = `Confirmed flags, most worth contacting first when ${countOf(capacity, 'account')} can be contacted`;
  return [
    ink.bold(wrapText(title, width)),
    ink.dim(header!),
    ...lines.flatMap((line, i) => [
      line,
      ...factLines(shown[i]!).map((text) => indent + wrapText(text, width, indent)),
    ]),
    ...(facts.length > shown.length ? [`and ${countOf(facts.length - shown.length, 'more flag')}`] : []),
  ].join('\n');
}

/** What a fact says, and its last retest. */
function factLines({ expression, retests }: Fact): string[] {
  return [expression, ...retests.slice(-1).map(retestText)];
}

/** As many columns as fit, the last ones left out first. */
function fittingRows(rows: readonly (readonly string[])[], width: number): string[] {
  const lines = alignRows(rows);
  const isLast = rows[0]!.length <= 3;
  return isLast || lines.every((line) => displayWidth(line) <= width)
    ? lines
    : fittingRows(
        rows.map((row) => row.slice(0, -1)),
        width,
      );
}

function figureCells(figures: FlagFigures): string[] {
  return [
    `${countText(figures.churned)} of ${countText(figures.accounts)}`,
    rateText(figures),
    percentText(figures.baseRate),
    decimalText(figures.lift, 2),
  ];
}

function reversals({ expression, groups }: Fact): string[] {
  return groups
    .filter(({ verdict }) => verdict === 'reversed')
    .map((group) => `${expression}: ${reversalSentence(group)}`);
}

function triggersBlock({ triggers }: Ledger, ink: Ink, width: number): string | null {
  if (triggers.length === 0) return null;
  const shown = triggers.slice(0, MOST_TRIGGERS);
  const longest = Math.max(12, Math.min(LONGEST_TRIGGER, width - 36));
  const [header, ...lines] = fittingRows(
    [
      ['  Condition', 'Left', 'Rate', 'Base', 'Lift', 'Corrected p'],
      ...shown.map(({ expression, figures, correctedP }) => [
        `  ${shorten(expression, longest)}`,
        ...figureCells(figures),
        pText(correctedP),
      ]),
    ],
    width,
  );
  const title = `Single conditions, the riskiest of ${countText(triggers.length)}`;
  return [ink.bold(wrapText(title, width)), ink.dim(header!), ...lines].join('\n');
}

function returnsSentence({ triggerReturns, flagReturns }: Ledger, width: number): string | null {
  const curves = [
    { name: 'triggers', steps: triggerReturns },
    { name: 'flags', steps: flagReturns },
  ].filter(({ steps }) => steps.length > 0);
  if (curves.length === 0) return null;
  return wrapText(`Crossed off one after the other, ${curves.map(reachText).join('; ')}.`, width);
}

function searchText(ledger: Ledger): string {
  const { data, discovery, confirmation, handled, seed } = ledger;
  const aside =
    handled.length === 0
      ? ''
      : ` ${countOf(handled.length, 'flag')} handled already ${handled.length === 1 ? 'is' : 'are'} set aside.`;
  return (
    `${data.file}: searched ${partRowsText(discovery)}; confirmed on ${partRowsText(confirmation)}.${aside} ` +
    `${searchSentence(ledger)} ${correctionText(ledger)}. Seed ${seed}.`
  );
}
