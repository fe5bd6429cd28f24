/** A piece of an HTML text. */
export type MarkupPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly tag: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly tag: string };

const PIECES =
  /<!--[\s\S]*?(?:-->|$)|<![^>]*>|<\/([a-z][\w:-]*)[^>]*>|<([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>|[^<]+|</gi;
const ATTRIBUTES = /([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
/** Elements whose content is no text for people. */
const SILENT =
  /^(?:script|style|template|noscript|iframe|object|textarea|title|xmp|noembed|noframes|svg|math)$/;

/**
 * Cuts HTML into tags and text with entities read. It need not agree with a browser about broken markup: whoever
 * shows it again writes every piece anew. Comments, and elements such as scripts with all they hold, are left out.
 */
export function markupPieces(markup: string): MarkupPiece[] {
  const pieces: MarkupPiece[] = [];
  let silent: string | null = null;
  for (const [piece, closing, opening, attributes] of markup.matchAll(PIECES)) {
    const [close, open] = [closing?.toLowerCase(), opening?.toLowerCase()];
    if (silent !== null) {
      if (close === silent) silent = null;
    } else if (close !== undefined) pieces.push({ kind: 'close', tag: close });
    else if (open !== undefined && SILENT.test(open))
      silent = /^(?:svg|math)$/.test(open) && attributes!.endsWith('/') ? null : open;
    else if (open !== undefined)
      pieces.push({ kind: 'open', tag: open, attributes: readAttributes(attributes!) });
    else if (!piece.startsWith('<!')) pieces.push({ kind: 'text', text: readEntities(piece) });
  }
  return pieces;
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTES)].map(([, name, double, single, bare]) => [
      name!.toLowerCase(),
      readEntities(double ?? single ?? bare ?? ''),
    ]),
  );
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  minus: '−',
  times: '×',
  divide: '÷',
  hellip: '…',
  rarr: '→',
  le: '≤',
  ge: '≥',
  euro: '€',
  middot: '·',
  sup2: '²',
  plusmn: '±',
};

function readEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w*));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
