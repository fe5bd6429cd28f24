import { dirname, join, relative, resolve } from 'node:path';
import ts from '@tslab/typescript-for-tslab';
import { type DocComment, readDocComment } from './doc-comment.js';

/** Something that the public entry exports, or a shape that such a thing takes or gives. */
export interface Entry {
  readonly name: string;
  readonly kind: 'function' | 'constant' | 'class' | 'type';
  /** Inside `src`, as `evaluation/roc.ts`. */
  readonly file: string;
  readonly isExported: boolean;
  readonly comment: DocComment;
  /** The declaration: of a function its head, of a typed constant its type, of all else the source. */
  readonly code: string;
  /** Other entries that the code names. */
  readonly mentions: readonly Entry[];
}

type Declaration =
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ClassDeclaration
  | ts.VariableDeclaration;

const OPTIONS: ts.CompilerOptions = { noLib: true, types: [], target: ts.ScriptTarget.ES2022 };
const root = resolve(import.meta.dirname, '../src');

/**
 * Everything public in the order of names, then the shapes that it takes or gives and that have no public name. Read from
 * the source, which shows defaults and the comments inside of schemas; types are not inferred.
 */
export function readApi(): Entry[] {
  const entry = join(root, 'index.ts');
  const program = ts.createProgram([entry], OPTIONS, sourceHost());
  const reader = new ApiReader(program.getTypeChecker());
  return reader.read(program.getSourceFile(entry)!);
}

/** Reads the files of `src` alone: packages are of no interest, and the libraries' types take seconds. */
function sourceHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  host.resolveModuleNames = (names, from) =>
    names.map((name) =>
      name.startsWith('.')
        ? {
            resolvedFileName: join(dirname(from), name.replace(/\.js$/, '.ts')),
            isExternalLibraryImport: false,
          }
        : undefined,
    );
  return host;
}

class ApiReader {
  private readonly entries = new Map<Declaration, Entry>();

  constructor(private readonly checker: ts.TypeChecker) {}

  read(index: ts.SourceFile): Entry[] {
    const symbols = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(index)!);
    const exported = new Set(symbols.map((symbol) => this.declarationOf(symbol)!));
    for (const declaration of exported) this.enter(declaration, exported);
    return [...this.entries.values()].sort(
      (a, b) => Number(b.isExported) - Number(a.isExported) || (a.name < b.name ? -1 : 1),
    );
  }

  private enter(declaration: Declaration, exported: ReadonlySet<Declaration>): Entry {
    const earlier = this.entries.get(declaration);
    if (earlier) return earlier;
    const shown = shownNodes(declaration);
    const mentions: Entry[] = [];
    const entry: Entry = {
      name: declaration.name!.getText(),
      kind: kindOf(declaration),
      file: relative(root, declaration.getSourceFile().fileName),
      isExported: exported.has(declaration),
      comment: this.describe(declaration),
      code: this.codeOf(declaration),
      mentions,
    };
    this.entries.set(declaration, entry);
    const named = shown.flatMap((node) => this.declarationsIn(node));
    for (const other of new Set(named)) if (other !== declaration) mentions.push(this.enter(other, exported));
    return entry;
  }

  private declarationOf(symbol: ts.Symbol): Declaration | undefined {
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    return target.declarations?.find(isDeclaration);
  }

  /** The doc comment; an inferred type without one is described by its schema. */
  private describe(declaration: Declaration): DocComment {
    const comment = readDocComment(commentOf(declaration));
    const isInferred =
      ts.isTypeAliasDeclaration(declaration) && /^z\.infer</.test(declaration.type.getText());
    if (comment.description || !isInferred) return comment;
    const [schema] = this.declarationsIn(declaration.type);
    return schema ? { ...comment, description: readDocComment(commentOf(schema)).description } : comment;
  }

  /** Types and schemas of the project that a piece of code names. */
  private declarationsIn(node: ts.Node): Declaration[] {
    const found: Declaration[] = [];
    const visit = (inner: ts.Node) => {
      const symbol = ts.isIdentifier(inner) ? this.checker.getSymbolAtLocation(inner) : undefined;
      const declaration = symbol && this.declarationOf(symbol);
      if (declaration && (isShape(declaration) || ts.isTypeQueryNode(inner.parent))) found.push(declaration);
      ts.forEachChild(inner, visit);
    };
    visit(node);
    return found;
  }

  private codeOf(declaration: Declaration): string {
    const source = declaration.getSourceFile().text;
    const first = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const start = first.getStart();
    if (ts.isFunctionDeclaration(declaration)) {
      if (!declaration.type) throw new Error(`${declaration.name!.getText()} does not say what it returns`);
      return this.withNamedDefaults(declaration)
        .replace(/^export (?:async )?/, '')
        .concat(';');
    }
    const end = ts.isVariableDeclaration(declaration) ? (declaration.type?.end ?? first.end) : first.end;
    return source
      .slice(start, end)
      .replace(/^export /, '')
      .replace(/([^;}])$/, '$1;');
  }

  /** The head of a function, with the value in place of a constant that is named as a default. */
  private withNamedDefaults(declaration: ts.FunctionDeclaration): string {
    const source = declaration.getSourceFile().text;
    const pieces: string[] = [];
    let at = declaration.getStart();
    const visit = (node: ts.Node) => {
      const value = (ts.isBindingElement(node) || ts.isParameter(node)) && this.literalOf(node.initializer);
      if (value) {
        pieces.push(source.slice(at, value.place.getStart()), value.text);
        at = value.place.end;
      } else ts.forEachChild(node, visit);
    };
    declaration.parameters.forEach(visit);
    return [...pieces, source.slice(at, declaration.type!.end)].join('');
  }

  private literalOf(place: ts.Expression | undefined): { place: ts.Expression; text: string } | undefined {
    const symbol = place && ts.isIdentifier(place) ? this.checker.getSymbolAtLocation(place) : undefined;
    const declaration = symbol && this.declarationOf(symbol);
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return place && value && ts.isLiteralExpression(value) ? { place, text: value.getText() } : undefined;
  }
}

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    (ts.isVariableDeclaration(node) && ts.isVariableStatement(node.parent.parent))
  );
}

function kindOf(declaration: Declaration): Entry['kind'] {
  if (ts.isFunctionDeclaration(declaration)) return 'function';
  if (ts.isClassDeclaration(declaration)) return 'class';
  return ts.isVariableDeclaration(declaration) ? 'constant' : 'type';
}

function isShape(declaration: Declaration): boolean {
  if (ts.isVariableDeclaration(declaration)) return /^z\s*\./.test(declaration.initializer?.getText() ?? '');
  return !ts.isFunctionDeclaration(declaration);
}

/** The parts of a declaration that a page shows. */
function shownNodes(declaration: Declaration): ts.Node[] {
  if (ts.isFunctionDeclaration(declaration)) return [...declaration.parameters, declaration.type!];
  if (ts.isVariableDeclaration(declaration)) return [declaration.type ?? declaration.initializer!];
  return [declaration];
}

function commentOf(declaration: Declaration): string {
  return docCommentOf(ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration);
}

/** The doc comment right before a node, with its signs; empty without one. */
export function docCommentOf(node: ts.Node): string {
  const source = node.getSourceFile().text;
  const ranges = ts.getLeadingCommentRanges(source, node.getFullStart()) ?? [];
  const last = ranges.at(-1);
  const text = last ? source.slice(last.pos, last.end) : '';
  return text.startsWith('/**') ? text : '';
}
