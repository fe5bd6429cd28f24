// Where things lie in the memory that JavaScript and the kernels share: read by both compilers, so nothing but
// plain enums of whole numbers.

/** The control block at the beginning: flags between the threads, then arguments of eight bytes each. */
export enum Control {
  /** Number of the task; the flags lie a cache line apart. */
  Signal = 64,
  /** Helpers that have done their part of the task. */
  Done = 128,
  /** The next unit of the task that nobody has taken yet. */
  Next = 192,
  /** One bit for each helper that takes part, and one when no more may. */
  Gate = 256,
  /** Helpers that are up. */
  Ready = 320,
  /** Helpers that have to be woken. */
  Sleepers = 324,
  Task = 328,
  /** One bit for each helper that counted rows into a histogram of its own. */
  Counted = 332,
  Arguments = 384,
  /** Where free memory begins. */
  End = 1024,
}

/** The arguments: settings of the fit, and what the task at hand works on. Addresses are in bytes. */
export enum Slot {
  L1,
  L2,
  MinLeafRows,
  MinLeafHessian,
  CategorySmoothing,
  MinLevelRows,
  LevelPenalty,
  /** What one whole unit of a sum is worth. */
  GradientUnit,
  HessianUnit,
  WeightUnit,
  /** Low bits of the second sum that hold the weight; the Hessian is above them. */
  WeightBits,

  /** Rows in memory: those of training, then those that only follow. */
  Rows,
  TrainingRows,
  Columns,
  /** Blocks of eight columns. */
  Blocks,
  ColumnTable,
  /** Bins, all columns of a row side by side, eight to a block. */
  Bins,
  /** Bins, column after column, `ByteStride` apart. */
  Bytes,
  ByteStride,
  Scores,
  Churned,
  /** 0 when all rows weigh 1. */
  Weights,
  Statistics,
  /** For each thread, room for statistics and bins of the rows that it counts next. */
  Gathered,
  /** For each helper, a histogram of its own. */
  OwnHistograms,
  HistogramBytes,
  /** Rows, leaf after leaf. */
  RowList,
  /** As long as the list of rows. */
  Scratch,
  /** Room for ordering the levels of a category, for each thread. */
  Order,

  Begin,
  End,
  Column,
  /** One byte per bin, 1 where it goes left; of `sumRows`, where the sums go. */
  Side,
  Chunks,
  ChunkCounts,

  SmallHistogram,
  /** The parent's, which becomes the large child's; 0 at the root. */
  LargeHistogram,
  /** 0 when the leaf asks for no split. */
  SmallQuery,
  LargeQuery,

  /** Leaves that are asked one question together, each a query whose answers' address is its histogram's. */
  LevelLeaves,
  LevelList,
  /** A query for what they may be asked, and the quality to exceed. */
  LevelQuery,

  /** Newton steps beyond the first; the bounds of each leaf stand in the list of the level. */
  LeafSteps,

  /** Two ranges a leaf: rows of its sample, and rows that follow. */
  Leaves,
  LeafRanges,
  LeafValues,
  /** The leaf of each row. */
  LeafOfRow,

  BatchColumns,
  BatchTable,
  MaxBins,

  WalkRows,
  WalkWidth,
  WalkInputs,
  WalkCells,
  WalkTrees,
  WalkRoots,
  WalkNodes,
  WalkLevels,
  WalkScores,
}

/** A column: where its part of a histogram begins, its bytes, whether it is a category, monotone direction. */
export enum ColumnEntry {
  Place = 0,
  Bytes = 4,
  IsCategory = 8,
  Direction = 12,
  Size = 16,
}

/** A leaf that looks for its best split. */
export enum Query {
  /** Sums of the leaf: gradient, then Hessian and weight in one number. */
  Gradient = 0,
  Mass = 8,
  /** Quality that a split has to exceed. */
  Least = 16,
  /** Bounds of a child's value. */
  Low = 24,
  High = 32,
  /** Address of the answers, one per column. */
  Answers = 40,
  /** Address of one byte per column: 1 where the leaf may ask about it. */
  Allowed = 44,
  Size = 48,
}

/** The best split of one column. */
export enum Answer {
  /** Quality of both children; the query's least when there is no split. */
  Quality = 0,
  /** Sums of the left child. */
  Gradient = 8,
  Mass = 16,
  /** The last bin on the left of a number's split. */
  LastLeft = 24,
  MissingLeft = 28,
  /** 256 bits, 1 where a category's bin goes left. */
  Sides = 32,
  Size = 64,
}

/** A number column that is being cut into bins. */
export enum Batch {
  Column = 0,
  /** Numbers of all rows. */
  Values = 4,
  /** Room for the training rows' numbers, twice; then one byte for each. */
  Keys = 8,
  Spare = 12,
  Heavy = 16,
  Counters = 20,
  Thresholds = 24,
  /** How many thresholds there are. */
  Count = 28,
  Size = 32,
}

/** A node of a tree that is walked; the right child is next to the left one, a leaf is its own child. */
export enum Node {
  /** Of a leaf, its value; of a category's split, where its sides begin. */
  Threshold = 0,
  Left = 8,
  Feature = 12,
  Flags = 14,
  Size = 16,
}

/** Bits of a node's flags. */
export enum NodeFlag {
  Split = 1,
  MissingLeft = 2,
  Category = 4,
}

export enum Size {
  /** Columns of a block: their histograms stay in the first cache. */
  Block = 8,
  /** Rows that one thread deals to the two sides at a time. */
  Chunk = 16384,
  /** Rows that pass all blocks of columns together, so that their bins are fetched once. */
  Count = 512,
  /** Rows from which threads share the rows of a leaf and not its columns. */
  SharedRows = 8192,
  /** Rows that pass all trees together. */
  WalkUnit = 256,
  /** Bytes that ordering one column's levels takes; a thread has three times as many. */
  Order = 4096,
  /** Bytes of the counters that sorting one column takes: six digits of 2,048. */
  Counters = 49152,
}
