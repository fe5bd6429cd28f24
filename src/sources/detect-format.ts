import { basename, extname } from 'node:path';
import { badFile } from './bad-file.js';
import type { SourceFormat } from './source.js';
import type { Head } from './text-bytes.js';

/** What the first bytes show a file to be. `text` is anything that could be a delimited table. */
export type Content = 'parquet' | 'zip' | 'gzip' | 'old-excel' | 'html' | 'pdf' | 'json' | 'binary' | 'text';

export const CONTENT_NAMES: Record<Content, string> = {
  parquet: 'a Parquet file',
  zip: 'a zip archive (as .xlsx files are)',
  gzip: 'gzip-compressed',
  'old-excel': 'an old (.xls) or password-protected Excel file',
  html: 'a web page',
  pdf: 'a PDF document',
  json: 'JSON',
  binary: 'no text',
  text: 'plain text',
};

const BY_EXTENSION: Readonly<Record<string, SourceFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.gz': 'csv.gz',
  '.parquet': 'parquet',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.xlsx': 'xlsx',
};

const CONTENT_OF: Record<SourceFormat, readonly Content[]> = {
  csv: ['text'],
  tsv: ['text'],
  'csv.gz': ['gzip'],
  parquet: ['parquet'],
  json: ['json', 'text'],
  jsonl: ['json', 'text'],
  xlsx: ['zip'],
};

/**
 * The format of a file: from its extension, or from its content where the extension says nothing.
 *
 * @throws ChurnError `bad-file` when the content is not what the extension says, or nothing that we read.
 */
export function detectFormat(path: string, head: Head): SourceFormat {
  const content = contentOf(head.bytes);
  const extension = extname(path).toLowerCase();
  const format = BY_EXTENSION[extension];
  if (!format) return formatOf(path, content, head.bytes);
  if (CONTENT_OF[format].includes(content)) return format;
  const way =
    content === 'old-excel'
      ? 'save it as .xlsx without a password'
      : content === 'binary'
        ? 'export the table anew'
        : 'rename it or export the table anew';
  throw badFile(path, `is not what its extension ${extension} says: it is ${CONTENT_NAMES[content]}; ${way}`);
}

function formatOf(path: string, content: Content, bytes: Buffer): SourceFormat {
  if (content === 'parquet') return 'parquet';
  if (content === 'zip') return 'xlsx';
  if (content === 'gzip') return 'csv.gz';
  if (content === 'text') return 'csv';
  if (content === 'json') return firstCharacter(bytes) === '[' ? 'json' : 'jsonl';
  const known = '.csv, .tsv, .csv.gz, .parquet, .json, .jsonl or .xlsx';
  throw badFile(
    path,
    `is ${CONTENT_NAMES[content]}; a table is needed (${known}), found "${basename(path)}"`,
  );
}

/** What the bytes look like, whatever the file is called. */
export function contentOf(bytes: Buffer): Content {
  const start = bytes.toString('latin1', 0, 8);
  if (start.startsWith('PAR1')) return 'parquet';
  if (start.startsWith('PK\x03\x04')) return 'zip';
  if (start.startsWith('\x1f\x8b')) return 'gzip';
  if (start.startsWith('\xd0\xcf\x11\xe0')) return 'old-excel';
  if (start.startsWith('%PDF-')) return 'pdf';
  const isUtf16 = start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff');
  if (!isUtf16 && isBinary(bytes)) return 'binary';
  const text = bytes
    .toString('latin1', 0, 1000)
    .replace(/^\xef\xbb\xbf/u, '')
    .trimStart();
  if (/^<(?:!doctype html|html|head)/iu.test(text)) return 'html';
  return /^(?:\[\s*[{\]]|\{\s*["}])/u.test(text) ? 'json' : 'text';
}

/** More than one control character in twenty bytes: nothing that people call text (also UTF-16 unmarked). */
function isBinary(bytes: Buffer): boolean {
  const looked = bytes.subarray(0, 64_000);
  let controls = 0;
  for (const byte of looked) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return controls > 8 && controls * 20 > looked.length;
}

function firstCharacter(bytes: Buffer): string {
  return bytes.toString('utf8', 0, 1000).trimStart().charAt(0);
}
