import { countText } from '../charts/figure-text.js';
import type { IntakeTable } from '../workspace/intake.js';
import { joinBlocks, listBlock } from './console-blocks.js';
import { alignRows, type ConsoleOptions, type Ink, makeInk, wrapText } from './console-text.js';
import {
  doubtSentence,
  fileName,
  type IntakeInput,
  intakeSentence,
  intakeVerdict,
  observedSentence,
  rejectsTitle,
} from './intake-words.js';

/** Rejects that the console shows; `rejects.csv` holds them all. */
const MOST_REJECTS = 5;

/**
 * What came of loading a workspace, for the terminal: what to look at first, then tables, doubts, rejects, remarks.
 *
 * @example
 * console.log(intakeSummary({ name: company.settings.name, intake }));
 */
export function intakeSummary(
  { name, intake }: IntakeInput,
  { width = 100, colour = false }: ConsoleOptions = {},
): string {
  const ink = makeInk(colour);
  const { tables, doubts, rejects, rejectCount, notes } = intake;
  const isClean = doubts.length === 0 && rejectCount === 0;
  const rejectLines = rejects.slice(0, MOST_REJECTS).map(({ file, rowNumber, column, value, reason }) => {
    const what = [column, value === null ? null : JSON.stringify(value)]
      .filter((part) => part !== null)
      .join(' ');
    return `${fileName(file)}, row ${countText(rowNumber)}: ${what} ${reason}`;
  });
  const more = rejectCount - rejectLines.length;
  return joinBlocks([
    (isClean ? ink.bold : ink.warn)(wrapText(intakeVerdict(intake), width)),
    wrapText(`${name}: ${intakeSentence(intake)} ${observedSentence(intake)}`, width),
    tablesBlock(tables, ink),
    listBlock(
      'In doubt',
      doubts.map((doubt) => {
        const [example] = doubt.examples;
        return `${doubtSentence(doubt)}${example ? `, such as ${example.text} (${fileName(example.file)}, row ${countText(example.rowNumber)})` : ''}`;
      }),
      ink,
      width,
    ),
    listBlock(
      rejectsTitle(intake),
      more > 0 ? [...rejectLines, `${countText(more)} more`] : rejectLines,
      ink,
      width,
    ),
    listBlock(
      'Remarks',
      notes.map(({ message }) => message),
      ink,
      width,
    ),
  ]);
}

function tablesBlock(tables: readonly IntakeTable[], ink: Ink): string {
  const hasSkipped = tables.some(({ skipped }) => skipped > 0);
  const hasDropped = tables.some(({ dropped }) => dropped > 0);
  const figures = (table: IntakeTable) => [
    table.read,
    table.kept,
    table.rejected,
    ...(hasSkipped ? [table.skipped] : []),
    ...(hasDropped ? [table.dropped] : []),
    table.doubted,
  ];
  const [header, ...lines] = alignRows([
    [
      'Table',
      'Read',
      'Kept',
      'Rejected',
      ...(hasSkipped ? ['Left to others'] : []),
      ...(hasDropped ? ['Dropped'] : []),
      'In doubt',
    ],
    ...tables.map((table) => [table.table, ...figures(table).map(countText)]),
  ]);
  return [ink.bold(header!), ...lines].join('\n');
}
