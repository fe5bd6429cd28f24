import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { ChurnError } from '../../src/errors.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import type { Contributions, TrainingSet } from '../../src/models/model.js';
import { type Column, makeTable, type Table, takeRows, withoutColumns } from '../../src/tables/table.js';

/** One model family, as the laws need it. */
export interface ModelFamily<Fitted> {
  readonly fit: (train: TrainingSet, random: Random) => Fitted | Promise<Fitted>;
  readonly predict: (fitted: Fitted, table: Table) => Float64Array;
  readonly schema: ZodType<Fitted>;
  readonly contributions?: (fitted: Fitted, table: Table) => Contributions;
  /** How far baseline plus pushes may be from the score. */
  readonly pushesWithin?: number;
  /**
   * How far scores may differ between integer weights and repeated rows; left out where the family does
   * not promise that they agree.
   */
  readonly weightsWithin?: number;
}

/**
 * What every model obeys. The fit sees numbers and categories with missing cells, a column of one value,
 * and a column that is mostly missing.
 */
export function describeModelLaws<Fitted>(name: string, family: ModelFamily<Fitted>): void {
  const { fit: learn, predict, schema, contributions } = family;
  const train = lawTrainingSet(400, seededRandom(11));
  const fitOnce = remember(() => learn(train, seededRandom(5)));

  describe(`laws: ${name}`, () => {
    it('gives one finite score per row, in order', async () => {
      const fitted = await fitOnce();
      const scores = predict(fitted, train.table);
      expect(scores).toBeInstanceOf(Float64Array);
      expect(scores).toHaveLength(train.table.rows);
      expect(scores.every(Number.isFinite)).toBe(true);
      const reversed = Int32Array.from({ length: train.table.rows }, (_, i) => train.table.rows - 1 - i);
      expect(predict(fitted, takeRows(train.table, reversed))).toEqual(scores.toReversed());
    });

    it('scores a row alone as in company, and no row at all', async () => {
      const fitted = await fitOnce();
      const scores = predict(fitted, train.table);
      for (const row of [0, 17, 399]) {
        expect(predict(fitted, takeRows(train.table, [row]))[0]).toBe(scores[row]);
      }
      expect(predict(fitted, takeRows(train.table, []))).toHaveLength(0);
    });

    it('ignores extra columns and their order', async () => {
      const fitted = await fitOnce();
      const extra: Column = { kind: 'number', name: 'extra', values: new Float64Array(400).fill(NaN) };
      const shuffled = makeTable([extra, ...train.table.columns.toReversed()]);
      expect(predict(fitted, shuffled)).toEqual(predict(fitted, train.table));
    });

    it('reads a category by its level, not by its code', async () => {
      const fitted = await fitOnce();
      const columns = train.table.columns.map(withReversedLevels);
      expect(predict(fitted, makeTable(columns))).toEqual(predict(fitted, train.table));
    });

    it('scores the same after a trip through JSON and its schema', async () => {
      const fitted = await fitOnce();
      const back = schema.parse(JSON.parse(JSON.stringify(fitted)));
      expect(back).toEqual(fitted);
      expect(predict(back, train.table)).toEqual(predict(fitted, train.table));
    });

    it('has a schema that refuses a field it does not know', async () => {
      const fitted = await fitOnce();
      expect(schema.safeParse({ ...fitted, surprise: 1 }).success).toBe(false);
    });

    it('is the same model for the same rows and seed, and leaves its input alone', async () => {
      const first = await fitOnce();
      const again = lawTrainingSet(400, seededRandom(11));
      expect(JSON.stringify(await learn(again, seededRandom(5)))).toBe(JSON.stringify(first));
      expect(again).toEqual(lawTrainingSet(400, seededRandom(11)));
    });

    it('scores unseen categories, missing cells and values far outside', async () => {
      const fitted = await fitOnce();
      const strange = makeTable(train.table.columns.map(strangeColumn));
      const scores = predict(fitted, strange);
      expect(scores).toHaveLength(4);
      expect(scores.every(Number.isFinite)).toBe(true);
    });

    it('throws missing-column when a feature is absent, and bad-table when its kind changed', async () => {
      const fitted = await fitOnce();
      expect(codeOf(() => predict(fitted, withoutColumns(train.table, new Set(['plan']))))).toBe(
        'missing-column',
      );
      const numbers = new Float64Array(400);
      const changed = train.table.columns.map(
        (column): Column =>
          column.name === 'plan' ? { kind: 'number', name: 'plan', values: numbers } : column,
      );
      expect(codeOf(() => predict(fitted, makeTable(changed)))).toBe('bad-table');
    });

    it('refuses to learn from one outcome or from no row', async () => {
      const stayed = { ...train, churned: new Uint8Array(400) };
      await expect(async () => learn(stayed, seededRandom(5))).rejects.toMatchObject({ code: 'bad-target' });
      const none = { table: takeRows(train.table, []), churned: new Uint8Array(0), weights: null };
      await expect(async () => learn(none, seededRandom(5))).rejects.toMatchObject({ code: 'too-few-rows' });
    });

    it.each(contributions ? [contributions] : [])(
      'explains each score as baseline plus one push per feature',
      async (explain) => {
        const fitted = await fitOnce();
        const scores = predict(fitted, train.table);
        const { features, baseline, values } = explain(fitted, train.table);
        expect(features).toEqual(train.table.columns.map((column) => column.name));
        expect(values).toHaveLength(scores.length * features.length);
        const worst = scores.reduce((most, score, row) => {
          const pushes = values.subarray(row * features.length, (row + 1) * features.length);
          return Math.max(most, Math.abs(baseline + pushes.reduce((a, b) => a + b, 0) - score));
        }, 0);
        expect(worst).toBeLessThan(family.pushesWithin ?? 1e-9);
      },
    );

    const within = family.weightsWithin ?? [];
    it.each([within].flat())('treats a row of weight 2 as two rows, and weight 0 as none', async (most) => {
      const weights = Float64Array.from(train.churned, (_, row) => row % 3);
      const repeated = Int32Array.from(
        [...weights].flatMap((weight, row) => new Array<number>(weight).fill(row)),
      );
      const byWeight = await learn({ ...train, weights }, seededRandom(5));
      const byRows = await learn(
        {
          table: takeRows(train.table, repeated),
          churned: Uint8Array.from(repeated, (row) => train.churned[row]!),
          weights: null,
        },
        seededRandom(5),
      );
      const expected = predict(byRows, train.table);
      const worst = predict(byWeight, train.table).reduce(
        (most, score, row) => Math.max(most, Math.abs(score - expected[row]!)),
        0,
      );
      expect(worst).toBeLessThan(most);
    });
  });
}

/** Accounts whose plan, tenure and tickets drive churn; `noise` and the rest do not. */
export function lawTrainingSet(rows: number, random: Random): TrainingSet {
  const tenure = new Float64Array(rows);
  const tickets = new Float64Array(rows);
  const noise = new Float64Array(rows);
  const survey = new Float64Array(rows).fill(NaN);
  const plan = new Int32Array(rows);
  const region = new Int32Array(rows);
  const churned = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    tenure[row] = random.integer(72);
    tickets[row] = random.uniform() < 0.1 ? NaN : random.integer(6);
    noise[row] = random.normal() * 1e5;
    if (random.uniform() < 0.1) survey[row] = random.normal();
    plan[row] = random.integer(3);
    region[row] = random.uniform() < 0.05 ? -1 : random.integer(4);
    const tense = Number.isNaN(tickets[row]) ? 1 : tickets[row]! * 0.5;
    const score = 1 - 0.06 * tenure[row]! + tense - [0, 1, 2][plan[row]!]!;
    churned[row] = random.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }
  const table = makeTable([
    { kind: 'number', name: 'tenure', values: tenure },
    { kind: 'number', name: 'tickets', values: tickets },
    { kind: 'number', name: 'noise', values: noise },
    { kind: 'number', name: 'survey', values: survey },
    { kind: 'number', name: 'same', values: new Float64Array(rows).fill(7) },
    { kind: 'category', name: 'plan', codes: plan, levels: ['Monthly', 'Yearly', 'Two years'] },
    { kind: 'category', name: 'region', codes: region, levels: ['North', 'East', 'South', 'West'] },
    { kind: 'category', name: 'tier', codes: new Int32Array(rows), levels: ['only'] },
  ]);
  return { table, churned, weights: null };
}

/** Four rows: missing, unseen, far below and far above what was learned. */
function strangeColumn(column: Column): Column {
  return column.kind === 'number'
    ? { ...column, values: Float64Array.of(NaN, 0, -1e12, 1e12) }
    : { ...column, levels: ['never seen'], codes: Int32Array.of(-1, 0, 0, -1) };
}

function withReversedLevels(column: Column): Column {
  if (column.kind === 'number') return column;
  const last = column.levels.length - 1;
  return {
    ...column,
    levels: column.levels.toReversed(),
    codes: column.codes.map((code) => (code < 0 ? -1 : last - code)),
  };
}

function remember<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function codeOf(run: () => unknown): string | null {
  try {
    run();
  } catch (error) {
    if (error instanceof ChurnError) return error.code;
    throw error;
  }
  return null;
}
