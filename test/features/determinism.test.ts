import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureCatalogue } from '../../src/features/catalogue.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';
import { featuresAt } from './built.js';

const SNAPSHOT = Date.UTC(2024, 6, 1);

/** The features of the two aspects that add up fractions. */
function sums(company: Company) {
  const features = featureCatalogue(company).filter(({ aspect }) => ['usage', 'surveys'].includes(aspect));
  return featuresAt(company, SNAPSHOT, ['a'], features);
}

describe('features of a company with many rows', () => {
  let company: Company;
  beforeAll(async () => {
    company = await makeCompany({
      accounts: [{ account_id: 'a', created_at: '2024-01-01' }],
      usage_events: [{ account_id: 'a', occurred_at: '2024-01-05', event: 'open' }],
      surveys: [{ account_id: 'a', answered_at: '2024-01-05', kind: 'nps', score: 1 }],
    });
    // Fractions whose floating-point sum depends on the order; enough rows for several threads.
    await company.database.run(`
      INSERT INTO usage_events (account_id, user_id, occurred_at, event, quantity)
        SELECT 'a', 'u' || i % 7, TIMESTAMP '2024-06-05' + INTERVAL (i % 2000000) SECOND, 'open', 0.1 + (i % 1000) / 7 FROM range(150000) t(i);
      INSERT INTO surveys (account_id, answered_at, kind, score)
        SELECT 'a', TIMESTAMP '2024-06-05' + INTERVAL (i % 2000000) SECOND, 'nps', (i % 100) / 9.9 FROM range(150000) t(i)`);
  });
  afterAll(() => company.database.close());

  it('are the same bits for any number of threads and any order of rows', async () => {
    const first = await sums(company);
    await company.database.run('SET threads = 1');
    expect(await sums(company)).toEqual(first);
    await company.database.run(`
      CREATE TABLE turned_events AS SELECT * FROM usage_events ORDER BY hash(occurred_at), quantity DESC;
      CREATE TABLE turned_surveys AS SELECT * FROM surveys ORDER BY hash(answered_at), score DESC;
      DROP TABLE usage_events; ALTER TABLE turned_events RENAME TO usage_events;
      DROP TABLE surveys; ALTER TABLE turned_surveys RENAME TO surveys`);
    expect(await sums(company)).toEqual(first);
    expect(Object.values(first.a!).every((cell) => typeof cell !== 'number' || Number.isFinite(cell))).toBe(
      true,
    );
  });
});
