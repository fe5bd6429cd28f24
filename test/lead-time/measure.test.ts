import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '../../src/contracts/catalogue.js';
import { featureCatalogue } from '../../src/features/catalogue.js';
import { type LeadTime, leadTimeSchema } from '../../src/lead-time/lead-time.js';
import { measureLeadTimes } from '../../src/lead-time/measure.js';
import { seededRandom } from '../../src/math/random.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';
import { SILENT_DAYS, silentCompany, USAGE_ARRIVAL_DAYS } from './silent-company.js';

const CHOSEN = [
  'usage_events_7d',
  'usage_events_28d',
  'usage_events_90d',
  'days_since_usage',
  'support_tickets_28d',
  'employees',
];
const chosenFeatures = (company: Company) =>
  featureCatalogue(company).filter(({ name }) => CHOSEN.includes(name));

async function rowCounts({ database }: Company): Promise<unknown[]> {
  return Promise.all(TABLE_NAMES.map((table) => database.value(`SELECT count(*) FROM ${table}`)));
}

describe('measureLeadTimes', () => {
  let company: Company;
  let found: LeadTime[];
  const of = (feature: string) => found.find((one) => one.feature === feature)!;

  beforeAll(async () => {
    company = await silentCompany();
    const before = await rowCounts(company);
    found = await measureLeadTimes(company, chosenFeatures(company), {
      random: seededRandom(1),
      rhythm: 'month',
    });
    expect(await rowCounts(company)).toEqual(before);
  });
  afterAll(() => company.database.close());

  it('finds the day on which all leavers fell silent, counted from the fact and not from its arrival', () => {
    for (const feature of ['usage_events_28d', 'usage_events_90d', 'days_since_usage']) {
      const { tells, leadDays } = of(feature);
      expect(tells).toBe('from-onset');
      expect(Math.abs(leadDays!.value - SILENT_DAYS), feature).toBeLessThanOrEqual(6);
      expect(leadDays!.low).toBeLessThanOrEqual(SILENT_DAYS);
      expect(leadDays!.high).toBeGreaterThanOrEqual(SILENT_DAYS - 4);
    }
    expect(of('usage_events_28d').leaversHave).toBe('less');
    expect(of('days_since_usage').leaversHave).toBe('more');
  });

  it('takes arrival and the wait for the next snapshot off the lead', () => {
    const { leadDays, arrivalDays, flagDays, daysToAct } = of('usage_events_28d');
    expect(arrivalDays).toBe(USAGE_ARRIVAL_DAYS);
    expect(flagDays).toBeCloseTo(15.22, 2);
    expect(daysToAct).toBeCloseTo(leadDays!.value - USAGE_ARRIVAL_DAYS - 15.22, 2);
  });

  it('sees nothing in a week of usage that is known only after three', () => {
    expect(of('usage_events_7d')).toMatchObject({ tells: 'never', leadDays: null });
  });

  it('does not see tickets that arrived after leaving, nor what has no bearing', () => {
    expect(of('support_tickets_28d')).toMatchObject({ tells: 'never', leadDays: null, daysToAct: null });
    expect(of('employees')).toMatchObject({ tells: 'never', leaversHave: null });
  });

  it('gives AUC and lift by days before leaving', () => {
    const { curve, leavers } = of('usage_events_28d');
    expect(leavers).toBe(150);
    expect(curve.map(({ daysBefore }) => daysBefore)).toEqual(
      Array.from({ length: 27 }, (_, week) => 7 * week),
    );
    const at = (day: number) => curve.find(({ daysBefore }) => daysBefore === day)!;
    // Of the 28 days the last 20 are not known yet. In the other 8 leavers were silent, stayers with a chance of (2/3)⁸.
    expect(at(28).auc.value).toBeCloseTo((2 / 3) ** 8 / 2, 1);
    expect(at(28).lift).toBeGreaterThan(3);
    expect(at(84).auc.low).toBeLessThan(0.5);
    expect(at(84).auc.high).toBeGreaterThan(0.5);
  });

  it('puts the longest lead first and what never tells last; results keep to their schema', () => {
    expect(found.map(({ tells }) => tells)).toEqual([...found.map(({ tells }) => tells)].sort());
    for (const one of found) expect(leadTimeSchema.parse(one)).toEqual(one);
  });

  it('gives the same for the same seed, on fewer leavers when asked', async () => {
    const features = chosenFeatures(company).filter(({ name }) => name === 'usage_events_28d');
    const again = () =>
      measureLeadTimes(company, features, {
        random: seededRandom(3),
        rhythm: 'week',
        gridDays: [0, 14, 28, 42, 56, 70, 84, 98],
        leavers: 60,
      });
    const first = await again();
    expect(await again()).toEqual(first);
    expect(first[0]).toMatchObject({ leavers: 60, tells: 'from-onset' });
  });

  it('is not confused by the company’s own tables afterwards', async () => {
    expect(await company.database.value('SELECT current_schema()')).toBe('main');
    expect(
      await company.database.value(`SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'aligned'`),
    ).toBe(0);
  });
});

it('has nothing to say of a company that nobody left', async () => {
  const company = await makeCompany({
    accounts: [{ account_id: 'a', created_at: '2024-01-01' }],
    subscriptions: [{ subscription_id: 's', account_id: 'a', started_at: '2024-01-01', mrr_cents: 100 }],
  });
  const features = featureCatalogue(company).filter(({ name }) => name === 'seats');
  expect(
    await measureLeadTimes(company, features, { random: seededRandom(1), rhythm: 'week' }),
  ).toMatchObject([{ feature: 'seats', leavers: 0, curve: [], tells: 'never' }]);
  await expect(
    measureLeadTimes(company, features, { random: seededRandom(1), rhythm: 'week', leavers: 0 }),
  ).rejects.toMatchObject({ code: 'bad-option' });
  await expect(
    measureLeadTimes(company, features, { random: seededRandom(1), rhythm: 'week', gridDays: [0, 14, 7] }),
  ).rejects.toThrow(/rise from 0 or more, found 0, 14, 7/);
  await company.database.close();
});
