import { type Html, html } from '../../reports/html.js';
import { typescript } from '../review/syntax.js';

type Colour = 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'plain';

interface Piece {
  readonly text: string;
  readonly colour: Colour;
}

/** TypeScript with its keywords, texts, numbers, comments and called functions set apart. */
export function codeText(source: string): Html {
  return html`${codePieces(source).map(({ text, colour }) =>
    colour === 'plain' ? text : html`<span class="code-${colour}">${text}</span>`,
  )}`;
}

/** Cuts a source with the scanner of TypeScript, which takes any text; all pieces together are the source. */
export function codePieces(source: string): Piece[] {
  const ts = typescript();
  const { SyntaxKind } = ts;
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, source);
  const pieces: Piece[] = [];
  /** For each open brace whether a template goes on after it. */
  const braces: boolean[] = [];
  let before: number = SyntaxKind.Unknown;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === SyntaxKind.SlashToken && !endsValue(before)) kind = scanner.reScanSlashToken();
    if (kind === SyntaxKind.OpenBraceToken) braces.push(false);
    if (kind === SyntaxKind.TemplateHead) braces.push(true);
    if (kind === SyntaxKind.CloseBraceToken && braces.pop()) {
      kind = scanner.reScanTemplateToken(false);
      if (kind === SyntaxKind.TemplateMiddle) braces.push(true);
    }
    const isMember = before === SyntaxKind.DotToken || before === SyntaxKind.QuestionDotToken;
    const isCalled = source[scanner.getTextPos()] === '(';
    pieces.push({ text: scanner.getTokenText(), colour: colourOf(kind, isMember, isCalled) });
    if (kind > SyntaxKind.LastTriviaToken) before = isMember ? SyntaxKind.Identifier : kind;
  }
  return pieces;
}

function colourOf(kind: number, isMember: boolean, isCalled: boolean): Colour {
  const { SyntaxKind } = typescript();
  if (kind === SyntaxKind.SingleLineCommentTrivia || kind === SyntaxKind.MultiLineCommentTrivia)
    return 'comment';
  if (kind === SyntaxKind.NumericLiteral || kind === SyntaxKind.BigIntLiteral) return 'number';
  if (kind >= SyntaxKind.StringLiteral && kind <= SyntaxKind.TemplateTail) return 'string';
  if (kind === SyntaxKind.Identifier || isMember) return isCalled ? 'name' : 'plain';
  return kind >= SyntaxKind.FirstKeyword && kind <= SyntaxKind.LastKeyword ? 'keyword' : 'plain';
}

/** Whether a slash after this divides; else it begins a regular expression. */
function endsValue(kind: number): boolean {
  const { SyntaxKind } = typescript();
  return (
    kind === SyntaxKind.Identifier ||
    (kind >= SyntaxKind.FirstLiteralToken && kind <= SyntaxKind.TemplateTail) ||
    [SyntaxKind.CloseParenToken, SyntaxKind.CloseBracketToken, SyntaxKind.CloseBraceToken].includes(kind) ||
    [
      SyntaxKind.ThisKeyword,
      SyntaxKind.TrueKeyword,
      SyntaxKind.FalseKeyword,
      SyntaxKind.NullKeyword,
    ].includes(kind)
  );
}
