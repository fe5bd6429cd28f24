import { createRequire } from 'node:module';
import type * as TypeScript from '@tslab/typescript-for-tslab';

let loaded: typeof TypeScript | null = null;

/** The TypeScript that runs the cells: tslab's own, so that both read them alike. */
export function typescript(): typeof TypeScript {
  const tslab = createRequire(import.meta.url).resolve('tslab/package.json');
  loaded ??= createRequire(tslab)('@tslab/typescript-for-tslab') as typeof TypeScript;
  return loaded;
}

/** A cell's syntax tree, and what is wrong with it, which its types leave out. */
export interface CellSyntax {
  readonly tree: TypeScript.SourceFile;
  readonly faults: readonly { readonly line: number; readonly message: string }[];
}

/** Reads the source of a cell, where `await` may stand outside of functions. */
export function parseCell(source: string): CellSyntax {
  const ts = typescript();
  // Only a module may await at its top; the mark stands behind the source, so that lines keep their numbers.
  const tree = ts.createSourceFile('cell.ts', `${source}\nexport {};`, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = tree as unknown as {
    parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[];
  };
  const faults = parseDiagnostics.map(({ start, messageText }) => ({
    line: lineOf(tree, start),
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
  return { tree, faults };
}

export const lineOf = (tree: TypeScript.SourceFile, position: number): number =>
  tree.getLineAndCharacterOfPosition(position).line + 1;

/** Every node of a tree, parents first. */
export function nodesOf(node: TypeScript.Node): TypeScript.Node[] {
  const nodes = [node];
  typescript().forEachChild(node, (child) => {
    nodes.push(...nodesOf(child));
  });
  return nodes;
}

/** The names that a cell leaves to the cells after it. */
export function declaredNames({ tree }: CellSyntax): string[] {
  const ts = typescript();
  return tree.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
    }
    if (ts.isImportDeclaration(statement)) return importedNames(statement);
    const { name } = statement as { name?: TypeScript.Node };
    return name && ts.isIdentifier(name) ? [name.text] : [];
  });
}

function boundNames(name: TypeScript.BindingName): string[] {
  if (typescript().isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => ('name' in element ? boundNames(element.name) : []));
}

function importedNames({ importClause }: TypeScript.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const named = bindings === undefined ? [] : 'elements' in bindings ? bindings.elements : [bindings];
  return [importClause, ...named].flatMap((part) => (part?.name ? [part.name.text] : []));
}
