import type { Fact } from '../flags/ledger.js';
import { countText } from './figure-text.js';
import { COLOURS, type Layers } from './theme.js';

const LINE_HEIGHT = 17;
const ABOVE_WORDS = 6;
const MARKS_HEIGHT = 34;
/** Letters to a line of an expression: as many as fit on a phone. */
const MOST_LETTERS = 46;
const MOST_LINES = 4;
/** A space before an "and" that stands outside quotes. */
const BETWEEN_CONDITIONS = / (?=and (?:[^"]*"[^"]*")*[^"]*$)/;

/** Where one flag stands in a chart, in pixels from the top: the lines of its expression, and below them its marks. */
export interface FlagRow {
  readonly expression: string;
  readonly lines: readonly { readonly text: string; readonly at: number }[];
  /** Where its marks begin, their middle, and where they end. */
  readonly top: number;
  readonly at: number;
  readonly bottom: number;
}

/** Flags under each other, each as high as its expression needs; the confirmed ones, which come first, are numbered. */
export function flagRows(facts: readonly Pick<Fact, 'expression' | 'status'>[]): FlagRow[] {
  let above = 0;
  return facts.map(({ expression, status }, index) => {
    const texts = expressionLines(status === 'confirmed' ? `${index + 1}. ${expression}` : expression);
    const begins = above + ABOVE_WORDS;
    const lines = texts.map((text, line) => ({ text, at: begins + (line + 0.5) * LINE_HEIGHT }));
    const top = begins + texts.length * LINE_HEIGHT;
    above = top + MARKS_HEIGHT;
    return { expression, lines, top, at: top + MARKS_HEIGHT / 2, bottom: above };
  });
}

/** What a subtitle adds where not every flag has a place: " The first 12 of 40." */
export function firstOf(shown: readonly unknown[], all: readonly unknown[]): string {
  return shown.length < all.length ? ` The first ${shown.length} of ${countText(all.length)}.` : '';
}

/** Height of all rows, in pixels. */
export function rowsHeight(rows: readonly FlagRow[]): number {
  return rows.at(-1)?.bottom ?? MARKS_HEIGHT;
}

/** The y channel of a chart of such rows: one unit is one pixel. */
export function rowsScale(height: number) {
  return {
    type: 'quantitative' as const,
    scale: { domain: [0, height], reverse: true, nice: false, zero: false },
    axis: null,
  };
}

/** The expressions in words, cut to the width of the chart, whole in the tooltip. */
export function wordsLayer(rows: readonly FlagRow[], height: number): Layers {
  const values = rows.flatMap(({ lines, expression }) => lines.map((line) => ({ ...line, expression })));
  return [
    {
      data: { values },
      mark: { type: 'text', align: 'left', limit: { expr: 'width' } },
      encoding: {
        x: { value: 0 },
        y: { ...rowsScale(height), field: 'at' },
        text: { field: 'text' },
        tooltip: [{ field: 'expression', type: 'nominal', title: 'Flag' }],
      },
    },
  ];
}

/** A sentence in place of marks that there are none of. */
export function sentenceLayer(text: string): Layers {
  return [
    {
      data: { values: [{ text }] },
      mark: { type: 'text', color: COLOURS.muted, fontStyle: 'italic' },
      encoding: { text: { field: 'text' } },
    },
  ];
}

/** An expression in lines that are broken between its conditions; what is beyond the last line is left out. */
export function expressionLines(expression: string): string[] {
  const lines: string[] = [];
  for (const part of expression.split(BETWEEN_CONDITIONS)) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)} ${part}`;
    if (lines.length > 0 && [...longer].length <= MOST_LETTERS) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]} …`];
}
