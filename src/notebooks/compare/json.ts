import { type OutputDifference, shortly } from './difference.js';
import { sameNumber, sameText } from './tokens.js';

/** A place in two JSON values where they differ. */
export interface JsonDifference {
  readonly path: readonly (string | number)[];
  /** `undefined` where the value has nothing there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Every place where two JSON values differ: numbers beyond the tolerance, texts as text, lists in order. */
export function compareJson(
  before: unknown,
  after: unknown,
  tolerance: number,
  path: readonly (string | number)[] = [],
): JsonDifference[] {
  if (typeof before === 'number' && typeof after === 'number' && sameNumber(before, after, tolerance))
    return [];
  if (typeof before === 'string' && typeof after === 'string' && sameText(before, after, tolerance))
    return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [{ path, before, after }];
    return before.flatMap((part, i) => compareJson(part, after[i], tolerance, [...path, i]));
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => compareJson(before[key], after[key], tolerance, [...path, key]));
  }
  return before === after ? [] : [{ path, before, after }];
}

/** Compares two Vega-Lite specifications; what differs in their data is counted and told by one example. */
export function compareSpecs(before: unknown, after: unknown, tolerance: number): OutputDifference[] {
  const differences = compareJson(before, after, tolerance);
  const name = titleOf(after) || titleOf(before);
  const chart = name === '' ? 'chart' : `chart “${shortly(name, 60)}”`;
  const data = differences.filter(({ path }) => isDataPath(path));
  const more = differences.filter(({ path }) => !isDataPath(path));
  // A description says in words what the data say, and is told only by itself.
  const other = differences.length > 1 ? more.filter(({ path }) => path[0] !== 'description') : more;
  return [...dataMessages(data, before), ...otherMessages(other)].map((message) => ({
    kind: 'chart',
    message: `${chart}: ${message}`,
  }));
}

/** JSON of any other kind. */
export function compareDocuments(before: unknown, after: unknown, tolerance: number): OutputDifference[] {
  const differences = compareJson(before, after, tolerance);
  return otherMessages(differences).map((message) => ({ kind: 'data', message }));
}

/** What a chart is called by its specification. */
export function titleOf(spec: unknown): string {
  if (!isRecord(spec)) return '';
  const { title, description } = spec;
  const text = isRecord(title) ? title['text'] : title;
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.join(' ');
  return typeof description === 'string' ? description : '';
}

/** `data.values.3.auc`, `layer.0.data.values.3.auc`, `datasets.main.3.auc`. */
function isDataPath(path: readonly (string | number)[]): boolean {
  return path.some(
    (part, i) => (part === 'data' && path[i + 1] === 'values') || (part === 'datasets' && i === 0),
  );
}

function dataMessages(differences: readonly JsonDifference[], spec: unknown): string[] {
  const lists = differences.filter(({ before, after }) => Array.isArray(before) && Array.isArray(after));
  const values = differences.filter((difference) => !lists.includes(difference));
  const counts = lists.map(
    ({ before, after }) => `rows of data ${(before as unknown[]).length} → ${(after as unknown[]).length}`,
  );
  const first =
    values.find(({ before, after }) => typeof before === 'number' && typeof after === 'number') ?? values[0];
  if (first === undefined) return counts;
  const total = countDataValues(spec);
  const share = `${values.length} of ${total} values ${values.length === 1 ? 'differs' : 'differ'}`;
  return [...counts, `${share}, e.g. ${rowName(first, spec)}${change(first)}`];
}

function otherMessages(differences: readonly JsonDifference[]): string[] {
  const [first, second] = differences;
  if (first === undefined) return [];
  const place = first.path.length === 0 ? '' : `${pathWords(first.path)} `;
  const rest =
    second === undefined
      ? ''
      : `, and ${differences.length - 1} more ${differences.length === 2 ? 'place' : 'places'}`;
  return [`${place}${change(first)}${rest}`];
}

const change = ({ before, after }: JsonDifference): string => `${valueText(before)} → ${valueText(after)}`;

/** `candidates, second, auc`: places of lists counted from one. */
const pathWords = (path: readonly (string | number)[]): string =>
  path.map((part) => (typeof part === 'number' ? `#${part + 1}` : part)).join(' ');

/** The name of the row that a value of a chart's data stands in, and its field. */
function rowName({ path }: JsonDifference, spec: unknown): string {
  const field = String(path.at(-1));
  const row = path
    .slice(0, -1)
    .reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], spec);
  const name = isRecord(row)
    ? Object.entries(row).find(([key, value]) => key !== field && typeof value === 'string')?.[1]
    : undefined;
  return `${name === undefined ? '' : `${shortly(String(name), 40)}, `}${field} `;
}

/** Numbers as short as tells them apart from nothing: six digits. */
function valueText(value: unknown): string {
  if (value === undefined) return '(nothing)';
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  if (typeof value === 'string') return `“${shortly(value, 60)}”`;
  if (Array.isArray(value)) return `${value.length} entries`;
  return shortly(JSON.stringify(value), 60);
}

function countDataValues(value: unknown, path: readonly (string | number)[] = []): number {
  if (typeof value !== 'object' || value === null) return isDataPath(path) ? 1 : 0;
  return Object.entries(value).reduce((sum, [key, part]) => sum + countDataValues(part, [...path, key]), 0);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
