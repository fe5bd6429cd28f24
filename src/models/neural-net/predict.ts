import { alignTable } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import { locateColumns } from './encode.js';
import { forwardNet, forwardScores } from './forward.js';
import type { Encoding, FittedNeuralNet, Member } from './model.js';

/** Rows of one block, whose first-layer sums fit the processor's cache. */
const BLOCK = 512;

/**
 * The score of every row in log-odds, the mean of the members' scores. Plain TypeScript: TensorFlow.js is
 * not loaded, and a row scores the same alone or in company.
 *
 * @throws ChurnError `missing-column`, `bad-table`
 */
export function predictNeuralNet(fitted: FittedNeuralNet, table: Table): Float64Array {
  return meanScores(fitted.encodings, fitted.members, alignTable(fitted.features, table));
}

/** The scores of one net on a table aligned with its features. */
export function memberScores(encodings: readonly Encoding[], member: Member, aligned: Table): Float64Array {
  return meanScores(encodings, [member], aligned);
}

function meanScores(encodings: readonly Encoding[], members: readonly Member[], aligned: Table) {
  const nets = members.map((member) => forwardNet(encodings, member));
  const scores = new Float64Array(aligned.rows);
  for (let from = 0; from < aligned.rows; from += BLOCK) {
    const columns = locateColumns(encodings, rowsBetween(aligned, from, from + BLOCK));
    for (const net of nets) {
      forwardScores(net, columns).forEach((score, at) => {
        scores[from + at]! += score / nets.length;
      });
    }
  }
  return scores;
}

/** A view of rows `from` to `to`, the last one or the table's end excluded. */
export function rowsBetween(table: Table, from: number, to: number): Table {
  const columns = table.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: column.values.subarray(from, to) }
      : { ...column, codes: column.codes.subarray(from, to) },
  );
  return { rows: Math.min(to, table.rows) - from, columns };
}
