import { renameSync, rmSync } from 'node:fs';
import { mkdir, open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { ChurnError } from '../../errors.js';
import { keepTemporary, removeTemporary, temporaryPathBeside } from '../temporary-files.js';
import { writeFailed } from './write-failed.js';

/** What a file holds, whole or in pieces that are made while it is written. */
export type FileContent = string | Uint8Array | Iterable<string>;

/**
 * Writes a text file beside its place, flushes it to the disk and renames it: a run that is killed leaves the
 * old file or the new one.
 *
 * @throws ChurnError `write-failed`; nothing partial is left.
 * @example
 * await writeTextAtomically('summary.txt', trainingSummary(card));
 */
export async function writeTextAtomically(path: string, text: string): Promise<void> {
  await writeAtomically(path, [text]);
}

/** The same for a file that comes in pieces, texts or bytes. */
export async function writeAtomically(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const temporary = await startFile(path);
  try {
    const file = await open(temporary, 'w');
    try {
      for (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await putInPlace(temporary, path);
  } catch (error) {
    await removeTemporary(temporary);
    throw writeFailed(path, error);
  }
}

/**
 * Makes an empty temporary file beside `path`, so that a place that cannot be written to shows at once.
 *
 * @throws ChurnError `write-failed`, also when something other than a file has that name (`/dev/null`, a folder).
 */
export async function startFile(path: string): Promise<string> {
  const temporary = temporaryPathBeside(path);
  try {
    const existing = await stat(path).catch(() => null);
    if (existing && !existing.isFile()) {
      throw new ChurnError('write-failed', `cannot write ${path}: it is there and is no regular file`, {
        path,
      });
    }
    await writeFile(temporary, '', { flag: 'wx' });
    return temporary;
  } catch (error) {
    await removeTemporary(temporary);
    throw writeFailed(path, error);
  }
}

/**
 * Makes sure that a file can be written, before long work is done for it.
 *
 * @throws ChurnError `write-failed`
 * @example
 * await requireFilePlace('scores.csv');
 */
export async function requireFilePlace(path: string): Promise<void> {
  await removeTemporary(await startFile(path));
}

/** Flushes a finished temporary file to the disk and gives it its name. */
export async function putInPlace(temporary: string, path: string): Promise<void> {
  await flush(temporary);
  await rename(temporary, path);
  keepTemporary(temporary);
  await flush(dirname(path));
}

/**
 * Writes a folder of files (names may hold `/`) beside its place and swaps it in; the folder that was there goes
 * as a whole. Between its two renames no signal is handled, only a kill −9 or a power cut leaves the old folder
 * under its temporary name.
 *
 * @param earlier names at its top, besides those of the files, that an earlier run may have left
 * @throws ChurnError `write-failed`, also when a folder of that name holds anything else: it stays as it is
 * @example
 * await writeFolderAtomically('notes', {
 *   'read-me.txt': 'two files\n',
 *   'more/list.csv': ['a,b\n', '1,2\n'],
 * });
 */
export async function writeFolderAtomically(
  folder: string,
  files: Readonly<Record<string, FileContent>>,
  earlier: readonly string[] = [],
): Promise<void> {
  const place = normalize(folder).replace(/[\\/]+$/u, '');
  const temporary = temporaryPathBeside(place);
  try {
    const isThere = await requireReplaceable(place, [...Object.keys(files), ...earlier]);
    await mkdir(dirname(place), { recursive: true });
    await mkdir(temporary);
    for (const [name, content] of Object.entries(files)) await writeInside(temporary, name, content);
    await flush(temporary);
    swap(temporary, place, isThere);
    keepTemporary(temporary);
    await flush(dirname(place));
  } catch (error) {
    await removeTemporary(temporary);
    throw writeFailed(folder, error);
  }
}

/**
 * Whether a folder is at the place; it may hold the named files and folders alone (names may hold `/`).
 *
 * @throws ChurnError `write-failed` when it holds anything else, or is no folder
 */
export async function requireReplaceable(folder: string, names: readonly string[]): Promise<boolean> {
  const existing = await stat(folder).catch(() => null);
  if (!existing) return false;
  const complain = (what: string) =>
    new ChurnError('write-failed', `cannot write ${folder}: ${what}; remove it or choose another name`, {
      path: folder,
    });
  if (!existing.isDirectory()) throw complain('it is there and is no folder');
  const ours = new Set(names.map((name) => name.split('/')[0]));
  const stranger = (await readdir(folder)).sort().find((name) => !ours.has(name));
  if (stranger !== undefined) throw complain(`it holds something else, "${stranger}"`);
  return true;
}

async function writeInside(folder: string, name: string, content: FileContent): Promise<void> {
  const inside = normalize(name);
  if (isAbsolute(inside) || inside.startsWith('..')) {
    throw new ChurnError('internal', `writeFolderAtomically: "${name}" lies outside of its folder`);
  }
  const path = join(folder, inside);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { flush: true });
}

function swap(temporary: string, place: string, isThere: boolean): void {
  if (!isThere) {
    renameSync(temporary, place);
    return;
  }
  const old = temporaryPathBeside(place);
  renameSync(place, old);
  try {
    renameSync(temporary, place);
  } catch (error) {
    renameSync(old, place);
    keepTemporary(old);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
  keepTemporary(old);
}

/** Systems that cannot flush a folder (Windows) say so; a file always can be. */
async function flush(path: string): Promise<void> {
  const isFolder = (await stat(path)).isDirectory();
  if (isFolder && process.platform === 'win32') return;
  const handle = await open(path, isFolder ? 'r' : 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
