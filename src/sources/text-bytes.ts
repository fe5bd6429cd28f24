import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { badFile, readFailure } from './bad-file.js';

/** How much of a file is looked at before it is read: enough for a header of thousands of columns. */
export const HEAD_BYTES = 1 << 20;
const PIECE_BYTES = 1 << 20;

/** The beginning of something, and whether that is all of it. */
export interface Head {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/**
 * The first megabyte of a file as it lies on the disk.
 *
 * @throws ChurnError `bad-file` when it is missing, a folder, unreadable or has no bytes.
 */
export async function fileHead(path: string): Promise<Head> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw badFile(path, 'is a folder where a file with a table is needed');
    if (!found.isFile())
      throw badFile(path, 'is a pipe or device, which cannot be read twice; save it as a file first');
    const file = await open(path);
    try {
      const bytes = Buffer.alloc(HEAD_BYTES);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(bytes, length, HEAD_BYTES - length);
        length += bytesRead;
        if (bytesRead === 0 || length === HEAD_BYTES) break;
      }
      if (length === 0) throw badFile(path, 'is empty');
      return { bytes: bytes.subarray(0, length), isWhole: length < HEAD_BYTES };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readFailure(path, error);
  }
}

/** The first megabyte of a file's text, as `textBytes` gives it. */
export async function textHead(path: string, gzip: boolean): Promise<Head> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of textBytes(path, gzip)) {
    pieces.push(piece);
    length += piece.length;
    if (length > HEAD_BYTES) break;
  }
  return { bytes: Buffer.concat(pieces).subarray(0, HEAD_BYTES), isWhole: length <= HEAD_BYTES };
}

/**
 * A text file as a stream of UTF-8 bytes: unpacked, without its byte order mark, and with UTF-16 (known by
 * its mark, as Excel's "Unicode text" has it) rewritten. Bytes that are not valid UTF-8 pass through.
 *
 * @throws ChurnError `bad-file` when the file cannot be read or unpacked.
 */
export async function* textBytes(path: string, gzip: boolean): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const stream: Readable = gzip ? pipeline(file, createGunzip({ chunkSize: PIECE_BYTES }), () => {}) : file;
  let start: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      let bytes: Buffer = piece;
      if (start) {
        start = Buffer.concat([start, piece]);
        if (start.length < 3) continue;
        decoder = utf16Decoder(start);
        bytes = decoder ? start : withoutMark(start);
        start = null;
      }
      yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes;
    }
    if (start && start.length > 0) yield start;
  } catch (error) {
    throw readFailure(path, error);
  } finally {
    file.destroy();
  }
}

function utf16Decoder(start: Buffer): TextDecoder | null {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le');
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder('utf-16be');
  return null;
}

function withoutMark(start: Buffer): Buffer {
  const isMarked = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
  return isMarked ? start.subarray(3) : start;
}
