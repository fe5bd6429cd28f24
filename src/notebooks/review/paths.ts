import type * as TypeScript from '@tslab/typescript-for-tslab';
import { shortly } from '../compare/difference.js';
import { maskVolatile } from '../compare/masks.js';
import type { Output } from '../notebook.js';
import { type CellSyntax, lineOf, nodesOf, typescript } from './syntax.js';

/** Folders that a path from the root of a Unix system begins with; `/api/users` is none. */
const ROOTS =
  /^\/(?:home|Users|root|tmp|var|mnt|media|opt|etc|usr|srv|run|private|Volumes|Library|workspaces?)\//;
/** A root that is not known, but the file is plainly one. */
const FILES =
  /^\/(?!\/)[^?#:*]*\.(?:csv|tsv|gz|parquet|jsonl?|xlsx|duckdb|ipynb|[cm]?[jt]s|txt|md|html|png|svg|zip)$/i;
const OTHERS = /^(?:file:\/\/|[A-Za-z]:[\\/]|\\\\[\w.-]+\\|~\/)/;

/** Whether a text names a place on one machine only. */
export const isAbsolutePath = (text: string): boolean =>
  [ROOTS, FILES, OTHERS].some((pattern) => pattern.test(text));

/** Texts in a cell's code that are absolute paths; comments and regular expressions are not read. */
export function absolutePathsInSource({ tree }: CellSyntax): { line: number; path: string }[] {
  return nodesOf(tree).flatMap((node) => {
    const path = textOf(node);
    return path !== null && isAbsolutePath(path)
      ? [{ line: lineOf(tree, node.getStart(tree)), path: shortly(path) }]
      : [];
  });
}

function textOf(node: TypeScript.Node): string | null {
  const ts = typescript();
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : null;
}

const HOMES = /(?<![\w.-])(?:\/home\/|\/Users\/|\/root\/|[A-Z]:\\Users\\)[^\s"'`<>()[\]{},;]+/g;

/** Paths in what a cell shows that tell whose machine it ran on; temporary ones are told apart by `maskVolatile`. */
export function absolutePathsInOutputs(outputs: readonly Output[], folder: string): string[] {
  const texts = outputs.flatMap((output) => {
    if (output.output_type === 'stream') return [output.text];
    if (output.output_type === 'error') return [];
    return Object.entries(output.data).flatMap(([type, value]) =>
      type.startsWith('text/') && typeof value === 'string' ? [value] : [],
    );
  });
  const text = maskVolatile(texts.join('\n'));
  const homes = [...text.matchAll(HOMES)].map(([path]) => path);
  const own =
    folder.length > 1 && text.includes(folder) && !homes.some((path) => path.includes(folder))
      ? [folder]
      : [];
  return [...new Set([...homes, ...own])];
}
