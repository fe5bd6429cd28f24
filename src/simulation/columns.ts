import type { Random } from '../math/random.js';
import type { SimulatedAccount } from './account.js';

/** A column as the company's systems export it: text as it stands in the file, `null` for an empty cell. */
export interface SimulatedColumn {
  readonly name: string;
  readonly cells: readonly (string | null)[];
}

/** What a cell is written from: the account, its number from 0, and the chance that picks a missing word. */
type WriteCell = (account: SimulatedAccount, index: number, random: Random) => string | null;

/** Columns of the table before outcome and leak, in the order of the file. */
const writers: Readonly<Record<string, WriteCell>> = {
  account_id: (_, index) => `A${String(index + 1).padStart(5, '0')}`,
  company: (_, index) => `Simulated company ${index + 1}`,
  segment: ({ contract: { segment } }) => segment,
  plan: ({ contract: { plan } }) => plan,
  contract: ({ contract }) => contract.term,
  seats: ({ contract: { seats } }) => String(seats),
  mrr: ({ contract: { mrr } }) => mrr.toFixed(2),
  tenure_months: ({ contract: { tenureMonths } }) => String(tenureMonths),
  renewals: ({ contract: { renewals } }) => String(renewals),
  days_to_renewal: ({ contract: { daysToRenewal } }) => numberOrEmpty(daysToRenewal),
  seat_change_12m: ({ contract: { seatChange12m } }) => seatChange12m.toFixed(2),
  days_since_login: ({ usage: { daysSinceLogin } }) => String(daysSinceLogin),
  logins_28d: ({ usage: { logins28d } }) => String(logins28d),
  login_change: ({ usage: { loginChange } }) => loginChange.toFixed(2),
  active_user_share: ({ usage: { activeUserShare } }) => activeUserShare.toFixed(2),
  feature_breadth: ({ usage: { featureBreadth } }) => String(featureBreadth),
  support_cases_30d: ({ support: { cases30d } }) => String(cases30d),
  first_response_hours: ({ support: { firstResponseHours } }) =>
    firstResponseHours === null ? '-' : firstResponseHours.toFixed(2).replace('.', ','),
  csat: ({ support: { csat } }, _, random) => numberOrWord(csat, random),
  nps: ({ support: { nps } }, _, random) => numberOrWord(nps, random),
  overdue_days: ({ contract: { overdueDays } }) => String(overdueDays),
  failed_payments_90d: ({ contract: { failedPayments90d } }) => String(failedPayments90d),
  executive_contact_days: ({ relationship: { executiveContactDays } }) => numberOrEmpty(executiveContactDays),
  sponsor_changes_12m: ({ relationship: { sponsorChanges12m } }) => String(sponsorChanges12m),
  self_service_share: ({ usage: { selfServiceShare } }) => selfServiceShare.toFixed(2),
  onboarding_days: ({ relationship: { onboardingDays } }) => String(onboardingDays),
  community_posts_90d: ({ usage: { communityPosts90d } }) => String(communityPosts90d),
  incidents_90d: ({ support: { incidents90d } }) => String(incidents90d),
};

/** Writes accounts as the columns of the exported table. */
export function accountColumns(accounts: readonly SimulatedAccount[], random: Random): SimulatedColumn[] {
  return Object.entries(writers).map(([name, write]) => ({
    name,
    cells: accounts.map((account, index) => write(account, index, random)),
  }));
}

const numberOrEmpty = (value: number | null): string | null => (value === null ? null : String(value));

/** Three survey tools, three words for "never answered". */
const numberOrWord = (value: number | null, random: Random): string =>
  value === null ? ['NA', '-', ' '][random.integer(3)]! : String(value);
