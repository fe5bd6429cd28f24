import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from '@tslab/typescript-for-tslab';
import { readDocComment } from './doc-comment.js';
import { docCommentOf } from './read-api.js';

/** A name, or a file in quotes, that every example may use, and what it stands for. */
export interface GivenName {
  readonly name: string;
  readonly text: string;
}

/** What examples take as given: the documented constants of their prelude, and the documented files of its `files`. */
export function readGiven(): GivenName[] {
  const path = resolve(import.meta.dirname, '../test/examples/prelude.ts');
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  return source.statements.filter(isExportedConstant).flatMap((statement) => {
    const { name, initializer } = statement.declarationList.declarations[0]!;
    return initializer && ts.isObjectLiteralExpression(initializer)
      ? initializer.properties.map((property) => describe(property.name!, property))
      : [describe(name, statement)];
  });
}

function isExportedConstant(statement: ts.Statement): statement is ts.VariableStatement {
  const isExport = ({ kind }: ts.ModifierLike) => kind === ts.SyntaxKind.ExportKeyword;
  return ts.isVariableStatement(statement) && (statement.modifiers?.some(isExport) ?? false);
}

function describe(name: ts.Node, node: ts.Node): GivenName {
  return { name: name.getText(), text: readDocComment(docCommentOf(node)).description };
}
