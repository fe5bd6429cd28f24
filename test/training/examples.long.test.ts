import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backtestCompany } from '../../src/training/backtest.js';
import type { Card } from '../../src/training/card.js';
import { type CompanyTrainOptions, trainCompany } from '../../src/training/train-company.js';
import type { Company } from '../../src/workspace/company.js';
import { openWorkspace } from '../../src/workspace/open-workspace.js';

const root = resolve(import.meta.dirname, '../..');
const data = process.env['CHURNLAB_DATA'] ?? join(root, '../shared/data');

async function withExample<Result>(
  name: string,
  use: (company: Company) => Promise<Result>,
): Promise<Result> {
  const { company, close } = await openWorkspace(join(root, 'examples', name));
  return use(company).finally(close);
}

const trainExample = (name: string, options: CompanyTrainOptions): Promise<Card> =>
  withExample(name, async (company) => {
    const { card } = await trainCompany(
      company,
      { sha256: '', notes: [] },
      { timeBudgetSeconds: 20, ...options },
    );
    expect(card.company!.audit.passed).toBe(true);
    return card;
  });

describe.skipIf(!existsSync(data))('the examples, from raw tables to the verdict', () => {
  it.each([1, 2])('ravenstack has no signal (seed %i)', async (seed) => {
    expect((await trainExample('ravenstack', { seed })).verdict.kind).toBe('no-signal');
  });

  it('socialnet7 has an AUC above one half with a wide interval, and as many leavers as expected', async () => {
    const { evaluation } = await trainExample('socialnet7', { seed: 1, horizonDays: 30, rhythm: 'week' });
    console.log('socialnet7', evaluation.auc);
    expect(evaluation.auc.high - evaluation.auc.low).toBeGreaterThan(0.1);
    expect(evaluation.auc.high).toBeGreaterThan(0.6);
    const { folds } = await withExample('socialnet7', (company) =>
      backtestCompany(company, { seed: 1, horizonDays: 30, folds: 2, timeBudgetSeconds: 10 }),
    );
    console.log(folds.map(({ snapshotAt, range, actual }) => ({ snapshotAt, ...range, actual })));
    // A range holds nine counts of ten, so two of two would fail one honest model in five: both months are asked together.
    const total = (of: (fold: (typeof folds)[number]) => number) =>
      folds.reduce((sum, fold) => sum + of(fold), 0);
    const actual = total((fold) => fold.actual);
    expect(actual).toBeGreaterThanOrEqual(total(({ range }) => range.low));
    expect(actual).toBeLessThanOrEqual(total(({ range }) => range.high));
  });

  it('telco-tables has no duration leak: nothing is too good to be true, nothing is found or left out', async () => {
    const { evaluation, company, leaks } = await trainExample('telco-tables', {
      seed: 1,
      horizonDays: 35,
      snapshots: 4,
    });
    console.log('telco-tables', evaluation.auc);
    expect(company!.dataLeaks).toEqual([]);
    expect(leaks).toEqual([]);
    expect(evaluation.auc.value).toBeGreaterThan(0.75);
    expect(evaluation.auc.value).toBeLessThan(0.9);
  });
});

it('the shop is judged by inactivity', async () => {
  const card = await trainExample('shop', { seed: 1 });
  expect(card.verdict.kind).toBe('signal');
  expect(card.company!.features.some(({ aspect }) => aspect === 'renewal')).toBe(false);
});
