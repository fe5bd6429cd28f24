// What the kernels of conjunctions find where in the memory that they share with JavaScript: read by both compilers,
// so nothing but plain enums of whole numbers. The control block is that of `layout.ts`.

/** The arguments, eight bytes each. Addresses are in bytes. */
export enum Count {
  Rows,
  Leavers,
  /** Fewest rows of a conjunction that is looked at. */
  Least,
  /** Most conditions of a conjunction. */
  Depth,
  Conditions,
  /** One entry per condition, in order of their features. */
  ConditionTable,
  /** Bits of all conditions, `RowBytes` each: leavers first, then from `LeaverBytes` on those who stayed. */
  Bits,
  LeaverBytes,
  RowBytes,
  /** x ln x for x from 0 to `Rows`. */
  LogTable,
  /** Units of work: a pair of conditions, or one (the other is 65535); two bytes each. */
  Units,
  /** Units from `Begin` to below `End` are done. */
  Begin,
  End,
  /** A block of `Thread` for each thread, `ThreadBytes` apart. */
  Threads,
  ThreadBytes,

  /** Strength from which a conjunction is kept. */
  LeastStrength,
  /** Conjunctions that a thread keeps at most, the strongest. */
  MostKept,

  Features,
  /** One entry per feature. */
  FeatureTable,
  Permutations,
  /** Blocks of 128 permutations; the last may have some that are dealt nothing. */
  Blocks,
  /** One bit per permutation, sixteen bytes a row, block after block: 1 where the row is dealt a leaving. */
  Dealt,
}

/** A condition: a range of its feature's bins. */
export enum ConditionEntry {
  Feature = 0,
  /** First bin, and the one after the last. */
  From = 2,
  To = 4,
  Rows = 8,
  Leavers = 12,
  Size = 16,
}

export enum FeatureEntry {
  /** Bits of each bin in turn, `RowBytes` each; bin 0 is a missing value. */
  Bins = 0,
  /** Bins in use, the one for missing values included. */
  BinCount = 4,
  /** First condition, and the one after the last. */
  From = 6,
  To = 8,
  Size = 12,
}

/** What a thread keeps to itself. */
export enum Thread {
  /** Conjunctions looked at; two words. */
  Looked = 0,
  /** Conjunctions kept: a heap, the weakest on top. */
  Kept = 8,
  /** Address of the heap. */
  Heap = 12,
  /** Bits of the conjunctions above the one at hand, `RowBytes` each. */
  Above = 16,
  /** Two lists of rows: of the node at hand, and of one feature's bins. */
  Lists = 20,
  /** For each node above and at hand, where each bin of a feature begins among its rows. */
  BinStarts = 24,
  /** Counts of all permutations of a block, bit by bit: of each node above, of each bin, of all bins up to it, one more. */
  Planes = 28,
  /** For each permutation the largest quality of any conjunction. */
  Largest = 32,
  /** The least of these: whatever does not exceed it changes nothing. */
  Smallest = 40,
  /** For each number of rows, from how many leavers on the quality exceeds a threshold, and which threshold. */
  Exceeding = 48,
  /** Which threshold that was: it grows with `Smallest`. */
  Version = 52,
  Size = 64,
}

/** A conjunction that is kept. */
export enum Kept {
  Strength = 0,
  Rows = 8,
  Leavers = 12,
  /** Four conditions of two bytes each; 65535 where there is none. */
  Conditions = 16,
  Size = 24,
}

export enum Plane {
  /** Bits of a count: up to a million rows and more. */
  Bits = 24,
  /** Bytes of one count of 128 permutations. */
  Size = 384,
  /** Bins of a feature at most. */
  Bins = 64,
}
