import { expect, it } from 'vitest';
import { csv, withWorkspace } from './workspace-folder.js';

/** Agreements that start every three days from 1 January on. */
function agreements(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + 3 * i)).toISOString().slice(0, 10);
    return `s${i},a,${day},${day},1000`;
  });
  return csv('subscription_id,account_id,started_at,ended_at,mrr_cents', ...rows);
}

const notesOf = (lastEvent: string, count: number) =>
  withWorkspace(
    {
      'accounts.csv': csv('account_id,created_at', 'a,2023-12-01'),
      'subscriptions.csv': agreements(count),
      'usage_events.csv': csv('account_id,occurred_at,event', `a,${lastEvent},login`),
    },
    null,
    async ({ intake }) => intake.notes.filter(({ kind }) => kind === 'subscriptions-end-early'),
  );

it('says so when subscriptions stop long before the events, with the day to observe until', async () => {
  // The sixtieth agreement starts on 26 June, 3 days after the one before.
  const [note] = await notesOf('2024-07-20', 60);
  expect(note!.message).toContain('starts on 2024-06-26, 25 days before');
  expect(note!.message).toContain("observedUntil: '2024-06-27'");
});

it('keeps still about a fortnight, and about few agreements', async () => {
  expect(await notesOf('2024-07-08', 60)).toEqual([]);
  expect(await notesOf('2024-07-20', 49)).toEqual([]);
});

it('closes accounts at the first of their leavings where the list has dates', () =>
  withWorkspace(
    {
      'accounts.csv': csv('account_id,created_at', 'a,2024-01-01', 'b,2024-01-01'),
      'subscriptions.csv': csv(
        'subscription_id,account_id,started_at,mrr_cents',
        's1,a,2024-01-01,1000',
        's2,b,2024-01-01,1000',
      ),
      'left.csv': csv('who,day', 'a,2024-06-01', 'a,2024-04-01', 'nobody,2024-05-01'),
    },
    {
      tables: { accounts: { file: 'accounts.csv' }, subscriptions: { file: 'subscriptions.csv' } },
      churnEvents: { file: 'left.csv', account_id: 'who', closed_at: 'day' },
    },
    async ({ company }) => {
      const rows = await company.database.rows(
        'SELECT account_id, closed_at FROM accounts ORDER BY account_id',
      );
      expect(rows).toEqual([
        { account_id: 'a', closed_at: Date.UTC(2024, 3, 1) },
        { account_id: 'b', closed_at: null },
      ]);
    },
  ));
