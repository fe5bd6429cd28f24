import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const unfinished = new Set<string>();

/** How the names of temporary folders begin. */
export function temporaryFolderStart(): string {
  return join(tmpdir(), 'churnlab-engine-');
}

/** A new folder for temporary files, removed by `removeTemporary` or, on a signal, by `cleanUpTemporaryFiles`. */
export async function makeTemporaryFolder(): Promise<string> {
  // Not awaited: a signal between making and noting it would leave it behind.
  const folder = mkdtempSync(temporaryFolderStart());
  unfinished.add(folder);
  return folder;
}

/** A free path in the folder of `path`, to write to before the rename. */
export function temporaryPathBeside(path: string): string {
  const name = `.${basename(path)}.${randomBytes(6).toString('hex')}.part`;
  const beside = join(dirname(path), name);
  unfinished.add(beside);
  return beside;
}

/** Removes a temporary file or folder, if it is there. */
export async function removeTemporary(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  unfinished.delete(path);
}

/** Notes that a temporary path now has its final name. */
export function keepTemporary(path: string): void {
  unfinished.delete(path);
}

/**
 * Removes every temporary file and folder that is still in use, synchronously: for the handler of SIGINT and
 * SIGTERM, just before the process ends.
 *
 * @example
 * process.once('SIGTERM', () => {
 *   cleanUpTemporaryFiles();
 *   process.exit(143);
 * });
 */
export function cleanUpTemporaryFiles(): void {
  for (const path of unfinished) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Nobody is left to hear of it, and the others must go too.
    }
  }
  unfinished.clear();
}
