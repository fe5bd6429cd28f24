import { markupPieces } from '../page/markup.js';

/** A table as people read it; a row is named by its first cell. */
export interface ShownTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is said below it, such as how many rows are shown. */
  readonly foot: string;
}

/** Where the text of an element gathers. */
interface Gathered {
  text: string;
  /** All of a text that is cut where it is shown. */
  whole?: string;
}
interface TableDraft {
  readonly caption: Gathered;
  readonly foot: Gathered;
  inFoot: boolean;
  readonly rows: { readonly cells: Gathered[]; isHead: boolean }[];
}

/** The tables of an HTML text, and the text around them. */
export function readMarkup(markup: string): { tables: ShownTable[]; text: string } {
  const outside: Gathered = { text: '' };
  const drafts: TableDraft[] = [];
  let gathering: Gathered | null = outside;
  for (const piece of markupPieces(markup)) {
    if (piece.kind === 'text') {
      if (gathering) gathering.text += piece.text;
    } else if (piece.kind === 'open') {
      gathering = opened(piece.tag, drafts, gathering);
      if (gathering && piece.attributes['title']) gathering.whole = piece.attributes['title'];
    } else if (piece.tag === 'table') gathering = outside;
    else if (/^(?:td|th|caption)$/.test(piece.tag)) gathering = null;
  }
  return { tables: drafts.map(finishTable), text: outside.text };
}

/** Takes note of an element that begins; returns where its text goes. */
function opened(tag: string, drafts: TableDraft[], gathering: Gathered | null): Gathered | null {
  if (tag === 'table') {
    drafts.push({ caption: { text: '' }, foot: { text: '' }, inFoot: false, rows: [] });
    return null;
  }
  const table = drafts.at(-1);
  if (tag === 'caption') return table?.caption ?? gathering;
  if (table && tag === 'tfoot') table.inFoot = true;
  if (table?.inFoot && gathering !== null) return gathering;
  if (table?.inFoot) return /^(?:td|th)$/.test(tag) ? table.foot : null;
  if (tag === 'tr') table?.rows.push({ cells: [], isHead: true });
  const row = table?.rows.at(-1);
  if (row && /^(?:td|th)$/.test(tag)) {
    row.cells.push({ text: '' });
    if (tag === 'td') row.isHead = false;
    return row.cells.at(-1)!;
  }
  if (gathering && /^(?:p|div|h\d|li|br)$/.test(tag)) gathering.text += '\n';
  return gathering;
}

/** The first row, when all its cells are heads, names the columns. */
function finishTable({ caption, foot, rows }: TableDraft): ShownTable {
  const texts = rows.map(({ cells }) =>
    cells.map(({ text, whole }) => tidyText(text.endsWith('…') ? (whole ?? text) : text)),
  );
  const hasHead = rows[0]?.isHead ?? false;
  return {
    caption: tidyText(caption.text),
    columns: hasHead ? texts[0]! : [],
    rows: hasHead ? texts.slice(1) : texts,
    foot: tidyText(foot.text),
  };
}

const tidyText = (text: string): string => text.replace(/\s+/g, ' ').trim();

const BOX_TABLE = /^┌[─┬]+┐\n(?:│.*│\n)├[─┼]+┤\n(?:│.*│\n)*└[─┴]+┘$/gm;

/** The tables that `console.table` draws, and the text with a line `⟨table⟩` in the place of each. */
export function readBoxTables(text: string): { tables: ShownTable[]; text: string } {
  const tables: ShownTable[] = [];
  const rest = text.replace(BOX_TABLE, (box) => {
    const [columns, ...rows] = box
      .split('\n')
      .filter((line) => line.startsWith('│'))
      .map((line) => line.slice(1, -1).split('│').map(tidyText));
    tables.push({ caption: '', columns: columns!, rows, foot: '' });
    return '⟨table⟩';
  });
  return { tables, text: rest };
}
