import type { TextColumn } from '../tables/raw-table.js';

const FREE = -1;
/** As a signed 32-bit integer: hashes are compared with what an Int32Array gave back. */
const FNV_OFFSET = 0x811c9dc5 | 0;
/** Shorter strings are copied by `substring`; longer ones would keep the whole parent string alive. */
const COPIED_BELOW = 13;
const ARENA_KEPT_BYTES = 1 << 20;

/**
 * Gives equal runs of bytes equal codes, in order of first appearance, and turns them into text once each.
 *
 * A hash table over the raw bytes: a chunk of a million cells makes strings only for its distinct ones.
 * The bytes must be valid UTF-8.
 */
export class TextDictionary {
  private slots = new Int32Array(256).fill(FREE);
  private hashes = new Int32Array(128);
  /** Level `i` is `arena[offsets[i] … offsets[i + 1])`. */
  private offsets = new Int32Array(129);
  private arena = Buffer.allocUnsafeSlow(1024);
  private count = 0;
  private highBits = 0;

  /** The code of `bytes[from … to)`. */
  code(bytes: Uint8Array, from: number, to: number): number {
    let hash = FNV_OFFSET;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const level = this.slots[slot]!;
      if (level === FREE) return this.add(bytes, from, to, hash, slot);
      if (this.hashes[level] === hash && this.holds(level, bytes, from, to)) return level;
      slot = (slot + 1) & mask;
    }
  }

  /** The distinct texts by code. */
  levels(): string[] {
    const levels = new Array<string>(this.count);
    const encoding = this.highBits > 127 ? 'utf8' : 'latin1';
    const whole = encoding === 'latin1' ? this.arena.toString(encoding, 0, this.offsets[this.count]) : '';
    for (let level = 0; level < this.count; level++) {
      const from = this.offsets[level]!;
      const to = this.offsets[level + 1]!;
      levels[level] =
        encoding === 'latin1' && to - from < COPIED_BELOW
          ? whole.substring(from, to)
          : this.arena.toString(encoding, from, to);
    }
    return levels;
  }

  /** Forgets every level, for the next chunk. */
  clear(): void {
    this.slots.fill(FREE);
    this.count = 0;
    this.highBits = 0;
    if (this.arena.length > ARENA_KEPT_BYTES) this.arena = Buffer.allocUnsafeSlow(1024);
  }

  private holds(level: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { arena, offsets } = this;
    const start = offsets[level]!;
    if (offsets[level + 1]! - start !== to - from) return false;
    const shift = start - from;
    for (let at = from; at < to; at++) if (arena[at + shift] !== bytes[at]) return false;
    return true;
  }

  private add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const level = this.count++;
    const start = level === 0 ? 0 : this.offsets[level]!;
    this.reserve(level, start + to - from);
    this.slots[slot] = level;
    this.hashes[level] = hash;
    const shift = start - from;
    const arena = this.arena;
    let highBits = this.highBits;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      highBits |= byte;
      arena[at + shift] = byte;
    }
    this.highBits = highBits;
    this.offsets[level] = start;
    this.offsets[level + 1] = start + to - from;
    if (this.count * 2 > this.slots.length) this.rehash();
    return level;
  }

  private reserve(level: number, bytes: number): void {
    if (bytes > this.arena.length) {
      const arena = Buffer.allocUnsafeSlow(Math.max(bytes, this.arena.length * 2));
      this.arena.copy(arena);
      this.arena = arena;
    }
    if (level < this.hashes.length) return;
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const offsets = new Int32Array(hashes.length + 1);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(FREE);
    const mask = slots.length - 1;
    for (let level = 0; level < this.count; level++) {
      const hash = this.hashes[level]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== FREE) slot = (slot + 1) & mask;
      slots[slot] = level;
    }
    this.slots = slots;
  }
}

/** A text column in the making: codes for up to `capacity` rows. */
export class TextColumnBuilder {
  readonly codes: Int32Array;
  readonly dictionary = new TextDictionary();

  constructor(
    readonly name: string,
    capacity: number,
  ) {
    this.codes = new Int32Array(capacity);
  }

  /** The first `rows` rows as a column; the builder starts anew. */
  take(rows: number): TextColumn {
    const column: TextColumn = {
      kind: 'text',
      name: this.name,
      codes: this.codes.slice(0, rows),
      levels: this.dictionary.levels(),
    };
    this.dictionary.clear();
    return column;
  }
}
