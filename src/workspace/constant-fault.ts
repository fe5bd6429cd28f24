import { readCell, Unreadable } from './read-cell.js';
import { contractFault } from './read-column.js';
import type { PlannedColumn } from './table-plan.js';

/** Why a constant of the configuration is not what its column holds; `null` when it is. */
export function constantFault({ column, origin }: PlannedColumn): string | null {
  if (origin.from !== 'constant') return null;
  const reading = readCell(origin.text, {
    kind: column.kind,
    isId: false,
    keepsNA: true,
    order: 'ymd',
    decimalComma: false,
    toUtc: (local) => local,
  });
  if (reading instanceof Unreadable) return reading.reason;
  return reading === null || column.kind === 'cents' ? null : contractFault(column, reading);
}
