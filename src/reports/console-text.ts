/** How text is set in a terminal. */
export interface ConsoleOptions {
  /** Columns of the terminal. */
  readonly width?: number;
  readonly colour?: boolean;
}

/** Marks text for a terminal; without colour every mark leaves it as it is. */
export interface Ink {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
}

/** The marks of a terminal with colour, or none. */
export function makeInk(colour: boolean): Ink {
  const mark = (codes: string) => (text: string) => (colour ? `\u001b[${codes}m${text}\u001b[0m` : text);
  return { bold: mark('1'), dim: mark('2'), good: mark('1;34'), warn: mark('1;33') };
}

/**
 * Text from data that cannot steer the terminal: control characters and marks that reverse the direction of text
 * become `�`, line breaks spaces.
 */
export function printable(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes in a terminal: two for emoji and for the scripts of East Asia. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** Breaks at spaces into lines of at most `width` columns, later ones indented. */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join(`\n${indent}`);
}

/** Rows in columns that line up; the first column flush left, the others flush right unless `left` names them. */
export function alignRows(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string[] {
  const cells = rows.map((row) => row.map(printable));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(widths[column]! - displayWidth(cell));
        return left.includes(column) ? cell + gap : gap + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}
