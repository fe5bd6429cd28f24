import { beforeAll, describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '../../src/contracts/catalogue.js';
import { metricsResultSchema } from '../../src/metrics/result.js';
import { cardSchema } from '../../src/training/card.js';
import { expectDone, expectRefusal, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const ZONES = ['UTC', 'Asia/Kolkata', 'America/St_Johns'];

const run = async (...args: string[]) => expectDone(await place.run(args));
const runJson = async (...args: string[]) => JSON.parse((await run(...args, '--json', '--quiet')).stdout);

beforeAll(async () => {
  await run(
    ...['simulate', '--scenario', 'many-sided', '--accounts', '200', '--months', '10', '--seed', '3'],
    ...['--out', 'company'],
  );
  await run(
    ...['train', 'company', '--horizon', '30', '--snapshots', '6', '--time-budget', '1s', '--seed', '1'],
    ...['--out', 'model', '--quiet'],
  );
});

describe('a folder of dated tables', () => {
  it('is checked: every row is accounted for, and a consistent company has no doubt', async () => {
    const checked = await runJson('check', 'company', '--out', 'checked');
    expect(checked.tables.map(({ table }: { table: string }) => table)).toEqual(TABLE_NAMES);
    for (const { read, kept, rejected } of checked.tables) expect(kept + rejected).toBe(read);
    expect(checked.doubts).toEqual([]);
    expect(place.read('checked/report.html')).toContain('<!doctype html>');
  });

  it('is measured', async () => {
    const { reconciliation, ...result } = await runJson(
      'metrics',
      'company',
      '--by',
      'segment',
      '--out',
      'm.html',
    );
    expect(metricsResultSchema.parse(result).definitions.length).toBeGreaterThanOrEqual(24);
    expect(reconciliation.steps.length).toBeGreaterThan(0);
    expect(place.has('m.html')).toBe(true);
  });

  it('lists and explains its features', async () => {
    const listed = await runJson('features', 'company');
    expect(new Set(listed.map(({ aspect }: { aspect: string }) => aspect)).size).toBe(12);
    const { sql, description } = await runJson('features', 'company', '--explain', 'days_since_usage');
    expect(description).toContain('Days since');
    expect(sql).toContain('known_usage_events');
    const wrong = await place.run(['features', 'company', '--explain', 'days_since_usag']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('"days_since_usage"');
  });

  it('trains to a card that tells what dated tables tell', () => {
    const card = cardSchema.parse(place.readJson('model/card.json'));
    const company = card.company!;
    expect(company).toMatchObject({ gapDays: 0, horizonDays: 30, rhythm: 'month', stage: null });
    expect(company.audit).toMatchObject({ passed: true, changed: [] });
    expect(company.audit.changes.some(({ rows }) => rows > 0)).toBe(true);
    expect(company.dataLeaks).toEqual([]);
    const parts = company.snapshots.map(({ part }) => part);
    expect([...parts].sort()).toEqual([
      ...parts.filter((p) => p === 'embargo'),
      ...parts.filter((p) => p === 'held-back'),
      ...parts.filter((p) => p === 'training'),
    ]);
    const lastLearned = company.snapshots.filter(({ part }) => part === 'training').at(-1)!;
    expect(Date.parse(lastLearned.snapshotAt) + 30 * 86_400_000).toBeLessThanOrEqual(
      Date.parse(card.split.heldBackFrom!),
    );
    const byStage = company.groups.filter(({ by }) => by === 'stage');
    expect(byStage.reduce((sum, { rows }) => sum + rows, 0)).toBe(card.split.heldBackRows);
    expect(company.unseenAccounts.rows).toBeLessThan(card.split.heldBackRows);
    expect(company.aspects).toHaveLength(12);
    expect(company.leadTimes.length).toBeGreaterThan(50);
  });

  it('is scored: the active accounts of a day, riskiest first, with reasons', async () => {
    const { scored } = await runJson(
      'score',
      'company',
      '--model',
      'model',
      '--out',
      's.csv',
      '--as-of',
      '2023-10-01',
    );
    const [header, ...rows] = place.read('s.csv').trim().split('\n');
    expect(header).toBe('account_id,churn_probability,reasons,flags,risk_rank');
    expect(rows).toHaveLength(scored);
    const risks = rows.map((row) => Number(row.split(',')[1]));
    expect(risks).toEqual([...risks].sort((a, b) => b - a));
    expect(rows[0]).toMatch(/higher because [A-Z][a-z ]+: /);
  });

  it('is judged on snapshots that the model did not learn from', async () => {
    const { snapshots, evaluation } = await runJson('evaluate', 'company', '--model', 'model');
    const { split } = place.readJson('model/card.json');
    expect(snapshots[0]).toBe(split.heldBackFrom.slice(0, 10));
    expect(evaluation.rows).toBe(split.heldBackRows);
  });

  it('says what churn is worth, measured or told', async () => {
    expect((await runJson('value', 'company')).facts.accounts).toBeGreaterThan(0);
    const told = await runJson('value', '--accounts', '400', '--revenue', '200000', '--churn', '0.02');
    expect(told.facts).toMatchObject({ accounts: 400, monthlyRevenueCents: 20_000_000 });
  });

  it('gives the same features in every time zone', async () => {
    for (const zone of ZONES) {
      const args = ['features', 'company', '--as-of', '2023-09-01', '--out', `${zone.replace('/', '-')}.csv`];
      expectDone(await place.run(args, { TZ: zone, LANG: 'de_DE.UTF-8' }));
    }
    const [first, ...others] = ZONES.map((zone) => place.read(`${zone.replace('/', '-')}.csv`));
    expect(first!.split('\n').length).toBeGreaterThan(50);
    for (const other of others) expect(other).toBe(first);
  });
});

describe('refusals', () => {
  const usage = async (message: RegExp, ...args: string[]) => {
    const refused = await place.run([...args, '--quiet']);
    expect(refused.stderr).toMatch(message);
    expect(refused.status).toBe(2);
  };

  it('flags that do not fit the input', async () => {
    await usage(/--target does not fit: company is a folder/, 'train', 'company', '--target', 'churned');
    place.write('t.csv', 'a,b\n1,2\n');
    await usage(
      /--horizon does not fit: t\.csv is one table/,
      'train',
      't.csv',
      '--target',
      'a',
      '--horizon',
      '9',
    );
    await usage(/required option '--target <column>'/, 'train', 't.csv');
    await usage(/the kinds of doubt are/, 'check', 'company', '--on-doubt', 'sorrow=drop');
  });

  it('what is no company', async () => {
    await expectRefusal(place, ['metrics', 't.csv'], /t\.csv is no folder of tables/);
    place.write('empty/readme.txt', 'nothing');
    await expectRefusal(place, ['check', 'empty', '--out', 'never'], /no churnlab\.config\.ts/);
  });

  it('a horizon longer than the history', async () => {
    const args = ['train', 'company', '--horizon', '2000', '--out', 'never'];
    await expectRefusal(place, args, /a shorter --horizon or a longer history helps/);
  });

  it('a snapshot after the end of what is observed', async () => {
    const args = ['score', 'company', '--model', 'model', '--out', 'n.csv', '--as-of', '2029-01-01'];
    const refused = await place.run([...args, '--quiet']);
    expect(refused.stderr).toMatch(/observed until 2023-11-01/);
    expect(refused.status).toBe(2);
  });
});
