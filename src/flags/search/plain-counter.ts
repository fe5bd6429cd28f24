import { byStrength, type Conjunction, type Counter, type Found } from './counter.js';
import { BLOCK, type Dealt } from './deal.js';
import { type CountingPlan, holdsFor, NO_CONDITION, unitsOf } from './grid.js';
import { isAbove, logTable, quality } from './quality.js';

/** Looks at a conjunction and says whether one with more conditions may matter. */
type Look = (conditions: number[], rows: Int32Array) => boolean;

/** The plain twin of the kernels: rows in lists, counted one by one. */
export class PlainCounter implements Counter {
  private readonly table: Float64Array;
  private readonly units: Uint16Array;
  private readonly members: Int32Array[];
  private readonly allLeavers: number;
  private looked = 0;
  private kept: Conjunction[] = [];
  private dealt: Dealt = { dealings: 0, bits: new Uint8Array() };
  private largestOf = new Float64Array();

  constructor(private readonly plan: CountingPlan) {
    const { grid, churned } = plan;
    this.table = logTable(grid.rows);
    this.units = unitsOf(grid);
    this.members = grid.conditions.map((condition) =>
      Int32Array.from([...churned.keys()].filter((row) => holdsFor(grid, condition, row))),
    );
    this.allLeavers = this.leaversOf(Int32Array.from(churned.keys()));
  }

  search(begin: number, end: number): void {
    for (let unit = begin; unit < end; unit++) {
      const [first, second] = [this.units[2 * unit]!, this.units[2 * unit + 1]!];
      if (second !== NO_CONDITION) this.visit([first], second, this.members[first]!, this.consider);
    }
  }

  found(): Found {
    this.kept.sort(byStrength).splice(this.plan.mostKept);
    return { looked: this.looked, conjunctions: [...this.kept] };
  }

  take(dealt: Dealt): void {
    this.dealt = dealt;
    this.largestOf = new Float64Array(dealt.dealings);
  }

  permute(begin: number, end: number): void {
    for (let unit = begin; unit < end; unit++) {
      const [first, second] = [this.units[2 * unit]!, this.units[2 * unit + 1]!];
      if (second !== NO_CONDITION) this.visit([first], second, this.members[first]!, this.raise);
    }
  }

  largest(): Float64Array {
    return this.largestOf;
  }

  close(): void {}

  /** Adds a condition to a conjunction, looks at it, and goes on with later features while it is worth it. */
  private visit(conditions: number[], next: number, rows: Int32Array, look: Look): void {
    const { grid, least, depth } = this.plan;
    const added = grid.conditions[next]!;
    const inside = rows.filter((row) => holdsFor(grid, added, row));
    const joined = [...conditions, next];
    if (inside.length < least || inside.length === rows.length) return;
    if (inside.length === this.members[next]!.length) return;
    if (!look(joined, inside) || joined.length === depth) return;
    for (let later = next + 1; later < grid.conditions.length; later++) {
      if (grid.conditions[later]!.feature !== added.feature) this.visit(joined, later, inside, look);
    }
  }

  /** At best all leavers of the rows, and as few others as may be. */
  private mayHold(rows: Int32Array): boolean {
    const { grid, least, leastStrength } = this.plan;
    const leavers = this.leaversOf(rows);
    return (
      quality(this.table, grid.rows, this.allLeavers, Math.max(leavers, least), leavers) >= leastStrength
    );
  }

  private readonly consider: Look = (conditions, rows) => {
    this.looked++;
    const leavers = this.leaversOf(rows);
    const strength = Math.min(
      this.strengthIn(this.plan.grid.rows, this.allLeavers, rows.length, leavers),
      ...conditions.map((_, left) => {
        const part = this.rowsOf(conditions.filter((_, i) => i !== left));
        return this.strengthIn(part.length, this.leaversOf(part), rows.length, leavers);
      }),
    );
    if (strength >= this.plan.leastStrength)
      this.kept.push({ conditions, rows: rows.length, leavers, strength });
    return this.mayHold(rows);
  };

  private strengthIn(allRows: number, allLeavers: number, rows: number, leavers: number): number {
    return isAbove(allRows, allLeavers, rows, leavers)
      ? quality(this.table, allRows, allLeavers, rows, leavers)
      : -1;
  }

  private rowsOf([first, ...others]: number[]): Int32Array {
    const { grid } = this.plan;
    return this.members[first!]!.filter((row) =>
      others.every((other) => holdsFor(grid, grid.conditions[other]!, row)),
    );
  }

  private leaversOf(rows: Int32Array): number {
    return rows.reduce((sum, row) => sum + this.plan.churned[row]!, 0);
  }

  private readonly raise: Look = (_, rows) => {
    const { dealings, bits } = this.dealt;
    const all = this.plan.grid.rows;
    for (let dealing = 0; dealing < dealings; dealing++) {
      const block = Math.floor(dealing / BLOCK) * all * 16 + ((dealing % BLOCK) >> 3);
      let leavers = 0;
      for (const row of rows) leavers += (bits[block + row * 16]! >> (dealing & 7)) & 1;
      const reached = this.strengthIn(all, this.allLeavers, rows.length, leavers);
      if (reached > this.largestOf[dealing]!) this.largestOf[dealing] = reached;
    }
    return true;
  };
}
