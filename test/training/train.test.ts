import { describe, expect, it } from 'vitest';
import type { RawTable } from '../../src/tables/raw-table.js';
import type { TrainInput } from '../../src/training/learn.js';
import type { TrainOptions } from '../../src/training/options.js';
import { train } from '../../src/training/train.js';
import { customerRows, withColumn } from '../cli/customers.js';
import { rawTable } from '../raw-table-fixture.js';

const roles = { target: 'churned', id: 'id', timeBudgetSeconds: 1 };

function inputOf(rows: readonly (readonly string[])[], change: Partial<TrainInput> = {}): TrainInput {
  const raw: RawTable = rawTable(rows.map((row) => row.join(',')).join('\n'));
  return { raw, file: 't.csv', sha256: '', read: raw.rows, rejects: [], notes: [], ...change };
}
const trainOn = (rows: readonly (readonly string[])[], options: Partial<TrainOptions> = {}) =>
  train(inputOf(rows), { ...roles, ...options });

/** With at most a hundred rows or so the card's top accounts are all that were held back. */
const heldBackIds = ({ card }: Awaited<ReturnType<typeof train>>) =>
  new Set(card.topAccounts.map(({ id }) => id));

/** The rows with a column more. */
const widened = (rows: readonly (readonly string[])[], name: string, cell: (row: number) => string) =>
  rows.map((cells, i) => [...cells.slice(0, -1), i === 0 ? name : cell(i - 1), cells.at(-1)!]);

describe('the held-back part', () => {
  it('has whole groups alone', async () => {
    const rows = widened(customerRows(70), 'region', (row) => `r${(row * 7) % 23}`);
    const training = await trainOn(rows, { group: 'region' });
    const held = heldBackIds(training);
    expect(held.size).toBe(training.card.split.heldBackRows);
    const sides = new Map<string, Set<boolean>>();
    for (const [id, , , , , region] of rows.slice(1)) {
      sides.set(region!, (sides.get(region!) ?? new Set()).add(held.has(id!)));
    }
    expect([...sides.values()].filter((both) => both.size === 2)).toEqual([]);
    expect(training.recipe.features.map(({ name }) => name)).not.toContain('region');
  });

  it('by time is all at or after the cut, and everything else before it', async () => {
    const rows = customerRows(100);
    const training = await trainOn(rows, { time: 'since' });
    const held = heldBackIds(training);
    const cut = training.card.split.heldBackFrom!.slice(0, 10);
    expect(held).toEqual(
      new Set(
        rows
          .slice(1)
          .filter((row) => row[4]! >= cut)
          .map(([id]) => id),
      ),
    );
    expect(training.card.split).toMatchObject({ kind: 'time', column: 'since', heldBackRows: held.size });
  });

  it('by time and group leaves later rows of known groups out, and says how many', async () => {
    const [header, ...rows] = customerRows(160);
    const sorted = [header!, ...rows.sort((a, b) => (a[4]! < b[4]! ? -1 : 1))];
    // Groups of four neighbours in time, but three late rows belong to an early group.
    const late = new Set([135, 145, 155]);
    const grouped = widened(sorted, 'region', (row) => `r${late.has(row) ? 0 : row >> 2}`);
    const { card } = await trainOn(grouped, { time: 'since', group: 'region' });
    expect(card.data.kept - card.split.trainingRows - card.split.heldBackRows).toBe(3);
    expect(card.notes.find(({ kind }) => kind === 'straddling-groups')?.message).toMatch(
      /^3 later rows .*"region"/,
    );
  });

  it('has both of two equal rows or neither', async () => {
    const [header, ...rows] = customerRows(40).map((row) => row.slice(1));
    const training = await trainOn([header!, ...rows, ...rows], { id: null });
    expect(training.card.data.duplicates).toBe(40);
    // Without an id, accounts go by their row numbers.
    const held = [...heldBackIds(training)].map(Number).sort((a, b) => a - b);
    expect(held).toHaveLength(training.card.split.heldBackRows);
    expect(held.filter((row) => row > 40)).toEqual(held.filter((row) => row <= 40).map((row) => row + 40));
  });
});

describe('a planted leak', () => {
  const rows = widened(customerRows(120), 'exit_form', (row) => (row % 11 === 0 ? 'open' : '')).map(
    (cells, i) => (i > 0 && cells.at(-1) === 'yes' ? [...cells.slice(0, -2), 'sent', 'yes'] : cells),
  );

  it('is left out and named', async () => {
    const { card, recipe } = await trainOn(rows);
    expect(card.leaks).toMatchObject([{ column: 'exit_form', action: 'left-out' }]);
    expect(card.leaks[0]!.message).toMatch(/exit_form/);
    expect(recipe.features.map(({ name }) => name)).not.toContain('exit_form');
    expect(recipe.leftOut).toContainEqual({ name: 'exit_form', reason: 'leak' });
  });

  it('stays when it is allowed, still named', async () => {
    const { card, recipe } = await trainOn(rows, { allow: ['exit_form'] });
    expect(card.leaks).toMatchObject([{ column: 'exit_form', action: 'allowed' }]);
    expect(recipe.features.map(({ name }) => name)).toContain('exit_form');
    expect(card.evaluation.auc.value).toBeGreaterThan(0.95);
  });
});

describe('counts', () => {
  it('read = kept + rejected, also beyond the rejects that are listed', async () => {
    const rows = customerRows(100);
    rows[7]![2] = 'many';
    rows[9]![5] = '';
    const listed = [{ rowNumber: 101, column: null, value: null, reason: 'has 2 cells' }];
    const { card, rejects } = await train(inputOf(rows, { read: 105, rejects: listed }), roles);
    expect(card.data).toMatchObject({ read: 105, kept: 98, rejected: 7 });
    expect(card.split.trainingRows + card.split.heldBackRows).toBe(98);
    expect(rejects.map(({ rowNumber }) => rowNumber)).toEqual([7, 9, 101]);
  });

  it('predicts about as many leavers as left among held-back rows', async () => {
    const { card } = await trainOn(customerRows(800));
    const { predicted, actual, ratio } = card.evaluation.expectedCount;
    expect(card.verdict.kind).toBe('signal');
    expect(predicted / actual).toBeCloseTo(ratio.value, 9);
    expect(ratio.value).toBeGreaterThan(0.8);
    expect(ratio.value).toBeLessThan(1.25);
  });
});

describe('the seed', () => {
  it('makes the model: the same one the same, another one another, of the same rows', async () => {
    const rows = customerRows(60);
    const [first, again, other] = [
      await trainOn(rows, { seed: 1 }),
      await trainOn(rows, { seed: 1 }),
      await trainOn(rows, { seed: 2 }),
    ];
    expect(again).toEqual(first);
    expect(other.card.data).toEqual(first.card.data);
    expect(heldBackIds(other)).not.toEqual(heldBackIds(first));
    expect(other.card.candidates).not.toEqual(first.card.candidates);
  });
});

describe('train refuses', () => {
  const rows = customerRows(60);
  it.each([
    ['to allow what is not there', { allow: ['usage'] }, 'missing-column', /"usage".*did you mean "use"/],
    [
      'one column as target and id',
      { id: 'churned' },
      'bad-option',
      /target and id both name column "churned"/,
    ],
    ['fewer than five groups', { group: 'plan' }, 'too-few-rows', /"plan" has 3 groups where at least 5/],
  ])('%s', async (_, options, code, message) => {
    await expect(trainOn(rows, options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('churned accounts in one group alone', async () => {
    const grouped = withColumn(customerRows(100), 'plan', (_, row) => `g${row % 8}`);
    const twoLeave = withColumn(grouped, 'churned', (_, row) => (row % 8 < 2 ? 'yes' : 'no'));
    await expect(trainOn(twoLeave, { group: 'plan' })).rejects.toMatchObject({
      code: 'too-few-rows',
      message: expect.stringMatching(/in at least 2 groups each/),
    });
  });

  it('too few rows, and says why others were set aside', async () => {
    const noId = withColumn(rows, 'id', (cell, row) => (row < 45 ? '' : cell));
    await expect(trainOn(noId)).rejects.toMatchObject({
      code: 'too-few-rows',
      message: expect.stringMatching(/at least 10 .* 45 rows set aside \(in 45 the id is missing\)/),
    });
  });
});
