import { readFile } from 'node:fs/promises';
import { ChurnError } from '../index.js';

/**
 * The text of a file that an option names.
 *
 * @throws ChurnError `bad-file`
 */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: Error) => {
    throw new ChurnError('bad-file', `${file} cannot be read: ${cause.message}`, { path: file });
  });
}
