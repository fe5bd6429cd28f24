import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aspectSchema } from '../../src/contracts/aspect.js';
import { buildFeatures } from '../../src/features/build.js';
import { featureCatalogue } from '../../src/features/catalogue.js';
import { explainFeature } from '../../src/features/explain.js';
import type { Company } from '../../src/workspace/company.js';
import { SNAPSHOT, tinyCompany } from './tiny-company.js';

describe('a table of features', () => {
  let company: Company;
  beforeAll(async () => {
    company = await tinyCompany();
  });
  afterAll(() => company.database.close());

  it('has one row for each account and snapshot, in order, and one column for each feature', async () => {
    await company.database.run(
      `CREATE OR REPLACE TABLE looks AS SELECT * FROM (VALUES
         ('b', TIMESTAMP '2024-07-01'), ('a', TIMESTAMP '2024-07-01'), ('a', TIMESTAMP '2024-06-01')
       ) AS t(account_id, snapshot_at)`,
    );
    const progress: string[] = [];
    const features = await buildFeatures(company, {
      accounts: 'looks',
      into: 'my features',
      onProgress: (done, all) => progress.push(`${done}/${all}`),
    });
    const table = await company.database.table('SELECT * FROM "my features"');
    expect(table.columns.map(({ name }) => name)).toEqual([
      'account_id',
      'snapshot_at',
      ...features.map(({ name }) => name),
    ]);
    expect(await company.database.rows('SELECT account_id, snapshot_at FROM "my features"')).toEqual([
      { account_id: 'a', snapshot_at: Date.UTC(2024, 5, 1) },
      { account_id: 'a', snapshot_at: SNAPSHOT },
      { account_id: 'b', snapshot_at: SNAPSHOT },
    ]);
    expect(progress).toEqual(['1/2', '2/2']);
  });

  it('gives the same bits as the SQL that explains each feature', async () => {
    const catalogue = featureCatalogue(company);
    await company.database.run(
      `CREATE OR REPLACE TABLE looks AS SELECT account_id, TIMESTAMP '2024-07-01' AS snapshot_at FROM accounts`,
    );
    await buildFeatures(company, { accounts: 'looks', into: 'features' });
    for (const { name } of catalogue) {
      const built = await company.database.rows(`SELECT account_id, ${name} FROM features`);
      expect(await company.database.rows(explainFeature(catalogue, name, SNAPSHOT).sql), name).toEqual(built);
    }
  });

  it('has every built-in aspect hold to the shape of one', async () => {
    const { companyAspects } = await import('../../src/features/catalogue.js');
    for (const aspect of companyAspects(company)) expect(aspectSchema.parse(aspect)).toEqual(aspect);
  });
});
