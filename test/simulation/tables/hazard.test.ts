import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { aspectFacts, aspects } from '../../../src/simulation/tables/aspects.js';
import { monthOf, monthStart } from '../../../src/simulation/tables/calendar.js';
import { type AccountLife, liveCompany } from '../../../src/simulation/tables/lives.js';
import { type ScenarioName, scenarioPlan } from '../../../src/simulation/tables/scenarios.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import { aspectWeightsTable } from '../../../src/simulation/tables/truth.js';
import { createWorld } from '../../../src/simulation/tables/world.js';
import { rowsOf } from './read-tables.js';

const live = (scenario: ScenarioName, accounts: number, months = 24, seed = 2): AccountLife[] =>
  liveCompany(accounts, createWorld(scenarioPlan(scenario), months), seededRandom(seed));

/** One entry per account and month: its true chance and what came of it. */
function livedMonths(lives: readonly AccountLife[]) {
  return lives.flatMap((life) => {
    const left = new Set(life.stints.flatMap(({ leave }) => (leave ? [monthOf(leave.day)] : [])));
    return life.months.map(({ month, hazard }) => ({ life, month, hazard, left: left.has(month) }));
  });
}

/** Standard errors between what was drawn and what was to be expected. */
function surprise(months: readonly { hazard: number; left: boolean }[]): number {
  const expected = months.reduce((sum, { hazard }) => sum + hazard, 0);
  const variance = months.reduce((sum, { hazard }) => sum + hazard * (1 - hazard), 0);
  return (months.filter(({ left }) => left).length - expected) / Math.sqrt(variance);
}

describe('the hazard', () => {
  it.each(['base', 'many-sided', 'usage-only', 'drift', 'persuadable', 'simpson', 'null'] as const)(
    '%s: outcomes agree with the true chances, low and high',
    (scenario) => {
      const months = livedMonths(live(scenario, 1500)).sort((a, b) => a.hazard - b.hazard);
      expect(Math.abs(surprise(months))).toBeLessThan(3);
      const tenth = Math.ceil(months.length / 10);
      for (let start = 0; start < months.length; start += tenth) {
        expect(Math.abs(surprise(months.slice(start, start + tenth)))).toBeLessThan(4);
      }
      expect(Math.abs(surprise(months.filter(({ hazard }) => hazard > 0.2)) || 0)).toBeLessThan(4);
    },
  );

  it.each(['base', 'usage-only', 'null'] as const)(
    '%s: between 2 and 3 of 100 accounts leave in a month',
    (scenario) => {
      const months = livedMonths(live(scenario, 1500));
      const rate = months.filter(({ left }) => left).length / months.length;
      expect(rate).toBeGreaterThan(0.02);
      expect(rate).toBeLessThan(0.03);
    },
  );

  it('plants weights in the order of the plan, and nothing but usage in usage-only', () => {
    const ranked = (scenario: ScenarioName) => rowsOf(aspectWeightsTable(live(scenario, 2000)));
    const base = ranked('base');
    expect(base.slice(0, 3).map((row) => row['aspect'])).toEqual(['renewal', 'usage', 'executive']);
    expect(base.map((row) => Number(row['rank']))).toEqual(aspects.map((_, index) => index + 1));
    expect(base.every((row) => Number(row['worth']) > 0)).toBe(true);
    const carrying = ranked('usage-only').filter((row) => Number(row['weight']) > 0);
    expect(carrying.map((row) => row['aspect'])).toEqual(['usage']);
  });

  it('lets a danger come its lead time after the onset, and its leaving within two days of it', () => {
    expect(new Set(aspects.map((aspect) => aspectFacts[aspect].leadDays)).size).toBe(aspects.length);
    const gaps = live('many-sided', 1500).flatMap(({ stints }) =>
      stints.flatMap(({ leave, episodes }) => {
        if (!leave || leave.cause === 'none' || leave.cause === 'term_end') return [];
        const danger = episodes.findLast(
          ({ aspect, dangerDay }) => aspect === leave.cause && monthOf(dangerDay) === monthOf(leave.day),
        )!;
        return [leave.day - danger.onsetDay - aspectFacts[danger.aspect].leadDays];
      }),
    );
    expect(gaps.length).toBeGreaterThan(400);
    expect(new Set(gaps)).toEqual(new Set([-2, -1, 0, 1, 2]));
  });

  it('drift: usage counts before two thirds of the months are over, support after', () => {
    const all = livedMonths(live('drift', 2500));
    const troubled = (aspect: 'usage' | 'support', from: number, to: number) => {
      const months = all.filter(
        ({ life, month }) =>
          month >= from &&
          month < to &&
          life.stints.some(({ episodes }) =>
            episodes.some((one) => one.aspect === aspect && monthOf(one.dangerDay) === month),
          ),
      );
      return months.filter(({ left }) => left).length / months.length;
    };
    expect(troubled('usage', 0, 16)).toBeGreaterThan(0.25);
    expect(troubled('usage', 16, 24)).toBeLessThan(0.1);
    expect(troubled('support', 16, 24)).toBeGreaterThan(troubled('support', 0, 16) + 0.15);
  });
});

describe('simpson', () => {
  const months = livedMonths(live('simpson', 2500));
  const rate = (segment: string | null, isMember: boolean) => {
    const rows = months.filter(
      ({ life: { traits } }) =>
        (segment === null || traits.segment === segment) && traits.habits.communityPerDay > 0 === isMember,
    );
    return rows.filter(({ left }) => left).length / rows.length;
  };

  it('members of the community leave more over all and less in every segment', () => {
    expect(rate(null, true)).toBeGreaterThan(1.2 * rate(null, false));
    for (const segment of ['small', 'midsize', 'enterprise']) {
      expect(rate(segment, true), segment).toBeLessThan(0.85 * rate(segment, false));
    }
  });

  it('shows membership in the community table', () => {
    const { tables } = simulateTables({ scenario: 'simpson', accounts: 200, months: 3, seed: 1 });
    const active = new Set(rowsOf(tables.community_activity).map((row) => row['account_id']));
    expect(active.size).toBeGreaterThan(90);
    expect(active.size).toBeLessThan(160);
  });
});

describe('persuadable', () => {
  const calls = live('persuadable', 2500).flatMap((life) => {
    const left = new Set(life.stints.flatMap(({ leave }) => (leave ? [monthOf(leave.day)] : [])));
    return life.calls.map((call) => ({ ...call, type: life.responseType, left: left.has(call.month) }));
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('assigns calls by the toss of a coin, before anybody of the month has left', () => {
    const treated = calls.filter(({ assigned }) => assigned === 'treat').length;
    expect(Math.abs(treated - calls.length / 2)).toBeLessThan(2 * Math.sqrt(calls.length));
    expect(
      calls.every(({ contactedAt, month }) => Math.floor(contactedAt / 86_400) === monthStart(month)),
    ).toBe(true);
  });

  it('keeps the persuadable, drives sleeping dogs away, and leaves the others as they are', () => {
    const effect = (type: string) =>
      mean(calls.filter((call) => call.type === type).map((call) => call.hazardIfCalled - call.hazardIfNot));
    expect(effect('persuadable')).toBeLessThan(-0.02);
    expect(effect('sleeping_dog')).toBeGreaterThan(0.01);
    expect(effect('sure_thing')).toBe(0);
    expect(effect('lost_cause')).toBe(0);
  });

  it('shows the effect among the persuadable who were called and held back', () => {
    const rate = (assigned: string) =>
      mean(
        calls
          .filter((call) => call.type === 'persuadable' && call.assigned === assigned)
          .map(({ left }) => Number(left)),
      );
    expect(rate('treat')).toBeLessThan(0.6 * rate('hold_back'));
  });
});
