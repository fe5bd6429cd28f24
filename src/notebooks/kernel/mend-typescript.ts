import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from '@tslab/typescript-for-tslab';
import { type CompiledCell, compiledCell, takeMap, withoutMapName } from './source-positions.js';

type TypeScript = typeof ts;
type Visit = (node: ts.Node) => ts.Node;

let lastCompiled: CompiledCell | null = null;

/** Where the code that was compiled last comes from. */
export const lastCompiledCell = (): CompiledCell | null => lastCompiled;

/**
 * Puts a mended TypeScript in place before tslab loads it, against these troubles of tslab's use of it:
 * - a file that appears in a watched folder, such as `node_modules`, while the kernel lives makes every later cell fail
 *   with "Unexpected pending rebuildTimer" (tslab issue 97): nothing is watched;
 * - `{ name }` with the `name` of an earlier cell is "not defined": it is written out as `{ name: exports.name }`;
 * - types of packages that the folder of the notebook does not have are looked for in this installation;
 * - an error says where in the compiled code it happened: source maps are made and kept.
 */
export function mendTypeScript(tslab: NodeJS.Require): void {
  const path = tslab.resolve('@tslab/typescript-for-tslab');
  const original = tslab(path) as TypeScript;
  original.sys.watchFile = original.sys.watchDirectory = () => ({ close() {} });
  tslab.cache[path]!.exports = {
    ...original,
    createWatchCompilerHost: (files: string[], options: ts.CompilerOptions, ...rest: never[]) =>
      (original.createWatchCompilerHost as (...all: unknown[]) => unknown)(
        files,
        { ...options, inlineSourceMap: true, typeRoots: typeRootsWithNode(original, options, tslab) },
        ...rest,
      ),
    createWatchProgram: (host: ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram>) => {
      resolveHereToo(original, host);
      knowShorthands(original, host);
      return original.createWatchProgram(host);
    },
    visitEachChild: (node: ts.Node, visit: Visit, context: ts.TransformationContext) =>
      original.isShorthandPropertyAssignment(node)
        ? writtenOut(original, node, visit)
        : original.visitEachChild(node, visit, context),
    transpileModule: (text: string, options: ts.TranspileOptions) => compile(original, text, options),
  };
}

/** tslab looks for the types of Node in its own folder, where package managers seldom put them. */
function typeRootsWithNode(
  { sys }: TypeScript,
  { typeRoots = [] }: ts.CompilerOptions,
  tslab: NodeJS.Require,
): string[] {
  if (typeRoots.some((root) => sys.fileExists(join(root, 'node', 'package.json')))) return typeRoots;
  return [...typeRoots, join(tslab.resolve('@types/node/package.json'), '..', '..')];
}

/** What cells import is looked for anew each time, as it may have been installed meanwhile; the rest is remembered. */
function resolveHereToo(
  { createModuleResolutionCache, isExternalModuleNameRelative, resolveModuleName }: TypeScript,
  host: ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram>,
): void {
  const folder = host.getCurrentDirectory();
  const cache = createModuleResolutionCache(folder, (name) => name);
  const isFromCell = (file: string) => /^__(?:tslab|prev)__\./.test(file.slice(file.lastIndexOf('/') + 1));
  const here = createRequire(import.meta.url)
    .resolve('churnlab/package.json')
    .replace(/package\.json$/, 'cell.ts');
  host.hasInvalidatedResolutions = () => false;
  host.resolveModuleNameLiterals = (literals, file, redirected, options) =>
    literals.map(({ text }) => {
      const remembered = isFromCell(file) ? undefined : cache;
      const found = resolveModuleName(text, file, options, host, remembered, redirected);
      const isDone = found.resolvedModule !== undefined || isExternalModuleNameRelative(text);
      const module = isDone ? found : resolveModuleName(text, here, options, host, cache, redirected);
      return asIfIn(folder, module);
    });
}

/**
 * A module out of the folder's reach, as if a link in its own `node_modules` led there: TypeScript then has a name by
 * which later cells can speak of its types.
 */
function asIfIn(
  folder: string,
  found: ts.ResolvedModuleWithFailedLookupLocations,
): ts.ResolvedModuleWithFailedLookupLocations {
  const resolvedModule: (ts.ResolvedModuleFull & { originalPath?: string }) | undefined =
    found.resolvedModule;
  const path = resolvedModule?.originalPath ?? resolvedModule?.resolvedFileName ?? '';
  const [root, ...inside] = path.split('/node_modules/');
  if (!resolvedModule || inside.length === 0 || `${folder}/`.startsWith(`${root}/`)) return found;
  const linked = { ...resolvedModule, originalPath: [folder, ...inside].join('/node_modules/') };
  return { ...found, resolvedModule: linked };
}

/** tslab asks the checker whether a name is of an earlier cell; of `{ name }` it hears of the property alone. */
function knowShorthands(
  { isShorthandPropertyAssignment }: TypeScript,
  host: ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram>,
): void {
  const { afterProgramCreate } = host;
  const withShorthands = (checker: ts.TypeChecker): ts.TypeChecker => ({
    ...checker,
    getSymbolAtLocation: (node) =>
      node.parent && isShorthandPropertyAssignment(node.parent) && node.parent.name === node
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node),
  });
  host.afterProgramCreate = (builder) => {
    const program = builder.getProgram();
    const { getTypeChecker } = program;
    let mended: ts.TypeChecker | null = null;
    program.getTypeChecker = () => {
      mended ??= withShorthands(getTypeChecker());
      return mended;
    };
    afterProgramCreate?.(builder);
  };
}

function writtenOut({ factory }: TypeScript, node: ts.ShorthandPropertyAssignment, visit: Visit): ts.Node {
  const value = visit(node.name) as ts.Expression;
  const initial =
    node.objectAssignmentInitializer && (visit(node.objectAssignmentInitializer) as ts.Expression);
  if (value === node.name && initial === node.objectAssignmentInitializer) return node;
  const whole = initial ? factory.createAssignment(value, initial) : value;
  return factory.createPropertyAssignment(node.name.text, whole);
}

function compile(
  { transpileModule }: TypeScript,
  text: string,
  options: ts.TranspileOptions,
): ts.TranspileOutput {
  const { code, map } = takeMap(text);
  const compilerOptions = { ...options.compilerOptions, sourceMap: true };
  const output = transpileModule(code, { ...options, compilerOptions });
  const outputText = withoutMapName(output.outputText);
  lastCompiled = map && compiledCell(map, output.sourceMapText!, outputText);
  return { ...output, outputText };
}
