import Module, { createRequire } from 'node:module';

interface Parent {
  readonly filename?: string;
  readonly paths?: readonly string[] | null;
}
type Resolve = (request: string, parent: Parent | null, ...rest: unknown[]) => string;

/**
 * Lets notebooks that lie where churnlab is not installed import `churnlab`, and `zod` and `arquero` which belong to
 * it: packages that the folder of the notebook does not have are looked for in this installation. What lies in packages
 * itself must have its own. `mendTypeScript` does the same for types.
 */
export function findHere(): void {
  const { resolve: here } = createRequire(import.meta.url);
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, parent, ...rest) => {
    try {
      return resolve(request, parent, ...rest);
    } catch (fault) {
      const isPackage = /^[@\w]/.test(request);
      if (!isPackage || /[\\/]node_modules[\\/]/.test(parent?.filename ?? '')) throw fault;
      try {
        return resolve(request, { filename: import.meta.filename, paths: here.paths(request) });
      } catch {
        throw fault;
      }
    }
  };
}
