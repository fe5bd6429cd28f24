import { firstOf, type OutputDifference, shortChange, shortly, someNames } from './difference.js';
import type { ShownTable } from './shown-table.js';
import { sameText, tokensOf } from './tokens.js';

/** Compares tables that face each other: by caption, and in order where captions do not say. */
export function compareTables(
  before: readonly ShownTable[],
  after: readonly ShownTable[],
  tolerance: number,
): OutputDifference[] {
  const left = [...after];
  const lost: ShownTable[] = [];
  const pairs: [ShownTable, ShownTable][] = [];
  for (const table of before) {
    const found = left.findIndex(({ caption }) => sameCaption(caption, table.caption));
    if (found < 0) lost.push(table);
    else pairs.push([table, left.splice(found, 1)[0]!]);
  }
  while (lost.length > 0 && left.length > 0) pairs.push([lost.shift()!, left.shift()!]);
  return [
    ...pairs.flatMap(([one, other]) => compareTable(one, other, tolerance)),
    ...lost.map(({ caption }) => tableMissing(caption, 'lost')),
    ...left.map(({ caption }) => tableMissing(caption, 'is new')),
  ];
}

const tableMissing = (caption: string, fate: string): OutputDifference => ({
  kind: 'display',
  message: caption === '' ? `a table ${fate}` : `table “${shortly(caption)}” ${fate}`,
});

/** Captions often count what is below them. */
const sameCaption = (a: string, b: string): boolean => wordsOf(a) === wordsOf(b);
const wordsOf = (text: string): string =>
  tokensOf(text)
    .map(({ text: piece, value }) => (value === null ? piece : '#'))
    .join(' ');

function compareTable(before: ShownTable, after: ShownTable, tolerance: number): OutputDifference[] {
  const name = shortly(after.caption || before.caption, 60);
  const at = name === '' ? '' : `${name}: `;
  const say = (kind: OutputDifference['kind'], message: string): OutputDifference => ({
    kind,
    message: at + message,
  });
  const caption = sameText(before.caption, after.caption, tolerance)
    ? []
    : [{ kind: 'text' as const, message: `caption ${shortChange(before.caption, after.caption, 90)}` }];
  const lostColumns = before.columns.filter((column) => !after.columns.includes(column));
  const newColumns = after.columns.filter((column) => !before.columns.includes(column));
  const columns = [
    ...lostColumns.map((column) => say('column', `column “${shortly(column)}” lost`)),
    ...newColumns.map((column) => say('column', `column “${shortly(column)}” is new`)),
  ];
  const { pairs, lost, entered } = matchRows(before, after, tolerance);
  const noun = nounOf(after.columns[0] ?? '');
  const rows = rowsMessage(noun, entered, lost).map((message) => say('row', message));
  const cells = pairs.flatMap(([one, other]) =>
    differentCells(before, after, one, other, tolerance).map((message) => say('number', message)),
  );
  const order = pairs.some(([, other], i) => i > 0 && other < pairs[i - 1]![1])
    ? [say('row', 'rows in another order')]
    : [];
  const foot = sameText(before.foot, after.foot, tolerance)
    ? []
    : [say('text', shortChange(before.foot, after.foot, 90))];
  return [...caption, ...columns, ...firstOf([...rows, ...cells], name || 'table'), ...order, ...foot];
}

/**
 * Rows by the text of the first cell, the second of a name with the second. First cells that are the same within the
 * tolerance, or figures that all changed, name nothing: then rows face each other in order.
 */
function matchRows(before: ShownTable, after: ShownTable, tolerance: number) {
  const keys = ({ rows }: ShownTable): string[] => {
    const seen = new Map<string, number>();
    return rows.map(([first = '']) => {
      const count = (seen.get(first) ?? 0) + 1;
      seen.set(first, count);
      return count === 1 ? first : `${first} (${count})`;
    });
  };
  const [ours, theirs] = [keys(before), keys(after)];
  const known = new Set(ours);
  const isReplaced = !theirs.some((key) => known.has(key)) && [...ours, ...theirs].every(isFigure);
  const sameInOrder =
    ours.length === theirs.length &&
    (isReplaced || ours.every((key, i) => sameText(key, theirs[i]!, tolerance)));
  const places = new Map(theirs.map((key, i) => [key, i]));
  const pairs: [number, number][] = [];
  const lost: string[] = [];
  for (const [i, key] of ours.entries()) {
    const place = sameInOrder ? i : places.get(key);
    if (place === undefined) lost.push(key);
    else pairs.push([i, place]);
    places.delete(sameInOrder ? theirs[i]! : key);
  }
  return { pairs, lost, entered: [...places.keys()] };
}

function differentCells(
  before: ShownTable,
  after: ShownTable,
  row: number,
  other: number,
  tolerance: number,
): string[] {
  const [ours, theirs] = [before.rows[row]!, after.rows[other]!];
  // Without heads, columns face each other in order.
  const pairs =
    before.columns.length === 0 || after.columns.length === 0
      ? ours.map((_, i) => [i, i] as const)
      : before.columns.map(
          (column, i) => [i, after.columns[i] === column ? i : after.columns.indexOf(column)] as const,
        );
  return pairs.flatMap(([i, j]) => {
    if (j < 0) return [];
    const [cell, now] = [ours[i] ?? '', theirs[j] ?? ''];
    if (sameText(cell, now, tolerance)) return [];
    const column = before.columns[i] ?? '';
    const place = [i === 0 ? '' : shortly(ours[0] ?? '', 40), shortly(column, 40)]
      .filter((word) => word !== '')
      .join(', ');
    return [`${place} ${shortChange(cell, now)}`.trimStart()];
  });
}

/** A number, perhaps with an interval, and no name. */
const isFigure = (text: string): boolean => /\d/.test(text) && !/\p{L}/u.test(text);

/** `4 accounts entered (A0012, A0044, A0051, …), 2 left (A0007, A0031)`, or `flag 3 lost`. */
function rowsMessage(noun: string, entered: readonly string[], lost: readonly string[]): string[] {
  if (entered.length + lost.length === 0) return [];
  if (entered.length === 0 && lost.length === 1) return [`${noun} ${shortly(lost[0]!, 60)} lost`];
  if (entered.length === 1 && lost.length === 0) return [`${noun} ${shortly(entered[0]!, 60)} is new`];
  const counted = (names: readonly string[], fate: string, first: boolean): string[] => {
    if (names.length === 0) return [];
    const what = first ? ` ${names.length === 1 ? noun : pluralOf(noun)}` : '';
    return [`${names.length}${what} ${fate} (${someNames(names)})`];
  };
  return [[...counted(entered, 'entered', true), ...counted(lost, 'left', entered.length === 0)].join(', ')];
}

/** What a row is, from the head of the first column. */
function nounOf(head: string): string {
  const word = head
    .replace(/[_-]?\bids?$/i, '')
    .replace(/_id$/i, '')
    .replaceAll('_', ' ')
    .trim();
  if (!/^\p{L}[\p{L} ]*$/u.test(word)) return 'row';
  return word.toLowerCase().replace(/(?<=[^siu])s$/, '');
}

function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|ch)$/.test(noun) ? noun : `${noun}s`;
}
