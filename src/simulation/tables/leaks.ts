import type { Random } from '../../math/random.js';
import type { SimulatedTables, TableName } from './canonical-tables.js';
import { between, chance, clamp, pick } from './draws.js';
import { afterwards, type LeakContext, outcomeOf } from './leak-outcomes.js';
import { backdatedExports, backdatedTickets, exitSurveys } from './leak-rows.js';
import { columnOf, type SimulatedTable, type TableColumn, tableColumn, tableOf } from './table.js';

/** One planted leak: where it is, what kind it is, and how it came about. */
interface Leak {
  readonly leak: string;
  readonly table: TableName;
  readonly column: string;
  readonly kind: 'rewritten_after_leaving' | 'computed_at_extraction' | 'arrives_after_leaving';
  readonly how: string;
  readonly plant: (table: SimulatedTable, context: LeakContext, random: Random) => SimulatedTable;
}

/** The ten leaks, each of a different make. */
const plantedLeaks: readonly Leak[] = [
  {
    leak: 'status_backfilled',
    table: 'accounts',
    column: 'status',
    kind: 'rewritten_after_leaving',
    how: 'set to closed when an account leaves, open otherwise',
    plant: accountColumn('status', 'text', ({ left }) => (left ? 'closed' : 'open')),
  },
  {
    leak: 'health_score_overwritten',
    table: 'accounts',
    column: 'health_score',
    kind: 'rewritten_after_leaving',
    how: 'a score around 68 that is set to 4–25 for 95 % of those who left',
    plant: accountColumn('health_score', 'number', ({ left }, random) => {
      const usual = Math.round(clamp(68 + 14 * random.normal(), 15, 100));
      return left && chance(random, 0.95) ? between(random, 4, 25) : usual;
    }),
  },
  {
    leak: 'pulse_turned_green',
    table: 'accounts',
    column: 'csm_pulse',
    kind: 'rewritten_after_leaving',
    how: 'a colour that is set to green for 85 % of those who stayed',
    plant: accountColumn('csm_pulse', 'text', ({ left }, random) => {
      const usual = pick(random, { green: 0.4, yellow: 0.35, red: 0.25 });
      return !left && chance(random, 0.85) ? 'green' : usual;
    }),
  },
  {
    leak: 'renewal_date_emptied',
    table: 'subscriptions',
    column: 'renews_at',
    kind: 'rewritten_after_leaving',
    how: 'emptied in the last row of those who left',
    plant: emptyRenewals,
  },
  {
    leak: 'tenure_at_extraction',
    table: 'accounts',
    column: 'tenure_days',
    kind: 'computed_at_extraction',
    how: 'days from sign-up to leaving, or to the day of extraction',
    plant: accountColumn('tenure_days', 'number', ({ createdDay, lastDay }) => lastDay - createdDay),
  },
  {
    leak: 'revenue_at_extraction',
    table: 'accounts',
    column: 'lifetime_revenue_cents',
    kind: 'computed_at_extraction',
    how: 'all monthly revenue until leaving, or until the day of extraction',
    plant: accountColumn('lifetime_revenue_cents', 'number', ({ revenueCents }) => revenueCents),
  },
  {
    leak: 'offboarding_tickets_backdated',
    table: 'support_tickets',
    column: 'opened_at',
    kind: 'arrives_after_leaving',
    how: 'one to three tickets about leaving, opened up to 30 days before and recorded after it',
    plant: backdatedTickets,
  },
  {
    leak: 'usage_backdated',
    table: 'usage_events',
    column: 'occurred_at',
    kind: 'arrives_after_leaving',
    how: 'five to twelve exports dated up to 21 days before leaving and recorded after it',
    plant: backdatedExports,
  },
  {
    leak: 'exit_surveys_backdated',
    table: 'surveys',
    column: 'answered_at',
    kind: 'arrives_after_leaving',
    how: 'surveys of kind exit dated up to 25 days before leaving and recorded after it',
    plant: exitSurveys,
  },
  {
    leak: 'owner_reassigned',
    table: 'accounts',
    column: 'owner',
    kind: 'rewritten_after_leaving',
    how: 'set to offboarding-team when an account leaves',
    plant: reassignOwners,
  },
];

/** The tables with all ten leaks in them. */
export function plantLeaks(tables: SimulatedTables, context: LeakContext, random: Random): SimulatedTables {
  const leaking: Record<TableName, SimulatedTable> = { ...tables };
  for (const { leak, table, plant } of plantedLeaks) {
    leaking[table] = plant(leaking[table], context, random.fork(leak));
  }
  return leaking;
}

/** `leaks`: what was planted where. */
export function leaksTable(): SimulatedTable {
  const shape = { leak: 'text', table: 'text', column: 'text', kind: 'text', how: 'text' } as const;
  return tableOf('leaks', shape, plantedLeaks);
}

function accountColumn(
  name: string,
  kind: 'text' | 'number',
  write: (outcome: ReturnType<typeof outcomeOf>, random: Random) => string | number,
) {
  return (table: SimulatedTable, { lives, world }: LeakContext, random: Random): SimulatedTable => {
    const cells = lives.map((life) => write(outcomeOf(life, world), random.fork(life.traits.accountId)));
    return { ...table, columns: [...table.columns, tableColumn(name, kind, cells)] };
  };
}

function reassignOwners(table: SimulatedTable, { lives, world }: LeakContext): SimulatedTable {
  const owner = columnOf(table, 'owner');
  const cells = lives.map((life, row) =>
    outcomeOf(life, world).left ? 'offboarding-team' : (owner.cells[row] as string),
  );
  return withColumn(table, tableColumn('owner', 'text', cells));
}

function emptyRenewals(table: SimulatedTable, context: LeakContext): SimulatedTable {
  const gone = new Map(afterwards(context).map(({ life, leave }) => [life.traits.accountId, leave.day]));
  const accountId = columnOf(table, 'account_id');
  const endedAt = columnOf(table, 'ended_at');
  const cells = Array.from(columnOf(table, 'renews_at').cells as Float64Array, (day, row) =>
    gone.get(accountId.cells[row] as string) === endedAt.cells[row] ? null : day,
  );
  return withColumn(table, tableColumn('renews_at', 'day', cells));
}

const withColumn = (table: SimulatedTable, column: TableColumn): SimulatedTable => ({
  ...table,
  columns: table.columns.map((old) => (old.name === column.name ? column : old)),
});
