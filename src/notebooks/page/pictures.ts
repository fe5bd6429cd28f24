import { readFile } from 'node:fs/promises';
import { extname, relative, resolve, sep } from 'node:path';
import type { Notebook } from '../notebook.js';
import { pictureAddresses } from './markdown.js';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};

/**
 * The pictures in a notebook's Markdown that lie in its folder or below, as `data:` addresses; others stay links.
 *
 * @example
 * const notebook = await readNotebook('churn.ipynb');
 * const pictures = await readPictures(notebook, '.');
 * const page = await notebookPage(notebook, { title: 'Churn', pictures });
 */
export async function readPictures(notebook: Notebook, folder: string): Promise<Map<string, string>> {
  const addresses = notebook.cells.flatMap(({ cell_type, source }) =>
    cell_type === 'markdown' ? pictureAddresses(source) : [],
  );
  const read = await Promise.all(
    [...new Set(addresses)].map(async (address) => [address, await readPicture(address, folder)] as const),
  );
  return new Map(read.flatMap(([address, data]) => (data === null ? [] : [[address, data]])));
}

async function readPicture(address: string, folder: string): Promise<string | null> {
  const type = TYPES[extname(address).toLowerCase()];
  if (type === undefined || /^[a-z][a-z\d+.-]*:|^\//i.test(address)) return null;
  const path = resolve(folder, decodeAddress(address));
  const inside = relative(folder, path);
  if (inside === '..' || inside.startsWith(`..${sep}`)) return null;
  const bytes = await readFile(path).catch(() => null);
  return bytes && `data:${type};base64,${bytes.toString('base64')}`;
}

function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
