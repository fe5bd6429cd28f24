import { countText } from '../charts/figure-text.js';
import type { Block } from './blocks.js';
import type { ShownColumn } from './shown-table.js';

/** A table of a result: heads with their kinds, rows of finished texts. At most `most` rows, all by default. */
export function resultTable(
  caption: string,
  columns: readonly (readonly [title: string, kind: ShownColumn['kind']])[],
  rows: readonly (readonly string[])[],
  most = rows.length,
): Block {
  return {
    kind: 'table',
    table: {
      caption,
      columns: columns.map(([title, kind]) => ({ title, kind })),
      rows: rows.slice(0, most),
      footer: rows.length > most ? `${countText(most)} of ${countText(rows.length)} rows` : null,
    },
  };
}
