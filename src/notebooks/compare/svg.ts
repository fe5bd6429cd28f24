import { markupPieces } from '../page/markup.js';
import { firstOf, type OutputDifference } from './difference.js';
import { compareText } from './text.js';
import { sameText } from './tokens.js';

/**
 * Compares two pictures by what they say: the label for readers who do not see, then the words and numbers in them.
 * Only when these are the same is the drawing compared, number by number.
 */
export function compareSvg(before: string, after: string, tolerance: number): OutputDifference[] {
  const [ours, theirs] = [before, after].map(ownIdsMasked) as [string, string];
  if (sameText(ours, theirs, tolerance)) return [];
  const [label, now] = [labelOf(ours), labelOf(theirs)];
  const said = compareText(label, now, tolerance);
  const words = said.length > 0 ? said : compareText(wordsOf(ours), wordsOf(theirs), tolerance);
  if (words.length === 0) return [{ kind: 'picture', message: 'picture drawn differently' }];
  return firstOf(words, 'picture').map(({ message }) => ({
    kind: 'picture',
    message: `picture: ${message}`,
  }));
}

/** Parts of churnlab's charts are named by a hash of the drawing. */
const ownIdsMasked = (svg: string): string => svg.replace(/\bchart-[0-9a-f]{8}-(\d+)/g, 'chart-part-$1');

/** Semicolons and full stops end a line, so that a number is named by its own clause. */
const labelOf = (svg: string): string => (attributeOf(svg, 'aria-label') ?? '').replace(/[;.]\s+/g, '\n');

/** What the outermost element is called. */
export function attributeOf(svg: string, name: string): string | undefined {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0].replace(/^<svg/, '<div');
  const [piece] = root === undefined ? [] : markupPieces(root);
  return piece?.kind === 'open' ? piece.attributes[name] : undefined;
}

function wordsOf(svg: string): string {
  const texts = [...svg.matchAll(/<(?:text|tspan|title)\b[^>]*>([^<]+)/g)];
  return texts
    .flatMap(([, text]) => markupPieces(text!))
    .map((piece) => (piece.kind === 'text' ? piece.text : ''))
    .join('\n');
}
