import type { Note } from '../tables/raw-table.js';

/**
 * Makes a header's names fit to be asked for: white space at the ends goes and inner runs of it become one
 * space, empty names become `column_N` (N counts from 1), repeated names get ` (2)`, ` (3)` …
 *
 * A name that stands once in the file is never taken by a numbered repeat of another.
 *
 * @example
 * tidyColumnNames(['Call  Failure', '', 'id', 'id']).names; // ['Call Failure', 'column_2', 'id', 'id (2)']
 */
export function tidyColumnNames(header: readonly string[]): { names: string[]; notes: Note[] } {
  const notes: Note[] = [];
  const tidy = header.map((name, index) => name.trim().replace(/\s+/gu, ' ') || `column_${index + 1}`);
  const taken = new Set<string>();
  const inFile = new Set(tidy);
  const names = tidy.map((name, index) => {
    const unique = taken.has(name) ? numberedName(name, taken, inFile) : name;
    taken.add(unique);
    if (unique !== name) {
      notes.push({
        kind: 'header-duplicate',
        column: unique,
        message: `column ${index + 1} repeats the name "${name}" and is read as "${unique}"`,
      });
    } else if (name !== header[index]) {
      const found =
        header[index]!.trim() === '' ? 'has no name' : `is named ${JSON.stringify(header[index])}`;
      notes.push({
        kind: 'header-renamed',
        column: name,
        message: `column ${index + 1} ${found} and is read as "${name}"`,
      });
    }
    return unique;
  });
  return { names, notes };
}

function numberedName(name: string, taken: ReadonlySet<string>, inFile: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const candidate = `${name} (${number})`;
    if (!taken.has(candidate) && !inFile.has(candidate)) return candidate;
  }
}
