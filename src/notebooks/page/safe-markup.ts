import { Html, html } from '../../reports/html.js';
import { type MarkupPiece, markupPieces } from './markup.js';

/** A heading that a page's contents can point to. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** What markup may refer to, and what it leaves for the page. */
export interface MarkupContext {
  /** Pictures by the address that markup calls them by, as `data:` addresses. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Grows by the headings of every markup that is read; their ids count them. */
  readonly headings: Heading[];
}

const TAGS = new Set(
  (
    'a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure ' +
    'h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot ' +
    'th thead tr u ul var'
  ).split(' '),
);
const EMPTY = new Set(['br', 'col', 'hr', 'img']);
/** Attributes and what they may be. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  align: /^(?:left|right|center)$/,
  class: /^code-[a-z]+$/,
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,3}$/,
  scope: /^(?:col|row)$/,
  start: /^\d{1,6}$/,
  dir: /^(?:ltr|rtl|auto)$/,
  open: /^$/,
  title: /^/,
  alt: /^/,
  width: /^\d{1,4}$/,
  height: /^\d{1,4}$/,
};
const DECLARATIONS =
  /^(?:text-align:(?:left|right|center)|white-space:nowrap|font-weight:(?:bold|\d{3})|font-style:italic|(?:background-)?color:(?:[a-z]{3,20}|#[0-9a-f]{3,8}))$/i;

type OpenPiece = Extract<MarkupPiece, { kind: 'open' }>;

/**
 * Markup from a notebook as markup that can do nothing: every piece is written anew, tags and attributes from short
 * lists, all closed that were opened. Scripts, styles, forms and frames are left out, addresses other than of the web,
 * of mail and beside the page are dropped, and pictures are shown only when the page carries them.
 */
export function safeMarkup(markup: string, { pictures, headings }: MarkupContext): Html {
  let text = '';
  let heading: { level: number; id: string; text: string } | null = null;
  const open: string[] = [];
  for (const piece of markupPieces(markup)) {
    if (piece.kind === 'text') {
      text += html`${piece.text}`.text;
      if (heading) heading.text += piece.text;
    } else if (!TAGS.has(piece.tag)) continue;
    else if (piece.kind === 'open') {
      const level = Number(/^h([1-6])$/.exec(piece.tag)?.[1] ?? 0);
      if (level > 0) {
        heading = { level, id: `section-${headings.length + 1}`, text: '' };
        headings.push(heading);
      }
      text += piece.tag === 'img' ? picture(piece, pictures) : openTag(piece, level > 0 ? heading!.id : null);
      if (!EMPTY.has(piece.tag)) open.push(piece.tag);
    } else if (open.includes(piece.tag)) {
      while (open.length > 0) {
        const tag = open.pop()!;
        text += `</${tag}>`;
        if (tag === piece.tag) break;
      }
      if (/^h[1-6]$/.test(piece.tag)) heading = null;
    }
  }
  return new Html(
    text +
      open
        .reverse()
        .map((tag) => `</${tag}>`)
        .join(''),
  );
}

function openTag({ tag, attributes }: OpenPiece, id: string | null): string {
  const kept = Object.entries(attributes).filter(([name, value]) => ATTRIBUTES[name]?.test(value));
  const style = safeStyle(attributes['style'] ?? '');
  const all = [
    ...kept,
    ...(style === '' ? [] : [['style', style] as const]),
    ...(id === null ? [] : [['id', id] as const]),
    ...(tag === 'a' ? linkAttributes(attributes['href']) : []),
  ];
  return html`<${new Html(tag)}${all.map(([name, value]) => html` ${new Html(name)}="${value}"`)}>`.text;
}

const safeStyle = (style: string): string =>
  style
    .split(';')
    .map((declaration) => declaration.replace(/\s+/g, ''))
    .filter((declaration) => DECLARATIONS.test(declaration))
    .join(';');

function linkAttributes(href: string | undefined): (readonly [string, string])[] {
  if (href === undefined || !isSafeAddress(href)) return [];
  return [
    ['href', href],
    ['rel', 'noopener noreferrer'],
  ];
}

/** An address of the web, of mail, or beside the page; browsers pass over blanks and controls in schemes. */
function isSafeAddress(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
  const scheme = /^([^/?#]*?):/.exec(address.replace(/[\u0000-\u0020]/g, ''))?.[1];
  return scheme === undefined || /^(?:https?|mailto)$/i.test(scheme);
}

function picture({ attributes }: OpenPiece, pictures: ReadonlyMap<string, string>): string {
  const { src = '', alt = '', title = '' } = attributes;
  const data = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[\w+/=\s]*$/.test(src)
    ? src
    : pictures.get(src);
  if (data !== undefined) return html`<img src="${data}" alt="${alt}" title="${title}">`.text;
  const name = alt || src;
  return isSafeAddress(src)
    ? html`<a href="${src}" rel="noopener noreferrer">${name}</a>`.text
    : html`${name}`.text;
}
