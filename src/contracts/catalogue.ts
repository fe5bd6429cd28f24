import { accountsContract } from './accounts.js';
import { communityActivityContract } from './community-activity.js';
import type { Contract, TableName } from './contract.js';
import { incidentsContract } from './incidents.js';
import { invoicesContract } from './invoices.js';
import { onboardingMilestonesContract } from './onboarding-milestones.js';
import { outreachContract } from './outreach.js';
import { relationshipEventsContract } from './relationship-events.js';
import { selfServiceEventsContract } from './self-service-events.js';
import { subscriptionsContract } from './subscriptions.js';
import { supportTicketsContract } from './support-tickets.js';
import { surveysContract } from './surveys.js';
import { usageEventsContract } from './usage-events.js';

/** Every canonical table's contract, accounts first. */
export const CONTRACTS: Readonly<Record<TableName, Contract>> = {
  accounts: accountsContract,
  subscriptions: subscriptionsContract,
  usage_events: usageEventsContract,
  support_tickets: supportTicketsContract,
  invoices: invoicesContract,
  surveys: surveysContract,
  community_activity: communityActivityContract,
  relationship_events: relationshipEventsContract,
  self_service_events: selfServiceEventsContract,
  onboarding_milestones: onboardingMilestonesContract,
  incidents: incidentsContract,
  outreach: outreachContract,
};

/** The canonical tables' names, accounts first. */
export const TABLE_NAMES = Object.keys(CONTRACTS) as TableName[];
