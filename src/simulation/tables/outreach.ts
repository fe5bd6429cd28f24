import type { AccountLife } from './lives.js';
import { type SimulatedTable, tableBuilder } from './table.js';

/** The table `outreach`: who was chosen for a call, called or held back by the toss of a coin. */
export function outreachTable(lives: readonly AccountLife[]): SimulatedTable {
  const table = tableBuilder('outreach', {
    account_id: 'text',
    contacted_at: 'instant',
    play: 'text',
    assigned: 'text',
    result: 'text',
  });
  for (const { traits, calls } of lives) {
    for (const { contactedAt, play, assigned, result } of calls) {
      table.add({ account_id: traits.accountId, contacted_at: contactedAt, play, assigned, result });
    }
  }
  return table.finish();
}
