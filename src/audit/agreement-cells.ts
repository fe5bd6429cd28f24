import { CONTRACTS } from '../contracts/catalogue.js';
import { contractColumns } from '../contracts/contract.js';
import type { Feature } from '../features/catalogue.js';
import { SPELLS_TABLE } from '../timeline/spells.js';
import type { Company } from '../workspace/company.js';
import { type AuditFinding, countText, FALSE_FINDING, featuresReading } from './finding.js';
import { levelsOf } from './levels.js';
import { marksLeavers } from './pure-level.js';
import { countLevels } from './rewritten.js';

/** Columns that name or date the row, or that are known to be filled in at its end. */
const NOT_JUDGED = new Set(['subscription_id', 'account_id', 'started_at', 'recorded_at', 'currency']);
const LEAST_LEFT = 20;

/**
 * Looks for cells of subscriptions that were emptied or rewritten when the account left: values that occur only in
 * agreements with whose end it left, and not in those that run or were followed by another.
 */
export async function findRewrittenAgreements(
  company: Company,
  features: readonly Feature[],
): Promise<AuditFinding[]> {
  if (!company.tables.has('subscriptions')) return [];
  const contract = CONTRACTS.subscriptions;
  const names = contractColumns(contract)
    .map(({ name }) => name)
    .filter((name) => !NOT_JUDGED.has(name) && contract.later[name] === undefined);
  const read = await company.database.table(`
    SELECT ${names.map((name) => `s.${name}`).join(', ')}, (left_at IS NOT NULL)::INTEGER::DOUBLE AS is_last
    FROM subscriptions s LEFT JOIN ${SPELLS_TABLE} spells ON spells.account_id = s.account_id
      AND left_at BETWEEN ended_at AND ended_at + INTERVAL ${company.settings.churn.graceDays} DAY
    ORDER BY s.account_id, subscription_id`);
  const last = read.columns.at(-1)!;
  const isLast = last.kind === 'text' ? new Float64Array() : last.values;
  const left = isLast.reduce((sum, value) => sum + value, 0);
  if (left < LEAST_LEFT || isLast.length - left < LEAST_LEFT) return [];
  const levelled = names.map((name, i) => ({ name, column: levelsOf(read.columns[i]!) }));
  const tests = levelled.reduce((sum, { column }) => sum + column.words.length, 0);
  const all = { rows: isLast.length, left, tests };
  return levelled.flatMap(({ name, column }) => {
    const counts = countLevels(column, isLast);
    const level = counts.findIndex((count) => marksLeavers(count, all, FALSE_FINDING));
    if (level < 0) return [];
    const { rows, left: lastRows } = counts[level]!;
    return [
      {
        kind: 'rewritten-after-leaving',
        table: 'subscriptions',
        column: name,
        message: `subscriptions.${name} ${column.words[level]} in ${countText(lastRows)} of the ${countText(left)} agreements with which an account left and in ${countText(rows - lastRows)} of the ${countText(all.rows - left)} others: it was written after leaving`,
        action: 'left-out',
        features: featuresReading(features, 'subscriptions', name),
      },
    ];
  });
}
