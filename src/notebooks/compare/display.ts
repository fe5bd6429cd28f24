import { PROVENANCE_TYPE } from '../../displays/mime-bundle.js';
import { type OutputDifference, shortly } from './difference.js';
import { compareDocuments, compareSpecs, titleOf } from './json.js';
import { compareProvenance } from './provenance.js';
import { readMarkup } from './shown-table.js';
import { attributeOf, compareSvg } from './svg.js';
import { compareTables } from './tables.js';
import { compareText } from './text.js';

/** By MIME type, as a notebook holds it. */
export type Bundle = Readonly<Record<string, unknown>>;
export type DisplayKind = 'provenance' | 'chart' | 'data' | 'table' | 'picture' | 'text';

export const isSpecType = (type: string): boolean =>
  /^application\/vnd\.vega(?:lite)?\.v\d+(?:\.\d+)*\+json$/.test(type);
const isJsonType = (type: string): boolean => /^application\/(?:.+\+)?json$/.test(type);

/** What a display is for people: its richest form says. */
export function kindOf(bundle: Bundle): DisplayKind {
  const types = Object.keys(bundle);
  if (types.includes(PROVENANCE_TYPE)) return 'provenance';
  if (types.some(isSpecType)) return 'chart';
  if (types.includes('text/html')) return 'table';
  if (types.some((type) => type.startsWith('image/'))) return 'picture';
  return types.some(isJsonType) ? 'data' : 'text';
}

/** What a display is called, '' when it says nothing of the kind. */
export function nameOf(bundle: Bundle): string {
  const spec = Object.entries(bundle).find(([type]) => isSpecType(type));
  if (spec) return titleOf(spec[1]);
  if (typeof bundle['text/html'] === 'string')
    return readMarkup(bundle['text/html']).tables[0]?.caption ?? '';
  const svg = bundle['image/svg+xml'];
  return typeof svg === 'string' ? (attributeOf(svg, 'aria-label')?.split(/[.?!]/)[0] ?? '') : '';
}

/**
 * Compares two displays form by form. Text beside a richer form is not compared, a picture beside a specification
 * only when the specifications agree, and beside provenance nothing else at all.
 */
export function compareDisplay(before: Bundle, after: Bundle, tolerance: number): OutputDifference[] {
  if (kindOf(before) === 'provenance' && kindOf(after) === 'provenance') {
    return compareProvenance(before[PROVENANCE_TYPE], after[PROVENANCE_TYPE], tolerance);
  }
  const types = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const richer = types.filter((type) => type !== 'text/plain' && type in before && type in after);
  const compared = richer.length > 0 ? types.filter((type) => type !== 'text/plain') : types;
  const specs = compared.filter(isSpecType).flatMap((type) => compareForm(type, before, after, tolerance));
  const others = compared
    .filter((type) => !isSpecType(type) && !(specs.length > 0 && type.startsWith('image/')))
    .flatMap((type) => compareForm(type, before, after, tolerance));
  return [...specs, ...others];
}

function compareForm(type: string, before: Bundle, after: Bundle, tolerance: number): OutputDifference[] {
  const [was, is] = [before[type], after[type]];
  if (was === undefined || is === undefined) {
    const name = nameOf(after) || nameOf(before);
    const display = name === '' ? 'a display' : `“${shortly(name, 60)}”`;
    return [
      { kind: 'display', message: `${display} ${is === undefined ? 'has lost' : 'has gained'} its ${type}` },
    ];
  }
  if (isSpecType(type)) return compareSpecs(was, is, tolerance);
  if (typeof was !== 'string' || typeof is !== 'string') return compareDocuments(was, is, tolerance);
  if (type === 'text/html') return compareHtml(was, is, tolerance);
  if (type === 'image/svg+xml') return compareSvg(was, is, tolerance);
  if (!type.startsWith('image/')) return compareText(was, is, tolerance);
  return was.replace(/\s/g, '') === is.replace(/\s/g, '')
    ? []
    : [{ kind: 'picture', message: 'picture differs' }];
}

function compareHtml(before: string, after: string, tolerance: number): OutputDifference[] {
  const [ours, theirs] = [readMarkup(before), readMarkup(after)];
  return [
    ...compareTables(ours.tables, theirs.tables, tolerance),
    ...compareText(ours.text, theirs.text, tolerance),
  ];
}
