import type { RawTable } from '../../tables/raw-table.js';
import { badFile } from '../bad-file.js';
import { tidyColumnNames } from '../column-names.js';
import { ReadCount } from '../read-count.js';
import type { Source } from '../source.js';
import { type Head, textHead } from '../text-bytes.js';
import { type ColumnKind, ValueChunk, widenKind } from '../value-columns.js';
import { parseRecord } from './parse-record.js';
import { type JsonLayout, jsonTexts } from './split-json.js';

/**
 * Opens a JSON array of objects or a file with one object a line (a `.json` file may be either). The file is
 * read once for its keys, in order of first appearance, and what they hold; then once for its rows.
 *
 * Keys that hold nothing but numbers become number columns, all others text. Records that are no object are
 * rejected. DuckDB's reader is not used: it guesses types from a sample and has no reject for a broken line.
 */
export async function openJson(path: string, format: 'json' | 'jsonl'): Promise<Source> {
  const layout = format === 'jsonl' ? 'lines' : layoutOf(await textHead(path, false));
  const kinds = await findKeys(path, layout);
  if (kinds.size === 0) {
    const needed = layout === 'lines' ? 'one JSON object a line' : 'a JSON array of objects';
    throw badFile(path, `has no rows: ${needed} is needed, and no record is an object with a key`);
  }
  const keys = new Map([...kinds.keys()].map((key, index) => [key, index]));
  const { names, notes } = tidyColumnNames([...keys.keys()]);
  let count = new ReadCount();
  return {
    path,
    format: layout === 'lines' ? 'jsonl' : 'json',
    columnNames: names,
    notes,
    chunks: () => {
      count = new ReadCount();
      const chunk = new ValueChunk(
        names,
        [...kinds.values()].map((kind) => kind ?? 'text'),
      );
      return readChunks(path, layout, keys, chunk, count);
    },
    rejects: () => count.listed,
    get rejectCount() {
      return count.rejected;
    },
    get readCount() {
      return count.read;
    },
    close: async () => {},
  };
}

function layoutOf(head: Head): JsonLayout {
  return head.bytes.toString('utf8').trimStart().startsWith('[') ? 'array' : 'lines';
}

async function findKeys(path: string, layout: JsonLayout): Promise<Map<string, ColumnKind | null>> {
  const kinds = new Map<string, ColumnKind | null>();
  for await (const texts of jsonTexts(path, layout)) {
    for (const { text, isValid } of texts) {
      const record = isValid ? parseRecord(text) : null;
      if (!record || 'fault' in record) continue;
      for (const key of Object.keys(record.cells)) {
        const kind = kinds.get(key);
        if (kind === 'text') continue;
        const widened = widenKind(kind ?? null, record.cells[key]);
        if (kind !== widened) kinds.set(key, widened);
      }
    }
  }
  return kinds;
}

async function* readChunks(
  path: string,
  layout: JsonLayout,
  keys: ReadonlyMap<string, number>,
  chunk: ValueChunk,
  count: ReadCount,
): AsyncGenerator<RawTable> {
  for await (const texts of jsonTexts(path, layout)) {
    for (const { text, isValid } of texts) {
      count.read++;
      const record = isValid ? parseRecord(text) : { fault: 'is not valid UTF-8' };
      if ('fault' in record) {
        count.reject(record.fault, text);
        continue;
      }
      for (const key of Object.keys(record.cells)) chunk.set(keys.get(key)!, record.cells[key]);
      chunk.endRow(count.read);
      if (chunk.isFull) yield chunk.take();
    }
  }
  if (chunk.rows > 0) yield chunk.take();
}
