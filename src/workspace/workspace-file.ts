import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nearestName } from '../cleaning/nearest-name.js';
import { TABLE_NAMES } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import { ChurnError } from '../errors.js';

const IN_DATA_FOLDER = /^\$\{CHURNLAB_DATA\}/u;
/** Beside a checkout of churnlab: where the examples' data lie unless `CHURNLAB_DATA` says otherwise. */
const DATA_BESIDE = resolve(import.meta.dirname, '../../../shared/data');
const EXTENSIONS = ['.csv', '.csv.gz', '.tsv', '.tsv.gz', '.parquet', '.jsonl', '.ndjson', '.json', '.xlsx'];

/**
 * Where a file that a configuration names lies.
 *
 * @param key the configuration's key, for the message
 * @throws ChurnError `bad-file` when it does not exist; `bad-option` when it begins with `${CHURNLAB_DATA}` and that
 * variable is not set
 */
export function locateFile(folder: string, file: string, key: string): string {
  const path = expand(folder, file, key);
  if (existsSync(path)) return path;
  const parent = resolve(path, '..');
  const nearest = existsSync(parent) ? nearestName(path.slice(parent.length + 1), readdirSync(parent)) : null;
  throw new ChurnError(
    'bad-file',
    `${key}: ${file} does not exist${nearest === null ? '' : `; nearest: "${nearest}"`}`,
    { path },
  );
}

function expand(folder: string, file: string, key: string): string {
  if (!IN_DATA_FOLDER.test(file)) return resolve(folder, file);
  const data = process.env['CHURNLAB_DATA'] ?? (existsSync(DATA_BESIDE) ? DATA_BESIDE : null);
  if (data !== null) return join(data, file.replace(IN_DATA_FOLDER, ''));
  throw new ChurnError(
    'bad-option',
    `${key}: ${file} needs the environment variable CHURNLAB_DATA, which names the folder with the data; it is not set`,
  );
}

/** The files of a folder that have a canonical table's name, by table, and the tables in none. */
export interface CanonicalFiles {
  readonly files: Readonly<Partial<Record<TableName, string>>>;
  /** Other files that might have been meant as tables. */
  readonly others: readonly string[];
}

/** @throws ChurnError `bad-file` when two files stand for one table */
export function canonicalFiles(folder: string): CanonicalFiles {
  const files: Partial<Record<TableName, string>> = {};
  const others: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const extension = EXTENSIONS.find((end) => entry.name.toLowerCase().endsWith(end));
    if (!entry.isFile() || extension === undefined) continue;
    const stem = entry.name.slice(0, -extension.length);
    const table = TABLE_NAMES.find((name) => name === stem);
    if (table === undefined) {
      if (!/^(?:churnlab\.config|package|tsconfig)$/u.test(stem)) others.push(entry.name);
      continue;
    }
    if (files[table] !== undefined) {
      throw new ChurnError(
        'bad-file',
        `${folder} has two files for ${table}: ${files[table]} and ${entry.name}; remove one, or map both in churnlab.config.ts`,
      );
    }
    files[table] = entry.name;
  }
  return { files, others };
}
