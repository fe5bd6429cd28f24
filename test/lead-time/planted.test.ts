import { expect, it } from 'vitest';
import { featureCatalogue } from '../../src/features/catalogue.js';
import { measureLeadTimes } from '../../src/lead-time/measure.js';
import { seededRandom } from '../../src/math/random.js';
import { simulatedCompany } from './simulated-company.js';

it('finds the planted lead of usage within 10 % where usage alone matters, and none of tickets', async () => {
  const { company, plantedDays } = await simulatedCompany({
    scenario: 'usage-only',
    accounts: 400,
    months: 18,
    seed: 7,
  });
  const features = featureCatalogue(company).filter(({ name }) =>
    ['usage_events_7d', 'usage_events_14d', 'support_tickets_28d'].includes(name),
  );
  const found = await measureLeadTimes(company, features, {
    random: seededRandom(1),
    rhythm: 'week',
    gridDays: Array.from({ length: 17 }, (_, week) => 7 * week),
  });
  await company.database.close();
  const planted = plantedDays.get('usage')!;
  for (const { feature, leadDays, tells } of found) {
    if (feature === 'support_tickets_28d') expect(tells).toBe('never');
    else expect(Math.abs(leadDays!.value - planted), feature).toBeLessThanOrEqual(0.1 * planted);
  }
});
