import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureDefinitionSchema } from '../../src/contracts/aspect.js';
import { attributeFeatureName, attributeOfFeature } from '../../src/features/attribute-name.js';
import { featureCatalogue } from '../../src/features/catalogue.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';
import { featuresAt } from './built.js';

const HOSTILE = [
  '',
  'a b',
  'a_b',
  'a__b',
  'A_B',
  '"; DROP TABLE accounts; --',
  "'",
  '{snapshot}',
  '{{snapshot}',
  'line\nbreak',
  'nul\0nul',
  'known_invoices',
  'account_id',
  'größe 😀',
  'a/*',
  '__proto__',
];

describe('names of features from columns of the user', () => {
  it('can be read back, and fit a feature, whatever the column is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (column) => {
        const name = attributeFeatureName(column);
        expect(attributeOfFeature(name)).toBe(column);
        expect(featureDefinitionSchema.shape.name.safeParse(name).success).toBe(true);
      }),
    );
  });

  it('are nothing else', () => expect(attributeOfFeature('usage_events_28d')).toBeNull());

  let company: Company;
  beforeAll(async () => {
    company = await makeCompany(
      { accounts: [{ account_id: 'a', created_at: '2024-01-01' }] },
      {},
      HOSTILE.map((name, index) => ({
        account_id: 'a',
        name,
        value: index % 2 === 0 ? index : `text ${index}`,
      })),
    );
  });
  afterAll(() => company.database.close());

  it('carry the values of hostile columns', async () => {
    const { a } = await featuresAt(company, Date.UTC(2024, 1, 1), ['a']);
    for (const [index, name] of HOSTILE.entries()) {
      expect(a![attributeFeatureName(name)], JSON.stringify(name)).toBe(
        index % 2 === 0 ? index : `text ${index}`,
      );
    }
  });

  it('come with the name that the user gave', () => {
    const feature = featureCatalogue(company).find(({ name }) => name === 'attribute_a_20_b');
    expect(feature?.description).toBe('Your column "a b" of accounts');
  });
});
