import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factCounts } from '../../../src/simulation/tables/fact-cells.js';
import { type ScenarioName, scenarioNames } from '../../../src/simulation/tables/scenarios.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import type { SimulatedTable } from '../../../src/simulation/tables/table.js';
import { grouped, rowsOf } from './read-tables.js';

const card = readFileSync(new URL('../../../data/README.md', import.meta.url), 'utf8');
const truthOf = (scenario: ScenarioName) => simulateTables({ scenario, seed: 7 }).truth;
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

describe('companies of default size, as the card states them', () => {
  it.each(scenarioNames)('%s: has 300,000 to 620,000 usage events', (scenario) => {
    const { rows } = simulateTables({ scenario, seed: 7 }).tables.usage_events;
    expect(rows).toBeGreaterThan(300_000);
    expect(rows).toBeLessThan(620_000);
  });

  it('base: leavings per account-month', () => {
    const { leaves, accountMonths } = truthOf('base')['scenario'] as unknown as Record<string, number>;
    expect(card).toContain(`${leaves} of ${accountMonths!.toLocaleString('en-US')} account-months`);
  });

  it('simpson: the facts that turn around', () => {
    const { tables, truth } = simulateTables({ scenario: 'simpson', seed: 7 });
    const members = new Set(rowsOf(tables.community_activity).map((row) => row['account_id']));
    const left = new Set(
      rowsOf(truth['leaves'] as SimulatedTable).map(
        (row) => `${row['account_id']} ${row['left_on']!.slice(0, 7)}`,
      ),
    );
    const segments = new Map(rowsOf(tables.accounts).map((row) => [row['account_id'], row['segment']!]));
    const months = rowsOf(truth['hazards'] as SimulatedTable).map((row) => ({
      segment: segments.get(row['account_id'])!,
      isMember: members.has(row['account_id']),
      left: left.has(`${row['account_id']} ${row['month']!.slice(0, 7)}`),
    }));
    const cell = (segment: string, isMember: boolean): string => {
      const some = months.filter(
        (row) => row.isMember === isMember && ['all', row.segment].includes(segment),
      );
      const gone = some.filter((row) => row.left).length;
      return `${gone} of ${some.length.toLocaleString('en-US')} = ${percent(gone / some.length)}`;
    };
    for (const segment of ['all', 'small', 'midsize', 'enterprise']) {
      expect(card).toContain(`| ${segment} | ${cell(segment, true)} | ${cell(segment, false)} |`);
    }
  });

  it('seed-fact: the members of all three signs', () => {
    const facts = grouped(rowsOf(truthOf('seed-fact')['facts'] as SimulatedTable), (row) => row['fact']!);
    const { allThree, silent } = factCounts(20_000);
    const three = facts.get('silent and busy and unhappy')!;
    expect(three).toHaveLength(allThree.accounts);
    expect(three.filter((row) => row['left'] === '1')).toHaveLength(allThree.leave);
    expect(facts.get('silent')!.filter((row) => row['left'] === '1')).toHaveLength(silent.leave);
  });
});
