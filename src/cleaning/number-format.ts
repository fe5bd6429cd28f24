import { parseNumber } from './parse-number.js';

/** What a column's texts say about how it writes numbers. */
export interface NumberEvidence {
  /**
   * The decimal sign that the texts prove; `either` when they read as different numbers both ways (`1,234`)
   * and nothing decides; `none` when no text holds a comma or point that matters.
   */
  readonly decimal: 'point' | 'comma' | 'either' | 'none';
  /** Rows whose text is a number, finite or not, with a decimal point and with a decimal comma. */
  readonly readableRows: { readonly point: number; readonly comma: number };
  /** Rows among them whose number is finite. */
  readonly finiteRows: { readonly point: number; readonly comma: number };
  /** A text that reads both ways, for the note. */
  readonly example: string | null;
}

/**
 * Weighs all of a column's distinct texts. Proof is a text that only one format can read (`12,5`, `0.123`,
 * `1.234.567`). Where every text reads both ways, an ungrouped number of four digits or more (`12345`) shows
 * that the column does not group thousands, so its comma or point is a decimal sign.
 *
 * @param counts rows of each text, at least one
 */
export function weighNumberFormat(texts: readonly string[], counts: ArrayLike<number>): NumberEvidence {
  const readable = { point: 0, comma: 0 };
  const finite = { point: 0, comma: 0 };
  const proof = { point: 0, comma: 0 };
  let ungrouped = false;
  let example = null as string | null;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    const rows = counts[i]!;
    const point = parseNumber(text);
    const comma = /[.,]/.test(text) ? parseNumber(text, { decimalComma: true }) : point;
    if (!Number.isNaN(point)) readable.point += rows;
    if (!Number.isNaN(comma)) readable.comma += rows;
    if (Number.isFinite(point)) finite.point += rows;
    if (Number.isFinite(comma)) finite.comma += rows;
    if (!Number.isNaN(point) && Number.isNaN(comma)) proof.point += rows;
    else if (!Number.isNaN(comma) && Number.isNaN(point)) proof.comma += rows;
    else if (point === comma) ungrouped ||= /\d{4}/.test(text);
    else if (!Number.isNaN(point) && !(example !== null && example <= text)) example = text;
  }
  return { decimal: decide(proof, example, ungrouped), readableRows: readable, finiteRows: finite, example };
}

function decide(
  proof: { point: number; comma: number },
  example: string | null,
  ungrouped: boolean,
): NumberEvidence['decimal'] {
  if (proof.comma > proof.point) return 'comma';
  if (proof.point > 0) return 'point';
  if (example === null) return 'none';
  if (!ungrouped) return 'either';
  return example.includes(',') ? 'comma' : 'point';
}

/**
 * Whether all texts are digits of one length, two or more, some with a leading zero (`02134`, `007`): codes
 * whose zeros mean something, so not quantities.
 */
export function arePaddedCodes(texts: readonly string[]): boolean {
  const length = texts[0]?.trim().length ?? 0;
  let padded = false;
  for (const text of texts) {
    const digits = text.trim();
    if (digits.length !== length || length < 2 || !/^\d+$/.test(digits)) return false;
    padded ||= digits.startsWith('0');
  }
  return padded;
}
