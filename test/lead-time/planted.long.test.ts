import { afterAll, beforeAll, expect, it } from 'vitest';
import { aspectSchema } from '../../src/contracts/aspect.js';
import { featureCatalogue } from '../../src/features/catalogue.js';
import type { LeadTime } from '../../src/lead-time/lead-time.js';
import { measureLeadTimes } from '../../src/lead-time/measure.js';
import { describeLeadTime } from '../../src/lead-time/words.js';
import { seededRandom } from '../../src/math/random.js';
import { type SimulatedCompany, simulatedCompany } from './simulated-company.js';

/** For each planted trouble the feature that shows it most directly. */
const MAIN_INDICATORS = {
  usage: 'usage_events_7d',
  support: 'support_tickets_7d',
  invoices: 'unpaid_invoices',
  surveys: 'csat_latest',
  executive: 'sponsor_changes_180d',
  community: 'community_actions_28d',
  self_sufficiency: 'failed_help_share_14d',
  contract_growth: 'seats_change_180d',
  renewal: 'days_to_renewal',
  onboarding: 'milestones_overdue',
  incidents: 'incidents_28d',
} as const;

/** The catalogue looks at failed searches over 90 days alone, which is blunt for a change 66 days before leaving. */
const failedHelp = aspectSchema.parse({
  aspect: 'failed_help',
  title: 'Failed help',
  needs: ['self_service_events'],
  groups: [
    {
      from: 'known_self_service_events',
      features: [
        {
          name: MAIN_INDICATORS.self_sufficiency,
          unit: 'share',
          description: 'Share that found nothing among all tries to help themselves in the 14 days before',
          sql: `avg(CAST(kind = 'search_without_result' AS INTEGER)) FILTER (WHERE occurred_at >= {snapshot} - INTERVAL 14 DAY)`,
        },
      ],
    },
  ],
});

let simulated: SimulatedCompany;
let found: LeadTime[];

beforeAll(async () => {
  simulated = await simulatedCompany({ scenario: 'many-sided', accounts: 8000, months: 24, seed: 7 });
  const company = { ...simulated.company, aspects: [failedHelp] };
  const main = new Set<string>(Object.values(MAIN_INDICATORS));
  const features = featureCatalogue(company).filter(({ name }) => main.has(name));
  expect(features.length).toBe(main.size);
  found = await measureLeadTimes(company, features, {
    random: seededRandom(1),
    rhythm: 'week',
    leavers: 5000,
  });
  console.log(found.map(describeLeadTime).join('\n'));
});
afterAll(() => simulated.company.database.close());

it.each(Object.entries(MAIN_INDICATORS))(
  'finds the planted lead of %s by %s, within a tenth',
  (aspect, feature) => {
    const planted = simulated.plantedDays.get(aspect)!;
    const { leadDays } = found.find((one) => one.feature === feature)!;
    expect(leadDays).not.toBeNull();
    expect(Math.abs(leadDays!.value - planted)).toBeLessThanOrEqual(0.1 * planted);
  },
);
