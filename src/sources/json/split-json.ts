import { isUtf8 } from 'node:buffer';
import { badFile } from '../bad-file.js';
import { ByteWindow, LONGEST_RECORD_BYTES } from '../byte-window.js';
import { LINE_FEED } from '../delimited/split-record.js';
import { textBytes } from '../text-bytes.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];
const ARRAY_OPEN = 0x5b;
const ARRAY_CLOSE = 0x5d;

/** How records lie in a JSON file: one a line, or as the elements of one array. */
export type JsonLayout = 'lines' | 'array';

/** The text of one record; `isValid` says whether its bytes were UTF-8. */
export interface JsonText {
  readonly text: string;
  readonly isValid: boolean;
}

/**
 * The records of a JSON file in batches, not yet parsed; blank lines are none.
 *
 * @throws ChurnError `bad-file` when an array is not closed or something follows it.
 */
export async function* jsonTexts(path: string, layout: JsonLayout): AsyncGenerator<JsonText[]> {
  const window = new ByteWindow(textBytes(path, false), LINE_FEED);
  const splitter = layout === 'lines' ? new LineSplitter() : new ArraySplitter(path);
  try {
    while (await window.fill()) {
      yield splitter.split(window);
      if (window.isFull) throw badFile(path, `has a record longer than ${LONGEST_RECORD_BYTES >> 20} MB`);
    }
    splitter.end();
  } finally {
    await window.close();
  }
}

interface Splitter {
  /** Takes all whole records out of the window. */
  split(window: ByteWindow): JsonText[];
  /** Called when no more bytes will come. */
  end(): void;
}

class LineSplitter implements Splitter {
  split(window: ByteWindow): JsonText[] {
    const texts: JsonText[] = [];
    const bytes = window.bytes.subarray(0, window.end);
    for (;;) {
      const lineEnd = bytes.indexOf(LINE_FEED, window.start);
      if (lineEnd < 0) return texts;
      pushText(texts, bytes, window.start, lineEnd, window.isClean);
      window.start = lineEnd + 1;
    }
  }

  end(): void {}
}

/** Finds the elements of the outermost array by the depth of brackets outside of strings; a last comma is forgiven. */
class ArraySplitter implements Splitter {
  private state: 'before' | 'inside' | 'after' = 'before';

  constructor(private readonly path: string) {}

  split(window: ByteWindow): JsonText[] {
    const texts: JsonText[] = [];
    if (this.state === 'before') this.open(window);
    while (this.state === 'inside') {
      const end = elementEnd(window.bytes, window.start, window.end);
      if (end < 0) return texts;
      const isLast = window.bytes[end] === ARRAY_CLOSE;
      const before = texts.length;
      pushText(texts, window.bytes, window.start, end, false);
      if (texts.length === before && !isLast) texts.push({ text: '', isValid: true });
      window.start = end + 1;
      if (isLast) this.state = 'after';
    }
    if (this.state === 'after') this.expectNothing(window);
    return texts;
  }

  end(): void {
    if (this.state === 'inside') throw badFile(this.path, 'is cut short: its JSON array is never closed');
  }

  private open(window: ByteWindow): void {
    while (window.start < window.end && isSpace(window.bytes[window.start]!)) window.start++;
    if (window.start === window.end) return;
    if (window.bytes[window.start] !== ARRAY_OPEN)
      throw badFile(this.path, 'does not hold a JSON array of objects');
    window.start++;
    this.state = 'inside';
  }

  private expectNothing(window: ByteWindow): void {
    while (window.start < window.end && isSpace(window.bytes[window.start]!)) window.start++;
    if (window.start < window.end) throw badFile(this.path, 'is damaged: text follows its JSON array');
  }
}

/** Where the element that begins at `from` ends: the comma or bracket after it; −1 when it is not all there. */
function elementEnd(bytes: Uint8Array, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at++;
      while (at < to && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    } else if (depth === 0 && (byte === COMMA || byte === ARRAY_CLOSE)) {
      return at;
    } else if (OPEN.includes(byte)) {
      depth++;
    } else if (CLOSE.includes(byte)) {
      depth--;
    }
  }
  return -1;
}

function pushText(texts: JsonText[], bytes: Buffer, from: number, to: number, isClean: boolean): void {
  const text = bytes.toString('utf8', from, to).trim();
  if (text !== '') texts.push({ text, isValid: isClean || isUtf8(bytes.subarray(from, to)) });
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
