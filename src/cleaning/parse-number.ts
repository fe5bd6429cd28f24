/** How a column writes its numbers. */
export interface NumberFormat {
  /** `1.234,56` instead of `1,234.56`. */
  readonly decimalComma?: boolean;
}

const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;
/** Sign and currency sign in either order before the digits; currency or percent after them. */
const dressed = /^([+\-−]?)\s*\p{Sc}?\s*([+\-−]?)\s*([^\s\p{Sc}%](?:.*[^\s\p{Sc}%])?)\s*(?:\p{Sc}|%)?$/u;
const infinite = /^(?:inf|infinity|∞)$/i;
/** Groups of three, or of two before the last three as in India; one separator throughout. */
const grouped = {
  point: /^(?:[1-9]\d{0,2}([, '’\u00a0\u202f])(?:\d{2,3}\1)*\d{3}|\d*)(?:\.\d*)?(?:e[+-]?\d+)?$/i,
  comma: /^(?:[1-9]\d{0,2}([. '’\u00a0\u202f])(?:\d{2,3}\1)*\d{3}|\d*)(?:,\d*)?(?:e[+-]?\d+)?$/i,
};
const longestNumber = 100;
/** Cheap test that spares most words and ids the costly shapes above. */
const startsLikeNumber = /^[\d.,+\-−(∞i\p{Sc}]/iu;

/**
 * The number that a text writes: decimals, thousands separators (`,` or `.`, space, apostrophe), a currency
 * sign, percent (`12 %` is 12), parentheses for a negative amount, a leading `+`, exponents.
 *
 * @returns `NaN` when the text is no number; ±`Infinity` when it is one that is not finite (`inf`, `1e999`).
 *
 * @example
 * parseNumber('1.234,56 €', { decimalComma: true }); // 1234.56
 */
export function parseNumber(text: string, { decimalComma = false }: NumberFormat = {}): number {
  const trimmed = text.trim();
  if (trimmed.length > longestNumber) return Number.NaN;
  if (plainNumber.test(trimmed) && !(decimalComma && trimmed.includes('.'))) return Number(trimmed);
  if (!startsLikeNumber.test(trimmed)) return Number.NaN;
  if (!trimmed.startsWith('(') || !trimmed.endsWith(')')) return parseDressed(trimmed, decimalComma, true);
  return -parseDressed(trimmed.slice(1, -1).trim(), decimalComma, false);
}

function parseDressed(text: string, decimalComma: boolean, signAllowed: boolean): number {
  const [, before = '', after = '', digits = ''] = dressed.exec(text) ?? [];
  const sign = before + after;
  if (sign.length > (signAllowed ? 1 : 0)) return Number.NaN;
  const magnitude = infinite.test(digits) ? Number.POSITIVE_INFINITY : parseDigits(digits, decimalComma);
  return sign === '' || sign === '+' ? magnitude : -magnitude;
}

function parseDigits(digits: string, decimalComma: boolean): number {
  if (!/^[\d.,]?\d/.test(digits) || !(decimalComma ? grouped.comma : grouped.point).test(digits)) {
    return Number.NaN;
  }
  const bare = digits.replace(decimalComma ? /[. '’\u00a0\u202f]/g : /[, '’\u00a0\u202f]/g, '');
  return Number(decimalComma ? bare.replace(',', '.') : bare);
}
