import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AspectDefinition, aspectSchema, defineAspect } from '../../src/contracts/aspect.js';
import { featureCatalogue } from '../../src/features/catalogue.js';
import { explainFeature } from '../../src/features/explain.js';
import type { Company } from '../../src/workspace/company.js';
import { featuresAt } from './built.js';
import { SNAPSHOT, tinyCompany } from './tiny-company.js';

/** An aspect of one feature. */
function aspectOf(sql: string, from = 'known_incidents', name = 'mine'): AspectDefinition {
  return aspectSchema.parse(
    defineAspect({
      aspect: 'own',
      title: 'Own',
      needs: ['incidents'],
      groups: [{ from, features: [{ name, unit: 'incidents', description: 'Mine', sql, empty: 0 }] }],
    }),
  );
}

describe('an aspect of the user', () => {
  let company: Company;
  beforeEach(async () => {
    company = await tinyCompany();
  });
  afterEach(() => company.database.close());

  const featuresWith = (aspect: AspectDefinition) => {
    const own = { ...company, aspects: [aspect] };
    const features = featureCatalogue(own).filter((feature) => feature.aspect === 'own');
    return featuresAt(own, SNAPSHOT, ['a', 'b'], features);
  };

  it('stands beside the built-in ones', async () => {
    const severe = "count(*) FILTER (severity = 'high' AND occurred_at >= {snapshot} - INTERVAL 90 DAY)";
    expect(await featuresWith(aspectOf(severe))).toEqual({ a: { mine: 1 }, b: { mine: 0 } });
    const catalogue = featureCatalogue({ ...company, aspects: [aspectOf(severe)] });
    expect(catalogue.at(-1)).toMatchObject({ name: 'mine', aspect: 'own', title: 'Own' });
    const { sql } = explainFeature(catalogue, 'mine', SNAPSHOT);
    expect(await company.database.rows(sql)).toEqual([
      { account_id: 'a', mine: 1 },
      { account_id: 'b', mine: 0 },
    ]);
  });

  it('runs as the documents have it', async () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/features.md'), 'utf8');
    const example = /```ts\n([\s\S]*?)```/.exec(page)![1]!;
    const body = example.replace(/^import .*$/m, '').replace('export default', 'return');
    const aspect = aspectSchema.parse(new Function('defineAspect', body)(defineAspect));
    const own = { ...company, aspects: [aspect] };
    const features = featureCatalogue(own).filter((feature) => feature.aspect === aspect.aspect);
    expect(await featuresAt(own, Date.UTC(2024, 4, 15), ['a'], features)).toEqual({
      a: { high_incidents_30d: 1 },
    });
  });

  it('may read several views, join them, and name queries', async () => {
    const from = `(WITH hard AS (SELECT * FROM known_incidents WHERE severity = 'high')
      SELECT account_id, ticket_id FROM hard JOIN known_support_tickets USING (account_id)) -- joined`;
    expect(await featuresWith(aspectOf('count(DISTINCT ticket_id) -- tickets', from))).toEqual({
      a: { mine: 4 },
      b: { mine: 0 },
    });
  });

  it('gives finite numbers or none', async () => {
    for (const sql of ["'nan'::DOUBLE", "'infinity'::DOUBLE", 'count(*) / 0.0', 'NULL']) {
      expect(await featuresWith(aspectOf(sql)), sql).toEqual({ a: { mine: 0 }, b: { mine: 0 } });
    }
  });

  it('is left out while a table that it needs has no rows', () => {
    const tables = new Set(company.tables);
    tables.delete('incidents');
    const names = featureCatalogue({ ...company, tables, aspects: [aspectOf('count(*)')] }).map(
      ({ aspect }) => aspect,
    );
    expect(names).not.toContain('own');
    expect(names).not.toContain('service_quality');
  });

  it.each([
    ['count(*)', 'incidents', 'incidents'],
    ['count(*)', '(SELECT * FROM known_incidents UNION ALL SELECT * FROM main.incidents)', 'main.incidents'],
    ['(SELECT count(*) FROM spells)', 'known_incidents', 'spells'],
    ['count(*)', "(SELECT 'a' AS account_id FROM read_csv('x.csv'))", 'read_csv()'],
    ['count(*)', "'x.parquet'", 'x.parquet'],
    ['count(*)', "query_table('incidents')", 'query_table()'],
    ['count(*)', '(WITH incidents AS (SELECT * FROM incidents) SELECT * FROM incidents)', 'incidents'],
    [
      'count(*)',
      '(WITH known_incidents AS (SELECT * FROM INCIDENTS) SELECT * FROM known_incidents)',
      'incidents',
    ],
  ])('may not read around the views: %s FROM %s', async (sql, from, read) => {
    await expect(featuresWith(aspectOf(sql, from))).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining(`aspect own, feature mine: its SQL reads ${read}`),
    });
  });

  it('is blamed alone where a built-in aspect reads the same rows', async () => {
    const own = { ...company, aspects: [aspectOf('(SELECT count(*) FROM accounts)')] };
    await expect(featuresAt(own, SNAPSHOT, ['a'])).rejects.toThrow(
      'aspect own, feature mine: its SQL reads accounts',
    );
  });

  it.each(['now()', 'current_timestamp', 'CURRENT_DATE', 'random()', 'today()'])(
    'may not call %s',
    async (call) => {
      await expect(featuresWith(aspectOf(`max(${call})::VARCHAR`))).rejects.toMatchObject({
        code: 'bad-option',
        message: expect.stringContaining('use {snapshot} for the time'),
      });
    },
  );

  it.each([
    [
      'max(colour)',
      /^aspect own, feature mine: its SQL does not run at the snapshot 2024-07-01: Binder Error: .*colour/,
    ],
    ['count(*', /^aspect own, feature mine: its SQL cannot be read: /],
    ['1) AS x; DROP TABLE accounts; SELECT (2', /^aspect own, feature mine: its SQL cannot be read: /],
    ["max('a')", /^aspect own, feature mine: its SQL does not run .*: Conversion Error/],
  ])('that does not run is named: %s', async (sql, message) => {
    await expect(featuresWith(aspectOf(sql))).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(message),
    });
    expect(await company.database.value('SELECT count(*) FROM accounts')).toBe(2);
  });

  it('may not take a name that is taken', () => {
    for (const name of ['usage_events_28d', 'account_id']) {
      expect(() =>
        featureCatalogue({ ...company, aspects: [aspectOf('1', 'known_incidents', name)] }),
      ).toThrow(`aspect own: the feature name ${name} is taken`);
    }
  });

  it('unknown features are answered with the nearest name', () => {
    expect(() => explainFeature(featureCatalogue(company), 'usage_event_28d', SNAPSHOT)).toThrow(
      'features: there is no feature "usage_event_28d"; the nearest is "usage_events_28d"',
    );
  });
});
