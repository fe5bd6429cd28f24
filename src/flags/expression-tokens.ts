/** A piece of a flag's text. */
export interface Token {
  /** `sign`: `<`, `>=`, `&&` and their like. `other`: a character that has no place in a flag, an unclosed quote too. */
  readonly kind: 'word' | 'quoted' | 'sign' | 'other' | 'end';
  /** As written; what is between the quotes of a quoted one. */
  readonly text: string;
  /** Where it starts, in characters from 1. */
  readonly position: number;
}

const TOKEN =
  /(?<blank>[\t\n\r\p{Zs}]+)|(?<word>[\p{L}\p{M}\p{N}_.+-]+)|(?<quoted>"[^"]*(?:""[^"]*)*"(?!")|'[^']*(?:''[^']*)*'(?!')|`[^`]*(?:``[^`]*)*`(?!`))|(?<sign>[<>=!&|]+)|(?<other>.)/gsu;
const BARE_WORD = /^-?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.+-]*$/u;

/** Words that mean something in a flag, or would to most readers, in any case of their letters. */
const KEPT_WORDS = new Set(['and', 'or', 'not', 'is', 'missing']);

/** The pieces of a text, in order, with an `end` behind them; every text has such pieces. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 1;
  for (const { 0: found, groups } of text.matchAll(TOKEN)) {
    if (groups!['word'] !== undefined) tokens.push({ kind: 'word', text: found, position });
    else if (groups!['quoted'] !== undefined)
      tokens.push({ kind: 'quoted', text: withoutQuotes(found), position });
    else if (groups!['sign'] !== undefined) tokens.push({ kind: 'sign', text: found, position });
    else if (groups!['other'] !== undefined) tokens.push({ kind: 'other', text: found, position });
    position += [...found].length;
  }
  return [...tokens, { kind: 'end', text: '', position }];
}

function withoutQuotes(found: string): string {
  const quote = found[0]!;
  return found.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Whether the token is that word, in any case of its letters, and not in quotes. */
export function isWord({ kind, text }: Token, word: string): boolean {
  return kind === 'word' && text.toLowerCase() === word;
}

/** Whether the token is a word that only quotes make a name or a level of. */
export function isKept({ kind, text }: Token): boolean {
  return kind === 'word' && KEPT_WORDS.has(text.toLowerCase());
}

/** The text as it is where that reads back as one word without a meaning of its own, else in double quotes. */
export function writeText(text: string): string {
  const isBare = BARE_WORD.test(text) && !KEPT_WORDS.has(text.toLowerCase());
  return isBare ? text : `"${text.replaceAll('"', '""')}"`;
}
