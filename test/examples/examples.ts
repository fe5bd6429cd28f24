import ts from '@tslab/typescript-for-tslab';
import type { Entry } from '../../api-docs/read-api.js';

/** An example of a doc comment, and what its comments say that it shows. */
export interface Example {
  /** Of its file: `auc`, `auc-2`. */
  readonly name: string;
  readonly entry: Entry;
  readonly code: string;
}

/** What came of an example: the values of its expressions that a literal stands behind, in order. */
export interface Outcome {
  readonly shown: readonly unknown[];
  readonly error: string | null;
}

/** A call and the text of the literal behind it. */
interface Claim {
  readonly expression: ts.Expression;
  readonly literal: string;
}

const LITERAL = /^(-?\d|['"[{]|(?:true|false|null|undefined|NaN)\b)/;

export function examplesOf(entries: readonly Entry[]): Example[] {
  return entries
    .filter(({ isExported }) => isExported)
    .flatMap((entry) =>
      entry.comment.examples.map((code, index) => ({
        name: index === 0 ? entry.name : `${entry.name}-${index + 1}`,
        entry,
        code,
      })),
    );
}

/** The values that an example's comments promise, in order. */
export function expectedOf({ name, code }: Example): unknown[] {
  return claimsOf(parse(name, code)).map(({ literal }) => literalValue(literal));
}

/** The example as a module: what it uses is imported, and values with a literal behind them are kept as `shown`. */
export function moduleOf(
  { name, code }: Example,
  exported: ReadonlyMap<string, Entry>,
  given: ReadonlySet<string>,
): string {
  const source = parse(name, code);
  const used = freeNames(source);
  const imports = [...used]
    .filter((other) => exported.has(other) && !given.has(other))
    .map((other) => (exported.get(other)!.kind === 'type' ? `type ${other}` : other));
  const files = [...given].filter((other) => other.startsWith("'") && code.includes(other));
  return [
    `import { ${imports.sort().join(', ')} } from 'churnlab';`,
    "import * as given from './prelude.js';",
    'export const shown: unknown[] = [];',
    ...files.map((file) => `await given.files[${file}]();`),
    ...[...used]
      .filter((other) => given.has(other))
      .map((other) => `const ${other} = await given.${other}();`),
    withKeptValues(source),
    '',
  ].join('\n');
}

function parse(name: string, code: string): ts.SourceFile {
  return ts.createSourceFile(`${name}.ts`, code, ts.ScriptTarget.ES2022, true);
}

/** Names that are neither declared in the example nor properties. */
function freeNames(source: ts.SourceFile): Set<string> {
  const named = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isKey =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node);
      const isDeclared =
        (ts.isVariableDeclaration(parent) ||
          ts.isBindingElement(parent) ||
          ts.isParameter(parent) ||
          ts.isImportSpecifier(parent)) &&
        parent.name === node;
      if (isDeclared) declared.add(node.text);
      else if (!isKey) named.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Set([...named].filter((name) => !declared.has(name)));
}

function claimsOf(source: ts.SourceFile): Claim[] {
  return source.statements.filter(ts.isExpressionStatement).flatMap((statement) => {
    const comment = commentBehind(source.text, statement.end);
    if (comment === null || !LITERAL.test(comment)) return [];
    return [{ expression: statement.expression, literal: comment }];
  });
}

/** The comment on the line that ends here, or alone on the next one. */
function commentBehind(text: string, end: number): string | null {
  return /^[ \t]*(?:\n[ \t]*)?\/\/ ?(.*)/.exec(text.slice(end))?.[1]?.trim() ?? null;
}

/** The value of a literal; digits that go on are kept as text: `0.833…`. */
function literalValue(text: string): unknown {
  if (/^-?[\d.]+…$/.test(text)) return text;
  const source = ts.createSourceFile('literal.ts', `(${text});`, ts.ScriptTarget.ES2022, true);
  const statement = source.statements[0];
  if (source.statements.length === 1 && statement && ts.isExpressionStatement(statement)) {
    return literalOf(statement.expression);
  }
  throw new Error(`a comment of an example begins like a value and is none: ${text}`);
}

function literalOf(node: ts.Expression): unknown {
  if (ts.isParenthesizedExpression(node)) return literalOf(node.expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand))
    return -Number(node.operand.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literalOf);
  if (ts.isObjectLiteralExpression(node)) {
    return Object.fromEntries(
      node.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
        return [ts.isStringLiteral(name) ? name.text : name.getText(), literalOf(initializer)];
      }),
    );
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isIdentifier(node) && ['undefined', 'NaN'].includes(node.text)) return node.text;
  throw new Error(`a comment of an example begins like a value and is none: ${node.getText()}`);
}

function withKeptValues(source: ts.SourceFile): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { expression } of claimsOf(source)) {
    pieces.push(source.text.slice(at, expression.getStart()), `shown.push(${expression.getText()})`);
    at = expression.end;
  }
  return [...pieces, source.text.slice(at)].join('');
}

/** Where a value differs from what was promised, in words; `null` where it does not. Numbers agree within 1e-9 of their size. */
export function difference(expected: unknown, found: unknown): string | null {
  return agree(expected, found) ? null : `says ${JSON.stringify(expected)}, gives ${JSON.stringify(found)}`;
}

function agree(expected: unknown, found: unknown): boolean {
  if (typeof found === 'number' && typeof expected === 'string') {
    return expected.endsWith('…') && String(found).startsWith(expected.slice(0, -1));
  }
  if (typeof expected === 'number' && typeof found === 'number') {
    return Math.abs(expected - found) <= 1e-9 * Math.abs(expected);
  }
  if (typeof expected !== 'object' || expected === null) return expected === found;
  if (typeof found !== 'object' || found === null || Array.isArray(expected) !== Array.isArray(found))
    return false;
  const keys = Object.keys(expected);
  const inside = (value: object, key: string) => (value as Record<string, unknown>)[key];
  return (
    keys.length === Object.keys(found).length &&
    keys.every((key) => agree(inside(expected, key), inside(found, key)))
  );
}
