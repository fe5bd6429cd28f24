import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The built file that a kernel's process runs; the package is found by its name, as cells find it. */
export function kernelEntry(): string {
  const library = createRequire(import.meta.url).resolve('churnlab');
  return join(dirname(library), 'notebooks', 'kernel', 'main.js');
}
