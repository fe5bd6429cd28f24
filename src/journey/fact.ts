import type { CategoryColumn, Column, NumberColumn } from '../tables/table.js';

/** A yes-or-no statement about each row. */
export interface Fact {
  readonly column: string;
  /** `plan is team`, `tickets_28d >= 3` */
  readonly words: string;
  /** 1, 0 or -1 where the column is missing. */
  readonly holds: Int8Array;
}

/** Where numbers are cut. */
const CUTS = [0.25, 0.5, 0.75];

/**
 * What a column lets one say of each row: of a category that it is a level, of a number that it reaches a quartile.
 * Where more than a quartile of the rows share the smallest number, the next one above stands in, so that rare counts
 * are cut into none and some.
 */
export function factsOf(column: Column): Fact[] {
  return column.kind === 'category' ? levelFacts(column) : cutFacts(column);
}

function levelFacts({ name, codes, levels }: CategoryColumn): Fact[] {
  const used = [...new Set(codes)].filter((code) => code >= 0).sort((a, b) => a - b);
  // Of two levels one fact says all.
  const told = used.length === 2 ? used.slice(1) : used;
  return told.map((level) => ({
    column: name,
    words: `${name} is ${levels[level]}`,
    holds: Int8Array.from(codes, (code) => (code < 0 ? -1 : Number(code === level))),
  }));
}

function cutFacts({ name, values }: NumberColumn): Fact[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const least = sorted[0];
  const cuts = CUTS.flatMap((share) => {
    const value = sorted[Math.floor(share * (sorted.length - 1))];
    const cut = value === least ? sorted.find((candidate) => candidate > least!) : value;
    return cut === undefined ? [] : [cut];
  });
  return [...new Set(cuts)].map((cut) => ({
    column: name,
    words: `${name} >= ${cut}`,
    holds: Int8Array.from(values, (value) => (Number.isNaN(value) ? -1 : Number(value >= cut))),
  }));
}
