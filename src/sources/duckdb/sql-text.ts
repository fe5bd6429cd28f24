import { resolve } from 'node:path';

/** A name as an SQL identifier: always quoted, so that no name can be anything else. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A path as an SQL literal that DuckDB's readers take for that one file: absolute, so that it is no URL, and with
 * `*`, `?` and `[` as character classes of themselves (there is no other way to escape them).
 */
export function quoteInputPath(path: string): string {
  return quoteText(resolve(path).replace(/[*?[]/gu, '[$&]'));
}
