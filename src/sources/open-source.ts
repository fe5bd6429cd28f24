import { ChurnError } from '../errors.js';
import { openDelimited } from './delimited/read-delimited.js';
import { detectFormat } from './detect-format.js';
import { openJson } from './json/read-json.js';
import { openParquet } from './parquet/read-parquet.js';
import type { Source, SourceFormat, SourceOptions } from './source.js';
import { fileHead } from './text-bytes.js';

/**
 * Opens a table: csv, tsv, csv.gz, parquet, json, jsonl or xlsx, by its extension, or by its content where the
 * extension is none of these. Close it when done.
 *
 * @throws ChurnError `bad-file` when the file is missing, a folder, empty, without rows, damaged, or not what its
 * extension says; `bad-option` when an option does not fit the file.
 * @example
 * const source = await openSource('customers.csv');
 * for await (const chunk of source.chunks()) console.log(chunk.rows);
 * await source.close();
 */
export async function openSource(path: string, options: SourceOptions = {}): Promise<Source> {
  const format = detectFormat(path, await fileHead(path));
  checkOptions(path, format, options);
  switch (format) {
    case 'parquet':
      return openParquet(path);
    case 'json':
    case 'jsonl':
      return openJson(path, format);
    case 'xlsx': {
      const { openXlsx } = await import('./xlsx/read-xlsx.js');
      return openXlsx(path, options.sheet);
    }
    default:
      return openDelimited(
        path,
        format,
        options.delimiter === undefined ? {} : { delimiter: options.delimiter },
      );
  }
}

function checkOptions(path: string, format: SourceFormat, { sheet, delimiter }: SourceOptions): void {
  if (sheet !== undefined && format !== 'xlsx') {
    throw new ChurnError(
      'bad-option',
      `openSource: sheet "${sheet}" asked of ${path}, which is ${format}, not xlsx`,
    );
  }
  if (delimiter === undefined) return;
  if (!['csv', 'tsv', 'csv.gz'].includes(format)) {
    throw new ChurnError('bad-option', `openSource: delimiter asked of ${path}, which is ${format}, not csv`);
  }
  if (!/^[\t\x20-\x7e]$/u.test(delimiter) || delimiter === '"') {
    throw new ChurnError(
      'bad-option',
      `openSource: the delimiter must be one ASCII character and no quote, found ${JSON.stringify(delimiter)}`,
    );
  }
}
