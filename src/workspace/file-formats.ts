import { ChurnError } from '../errors.js';
import type { ColumnFormat, FormatKind } from './column-format.js';
import type { IntakeLedger } from './ledger.js';
import type { TablePlan } from './table-plan.js';

/** The columns in which the order of day and month, or the decimal sign, has to be found. */
export function wantedFormats({ all }: TablePlan): Map<string, FormatKind> {
  const wanted = new Map<string, FormatKind>();
  for (const { column, origin } of all) {
    if (origin.from !== 'column' || origin.order !== null) continue;
    const isInstant = column.kind === 'instant' && origin.after === null;
    const isNumber = ['cents', 'count', 'number'].includes(column.kind) || origin.after !== null;
    if (isInstant) wanted.set(origin.name, 'instant');
    else if (isNumber) wanted.set(origin.name, 'number');
  }
  return wanted;
}

/**
 * Remarks on columns whose format is in doubt.
 *
 * @throws ChurnError `bad-option` where a column's dates do not show the order of day and month
 */
export function checkFormats(
  plan: TablePlan,
  formats: ReadonlyMap<string, ColumnFormat>,
  ledger: IntakeLedger,
): void {
  const { table, mapping } = plan;
  for (const { column, origin, key } of plan.columns) {
    if (origin.from !== 'column' || origin.order !== null) continue;
    const format = formats.get(origin.name);
    if (!format) continue;
    if (format.contraryRows > 0) {
      ledger.note({
        kind: 'mixed-dates',
        table,
        file: mapping.file,
        message: `"${origin.name}" writes most dates ${format.order === 'dmy' ? 'day' : 'month'} first, but ${format.contraryRows} rows the other way round; dates that read both ways may be wrong`,
      });
    }
    if (format.unclear === null) continue;
    if (column.kind === 'instant') {
      throw new ChurnError(
        'bad-option',
        `${key}: "${origin.name}" of ${mapping.file} writes dates that read two ways ("${format.unclear}"); say which: { column: ${JSON.stringify(origin.name)}, order: 'dmy' } or order: 'mdy'`,
      );
    }
    ledger.note({
      kind: 'ambiguous-decimal',
      table,
      file: mapping.file,
      message: `"${origin.name}" writes numbers that read two ways ("${format.unclear}"); the point is taken for the decimal sign`,
    });
  }
}
