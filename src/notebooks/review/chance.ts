import type * as TypeScript from '@tslab/typescript-for-tslab';
import { type CellSyntax, lineOf, nodesOf, typescript } from './syntax.js';

/** Something in a cell that is different in each run. */
export interface ChanceUse {
  readonly line: number;
  /** As `Math.random`. */
  readonly name: string;
  readonly what: 'chance' | 'clock';
}

const CHANCE =
  /^(?:Math\.random|(?:(?:globalThis|webcrypto)\.)?(?:crypto\.)?(?:randomUUID|randomBytes|randomInt|getRandomValues))$/;
const CLOCK = /^(?:Date\.now|performance\.now|process\.hrtime(?:\.bigint)?)$/;

/** Where a cell's code draws from chance or reads the clock; what only looks so in comments and texts is passed over. */
export function findChance({ tree }: CellSyntax): ChanceUse[] {
  return nodesOf(tree).flatMap((node): ChanceUse[] => {
    const name = nameOf(node);
    if (name === null) return [];
    const what = CHANCE.test(name)
      ? 'chance'
      : CLOCK.test(name) || /^(?:new )?Date$/.test(name)
        ? 'clock'
        : null;
    return what === null ? [] : [{ line: lineOf(tree, node.getStart(tree)), name, what }];
  });
}

/** A member such as `Math.random`, called or handed on; a bare function that is called; a date of now. */
function nameOf(node: TypeScript.Node): string | null {
  const ts = typescript();
  if (ts.isPropertyAccessExpression(node)) {
    // `process.hrtime.bigint` holds `process.hrtime`: the longer one is told.
    return ts.isPropertyAccessExpression(node.parent) ? null : node.getText();
  }
  const isNow = ts.isNewExpression(node) || ts.isCallExpression(node);
  if (!isNow || !ts.isIdentifier(node.expression)) return null;
  const name = node.expression.text;
  if (name !== 'Date') return ts.isCallExpression(node) ? name : null;
  if ((node.arguments?.length ?? 0) > 0) return null;
  return ts.isNewExpression(node) ? 'new Date' : 'Date';
}
