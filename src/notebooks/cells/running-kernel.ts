import { createRequire } from 'node:module';

/** What the kernel sends as a display of the running cell; it shows it, or changes one that it has shown. */
export type WriteDisplay = (
  content: {
    readonly data: Readonly<Record<string, unknown>>;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly transient: { readonly display_id?: string };
  },
  update: boolean,
) => void;

const MODULE = /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/;

/**
 * How the running cell of the tslab kernel around us shows something; `null` outside a kernel. Whichever installation
 * the kernel is of, its module is the one in this process that has written for a cell: tslab's own `display` is
 * bound to the copy that is imported, and sends one MIME type at a time.
 */
export function runningCell(): WriteDisplay | null {
  for (const [path, loaded] of Object.entries(createRequire(import.meta.url).cache)) {
    if (!MODULE.test(path)) continue;
    const write: unknown = (loaded?.exports as { lastWriteDisplayData?: unknown })?.lastWriteDisplayData;
    if (typeof write === 'function') return write as WriteDisplay;
  }
  return null;
}
