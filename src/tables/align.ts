import { z } from 'zod';
import { ChurnError } from '../errors.js';
import { type CategoryColumn, columnNamed, type NumberColumn, type Table } from './table.js';

/** What a fitted model remembers of a feature; category levels keep the order in which they were learned. */
export const featureSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), name: z.string() }),
  z.strictObject({ kind: z.literal('category'), name: z.string(), levels: z.array(z.string()) }),
]);

export type FeatureSpec = z.infer<typeof featureSpecSchema>;

/** The specs of a training table's columns, in order. */
export function featureSpecs(table: Table): FeatureSpec[] {
  return table.columns.map((column) =>
    column.kind === 'number'
      ? { kind: 'number', name: column.name }
      : { kind: 'category', name: column.name, levels: [...column.levels] },
  );
}

/**
 * The table's columns in the order and coding of `features`: columns that no feature names are ignored,
 * category levels that were never seen become missing (`-1`).
 *
 * @throws ChurnError `missing-column` when a feature has no column, `bad-table` when its kind differs.
 */
export function alignTable(features: readonly FeatureSpec[], table: Table): Table {
  const columns = features.map((feature) => {
    const column = columnNamed(table, feature.name);
    if (column.kind !== feature.kind) {
      throw new ChurnError(
        'bad-table',
        `column "${feature.name}" is a ${column.kind} where the model learned a ${feature.kind}`,
      );
    }
    return feature.kind === 'category'
      ? recode(column as CategoryColumn, feature.levels)
      : (column as NumberColumn);
  });
  return { rows: table.rows, columns };
}

function recode(column: CategoryColumn, levels: readonly string[]): CategoryColumn {
  const learned = new Map(levels.map((level, code) => [level, code]));
  const mapping = Int32Array.from(column.levels, (level) => learned.get(level) ?? -1);
  const codes = column.codes.map((code) => (code < 0 ? -1 : mapping[code]!));
  return { ...column, codes, levels };
}
