import { stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import type { Command } from 'commander';
import { ChurnError, notebookPage, readNotebook, readPictures, writeTextAtomically } from '../index.js';
import { openTerminal, type Terminal } from './terminal.js';

interface HtmlFlags {
  out?: string;
  json?: boolean;
}

/** `churnlab notebooks html`: notebooks as pages for people without Jupyter. */
export function addNotebooksHtml(group: Command): void {
  group
    .command('html')
    .description('write notebooks as HTML pages that hold all they need; nothing is run')
    .argument('<files...>', 'notebooks (.ipynb)')
    .option('--out <place>', 'a file, or a folder that is there (default: beside each notebook)')
    .option('--json', 'print one JSON document')
    .action((files: string[], flags: HtmlFlags) => runHtml(files, flags, openTerminal(flags)));
}

async function runHtml(files: string[], { out }: HtmlFlags, terminal: Terminal): Promise<void> {
  const places = await placesFor(files, out);
  for (const [index, file] of files.entries()) {
    const notebook = await readNotebook(file);
    const pictures = await readPictures(notebook, dirname(file));
    const page = await notebookPage(notebook, { title: parse(file).name, pictures });
    await writeTextAtomically(places[index]!, page);
    terminal.print(`Page: ${places[index]}`);
  }
  terminal.printJson({ pages: files.map((notebook, index) => ({ notebook, page: places[index] })) });
}

/** @throws ChurnError `bad-option` when two pages would have one place */
async function placesFor(files: readonly string[], out: string | undefined): Promise<string[]> {
  const folder = out !== undefined && (await isFolder(out)) ? out : undefined;
  const places =
    out !== undefined && folder === undefined
      ? files.map(() => out)
      : files.map((file) => join(folder ?? dirname(file), `${parse(file).name}.html`));
  const twice = places.find((place, index) => places.indexOf(place) < index);
  if (twice === undefined) return places;
  throw new ChurnError(
    'bad-option',
    `two notebooks would be written to ${twice}; --out may name a folder that is there, for notebooks of different names`,
  );
}

async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
