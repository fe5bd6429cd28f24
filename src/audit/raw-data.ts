import { attributeFeatureName } from '../features/attribute-name.js';
import { type Feature, featureCatalogue } from '../features/catalogue.js';
import { quoteText } from '../sources/duckdb/sql-text.js';
import type { RawColumn } from '../tables/raw-table.js';
import { createSpells } from '../timeline/spells.js';
import { ATTRIBUTES_TABLE, type Company } from '../workspace/company.js';
import { findRewrittenAgreements } from './agreement-cells.js';
import { findLateArrivals } from './arrival.js';
import { computedAtExtraction, readYardsticks } from './computed-totals.js';
import { type AuditFinding, featuresReading } from './finding.js';
import { levelsOf } from './levels.js';
import { createLives, LIVES_TABLE, type Lives } from './lives.js';
import { rewrittenValue } from './rewritten.js';

export interface RawDataAudit {
  readonly findings: readonly AuditFinding[];
  /** Features that training leaves out because of the findings, in the catalogue's order. */
  readonly features: readonly string[];
}

/** Columns of the contract of accounts that have no history. */
const UNDATED = ['segment', 'industry', 'country', 'plan', 'owner', 'employees'] as const;

/**
 * Looks for ways in which raw tables know who left: values rewritten after leaving, durations and totals computed at the
 * extraction, rows that arrive because an account left. No as-of reading helps against the first two, as such columns
 * have no date; what the audit of features (`auditFeatures`) proves for dated facts, this one can only find by their
 * marks. Makes the table of stays anew.
 *
 * The bars are such that a company without a leak has at most one chance in a thousand of a finding for each of the
 * three kinds; a finding always carries its counts.
 *
 * @example
 * const { findings } = await auditCompany(company);
 * findings.length; // 0
 */
export async function auditCompany(company: Company): Promise<RawDataAudit> {
  await createSpells(company);
  const lives = await createLives(company);
  const catalogue = featureCatalogue(company);
  const findings = [
    ...(await findInAccounts(company, lives, catalogue)),
    ...(await findRewrittenAgreements(company, catalogue)),
    ...(await findLateArrivals(company, catalogue)),
  ];
  const leftOut = new Set(
    findings.filter(({ action }) => action === 'left-out').flatMap(({ features }) => features),
  );
  return { findings, features: catalogue.map(({ name }) => name).filter((name) => leftOut.has(name)) };
}

/** A column of accounts without history. */
interface UndatedColumn {
  readonly name: string;
  readonly cells: RawColumn;
  readonly features: readonly string[];
}

async function findInAccounts(
  company: Company,
  lives: Lives,
  catalogue: readonly Feature[],
): Promise<AuditFinding[]> {
  const yardsticks = await readYardsticks(company);
  const columns = await readUndated(company, catalogue);
  const levelled = columns.map(({ cells }) => levelsOf(cells));
  const tests = levelled.reduce((sum, { words }) => sum + words.length, 0);
  return columns.flatMap(({ name, cells, features }, i): AuditFinding[] => {
    const found = { table: 'accounts', column: name, action: 'left-out', features } as const;
    const computed = cells.kind === 'text' ? null : computedAtExtraction(cells.values, yardsticks);
    if (computed !== null) {
      return [
        {
          ...found,
          kind: 'computed-at-extraction',
          message: `accounts.${name} ${computed}: it was computed at the extraction`,
        },
      ];
    }
    const value = rewrittenValue(lives, levelled[i]!, tests);
    if (value === null) return [];
    return [{ ...found, kind: 'rewritten-after-leaving', message: `accounts.${name} ${value.words}` }];
  });
}

async function readUndated(company: Company, catalogue: readonly Feature[]): Promise<UndatedColumn[]> {
  const { database, attributes } = company;
  const own = attributes.map(
    ({ name, kind }, i) =>
      `LEFT JOIN (SELECT account_id, ${kind} AS own_${i} FROM ${ATTRIBUTES_TABLE} WHERE name = ${quoteText(name)}) USING (account_id)`,
  );
  const selected = [...UNDATED, ...attributes.map((_, i) => `own_${i}`)].map((name) => `${name}`);
  const { columns } = await database.table(
    `SELECT ${selected.join(', ')} FROM ${LIVES_TABLE} LEFT JOIN accounts USING (account_id) ${own.join(' ')} ORDER BY account_id`,
  );
  const names = new Set(catalogue.map(({ name }) => name));
  return columns.map((cells, i) => {
    const attribute = attributes[i - UNDATED.length];
    if (!attribute)
      return { name: cells.name, cells, features: featuresReading(catalogue, 'accounts', cells.name) };
    const feature = attributeFeatureName(attribute.name);
    return { name: attribute.name, cells, features: names.has(feature) ? [feature] : [] };
  });
}
