import { accountsTable } from './accounts.js';
import { communityActivityTable } from './community-activity.js';
import type { EventContext } from './events.js';
import { incidentsTable } from './incidents.js';
import { invoicesTable } from './invoices.js';
import { onboardingMilestonesTable } from './onboarding-milestones.js';
import { outreachTable } from './outreach.js';
import { relationshipEventsTable } from './relationship-events.js';
import { selfServiceEventsTable } from './self-service-events.js';
import { subscriptionsTable } from './subscriptions.js';
import { supportTicketsTable } from './support-tickets.js';
import { surveysTable } from './surveys.js';
import type { SimulatedTable } from './table.js';
import { usageEventsTable } from './usage-events.js';

/** Names of the canonical tables, in the order in which they are written. */
export const tableNames = [
  'accounts',
  'subscriptions',
  'usage_events',
  'support_tickets',
  'invoices',
  'surveys',
  'community_activity',
  'relationship_events',
  'self_service_events',
  'onboarding_milestones',
  'incidents',
  'outreach',
] as const;

export type TableName = (typeof tableNames)[number];

export type SimulatedTables = Readonly<Record<TableName, SimulatedTable>>;

/** The three tables that the compound fact is written into in its own way. */
export type FactTables = Pick<SimulatedTables, 'usage_events' | 'support_tickets' | 'surveys'>;

export const usualFactTables = (context: EventContext): FactTables => ({
  usage_events: usageEventsTable(context),
  support_tickets: supportTicketsTable(context),
  surveys: surveysTable(context),
});

/** All canonical tables of the lives that were lived. */
export function canonicalTables(context: EventContext, factTables: FactTables): SimulatedTables {
  const { lives, world } = context;
  return {
    accounts: accountsTable(lives.map(({ traits }) => traits)),
    subscriptions: subscriptionsTable(lives, world),
    usage_events: factTables.usage_events,
    support_tickets: factTables.support_tickets,
    invoices: invoicesTable(context),
    surveys: factTables.surveys,
    community_activity: communityActivityTable(context),
    relationship_events: relationshipEventsTable(context),
    self_service_events: selfServiceEventsTable(context),
    onboarding_milestones: onboardingMilestonesTable(context),
    incidents: incidentsTable(context),
    outreach: outreachTable(lives),
  };
}
