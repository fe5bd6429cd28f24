import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aspectFacts, aspects } from '../../../src/simulation/tables/aspects.js';
import { factCounts } from '../../../src/simulation/tables/fact-cells.js';
import { scenarioNames } from '../../../src/simulation/tables/scenarios.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import type { SimulatedTable } from '../../../src/simulation/tables/table.js';
import { rowsOf } from './read-tables.js';

const readme = readFileSync(new URL('../../../data/README.md', import.meta.url), 'utf8');
const card = readme.slice(readme.indexOf('# The tables company'));

describe('the card of the tables company', () => {
  it('states the lead time of every aspect', () => {
    for (const aspect of aspects) {
      const line = card.split('\n').find((text) => text.startsWith(`| \`${aspect}\` |`))!;
      expect(line.split('|').at(-2)!.trim()).toBe(String(aspectFacts[aspect].leadDays));
    }
  });

  it('names every scenario, every file of the truth and every leak', () => {
    for (const scenario of scenarioNames) expect(card).toContain(`| \`${scenario}\` |`);
    const { truth } = simulateTables({ scenario: 'leak', accounts: 20, months: 3, seed: 1 });
    for (const stem of [...Object.keys(truth), 'facts', 'saves']) {
      expect(card).toMatch(new RegExp(`\\| \`${stem}\\.(csv|json)\` \\|`));
    }
    for (const leak of rowsOf(truth['leaks'] as SimulatedTable)) {
      if (leak['kind'] === 'arrives_after_leaving') continue;
      expect(card).toContain(`\`${leak['table']}.${leak['column']}\``);
    }
  });

  it('states the counts of the compound fact', () => {
    for (const { accounts, leave } of Object.values(factCounts(20_000))) {
      const rate = ((100 * leave) / accounts).toFixed(1);
      expect(card).toContain(
        `| ${accounts.toLocaleString('en-US')} | ${leave.toLocaleString('en-US')} = ${rate} % |`,
      );
    }
  });
});
