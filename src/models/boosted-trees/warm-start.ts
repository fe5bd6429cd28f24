import { ChurnError } from '../../errors.js';
import type { Table } from '../../tables/table.js';
import type { FittedBoostedTrees } from './model.js';

/**
 * Holds a table to the features of the model that is to be continued.
 *
 * @throws ChurnError `bad-option` when it has other columns; levels that the model has not seen are missing to
 * it, and stay so
 */
export function checkContinuation(start: FittedBoostedTrees, table: Table): void {
  const own = new Map(table.columns.map(({ name, kind }) => [name, kind]));
  const fault = start.features.find(({ name, kind }) => own.get(name) !== kind);
  const extra = table.columns.find(({ name }) => !start.features.some((feature) => feature.name === name));
  if (!fault && !extra) return;
  throw new ChurnError(
    'bad-option',
    fault
      ? `fitBoostedTrees: continueFrom learned from the ${fault.kind} ${fault.name}, which the table lacks`
      : `fitBoostedTrees: continueFrom does not know the column ${extra!.name}; continue with the columns that it learned from`,
    { option: 'continueFrom' },
  );
}
