import { describe, expect, it } from 'vitest';
import type { ChartSpec } from '../../src/charts/chart-spec.js';
import { divisionsOf, flagGroupsChart } from '../../src/charts/flag-groups.js';
import { flagOverlapChart } from '../../src/charts/flag-overlap.js';
import { flagRatesChart } from '../../src/charts/flag-rates.js';
import { flagReturnsChart } from '../../src/charts/flag-returns.js';
import { expressionLines } from '../../src/charts/flag-rows.js';
import { flagWarningChart } from '../../src/charts/flag-warning.js';
import { renderSvg } from '../../src/charts/render.js';
import type { Ledger } from '../../src/flags/ledger.js';
import { datedLedger, emptyLedger, hostileLedger, seedLedger } from '../flags/ledger-fixture.js';
import { compileWarnings, drawnTexts, specShape } from './compile-chart.js';

const chartsOf = (ledger: Ledger): Record<string, ChartSpec> => ({
  'flag-rates': flagRatesChart(ledger.facts, { failed: true }),
  'flag-warning': flagWarningChart(ledger.facts),
  'flag-overlap': flagOverlapChart(ledger.facts, ledger.overlap),
  'flag-returns': flagReturnsChart(ledger),
  'flag-groups': flagGroupsChart(
    ledger.facts[0] ?? { groups: [] },
    divisionsOf(ledger.facts[0] ?? { groups: [] })[0] ?? '',
  ),
});
const NAMES = Object.keys(chartsOf(seedLedger()));

/** Values of one field over all layers, without those that lack it. */
const drawnValues = ({ layer }: ChartSpec, field: string) =>
  layer
    .flatMap((one) => (one as { data: { values: Record<string, unknown>[] } }).data.values)
    .filter((row) => field in row)
    .map((row) => row[field]);

describe('charts of red flags', () => {
  it.each(NAMES)('%s compiles without a warning and draws, whatever the ledger', async (name) => {
    for (const ledger of [seedLedger(), datedLedger(), emptyLedger(), hostileLedger()]) {
      const spec = chartsOf(ledger)[name]!;
      expect(compileWarnings(spec)).toEqual([]);
      expect(await renderSvg(spec, { width: 360 })).not.toMatch(/NaN|undefined/);
    }
  });

  it.each(NAMES)('%s keeps its shape', async (name) => {
    await expect(specShape(chartsOf(datedLedger())[name]!)).toMatchFileSnapshot(`fixtures/${name}.json`);
  });
});

describe('flagRatesChart', () => {
  it('shows a rate of 42.3 % whose parts are at 17, 8.5 and 13.3 %, below the base rate of 20 %', async () => {
    const spec = flagRatesChart(seedLedger().facts);
    const rates = [...new Set(drawnValues(spec, 'rate'))].map((rate) =>
      Number((100 * Number(rate)).toFixed(1)),
    );
    expect(rates.sort((a, b) => a - b)).toEqual([8.5, 13.3, 17, 42.3]);
    expect(new Set(drawnValues(spec, 'baseRate'))).toEqual(new Set([0.2]));
    expect(spec.title!.text.replaceAll('\u00a0', ' ')).toBe(
      '42 % of the accounts that raise the flag left, 20 % of all',
    );
    expect(spec.title!.subtitle).toContain('each condition alone, none above the base rate');
    expect(drawnTexts(await renderSvg(spec))).toContain('42\u00a0% (36–48\u00a0%)');
  });

  it('shows failed guesses in grey, and only when asked', () => {
    const { facts } = datedLedger();
    expect(drawnValues(flagRatesChart(facts), 'held')).not.toContain(false);
    const held = drawnValues(flagRatesChart(facts, { failed: true }), 'held').slice(0, 4);
    expect(held).toEqual([true, true, false, false]);
  });

  it('does not call a flag’s parts harmless when one is above the base rate', () => {
    expect(flagRatesChart(datedLedger().facts).title!.subtitle).not.toContain('none above');
  });

  it('says it in words too', () => {
    expect(flagRatesChart(seedLedger().facts).description.replaceAll('\u00a0', ' ')).toContain(
      'alone days_since_login >= 14 17 %, cases_28d >= 11 8.5 %, csat < 5 13 %',
    );
    expect(flagRatesChart([]).description).toBe('No flag held.');
  });
});

describe('many flags', () => {
  it('are cut to the first ones, and the chart says so', () => {
    const [fact] = datedLedger().facts;
    const facts = Array.from({ length: 40 }, () => fact!);
    const overlap = facts.map((_, i) => facts.map((_, j) => Number(i === j)));
    const subtitles = [flagRatesChart(facts), flagWarningChart(facts), flagOverlapChart(facts, overlap)].map(
      ({ title }) => title!.subtitle,
    );
    expect(subtitles.map((text) => /The first .*$/.exec(text)?.[0])).toEqual([
      'The first 12 of 40.',
      'The first 12 of 40.',
      'The first 10 of 40.',
    ]);
    expect(flagOverlapChart(facts, overlap).title!.text).toBe('No two flags are raised by the same account');
  });
});

describe('expressions in a chart', () => {
  it('are broken between conditions, never inside quotes', () => {
    expect(expressionLines('days_since_login >= 14 and cases_28d >= 11 and csat < 5')).toEqual([
      'days_since_login >= 14 and cases_28d >= 11',
      'and csat < 5',
    ]);
    expect(expressionLines('"a and b" is "c and d" and a_feature_with_a_rather_long_name_28d < 2')).toEqual([
      '"a and b" is "c and d"',
      'and a_feature_with_a_rather_long_name_28d < 2',
    ]);
  });

  it('end after four lines', () => {
    const long = Array.from({ length: 9 }, (_, i) => `a_feature_with_a_rather_long_name_${i} < 1`).join(
      ' and ',
    );
    const lines = expressionLines(long);
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatch(/name_3 < 1 …$/);
  });
});

describe('flagOverlapChart', () => {
  it('has a cell for every two flags and names the most alike', async () => {
    const { facts, overlap } = datedLedger();
    const spec = flagOverlapChart(facts, overlap);
    expect(drawnValues(spec, 'share').slice(0, 4)).toEqual([1, 0.62, 0.62, 1]);
    expect(spec.title!.text).toBe('Flags 1 and 2 are the most alike: 62\u00a0% of the smaller one');
    const drawn = drawnTexts(await renderSvg(spec));
    expect(drawn.filter((text) => text === '62\u00a0%')).toHaveLength(2);
    expect(drawn).toContain('1. days_since_login >= 14 and cases_28d >= 11');
  });
});

describe('flagWarningChart', () => {
  it('shows median and range, and nothing of flags without dates', () => {
    const spec = flagWarningChart(datedLedger().facts);
    expect(drawnValues(spec, 'medianDays').slice(0, 2)).toEqual([41, 19]);
    expect(drawnValues(spec, 'lowDays').slice(0, 2)).toEqual([12, 6]);
    expect(spec.title!.text).toBe('Flags are raised 19 to 41 days before leaving, in the median');
    expect(drawnValues(flagWarningChart(seedLedger().facts), 'medianDays')).toEqual([]);
  });
});

describe('flagReturnsChart', () => {
  it('rises by a step for each trigger and flag', () => {
    const spec = flagReturnsChart(seedLedger());
    const points = (spec.layer[2] as { data: { values: Record<string, number>[] } }).data.values;
    expect(
      points.map(({ name, accountsShare, churnedShare }) => [name, accountsShare, churnedShare]),
    ).toEqual([
      ['triggers', 0.06, 0.09],
      ['triggers', 0.1425, 0.1775],
      ['flags', 0.013, 0.0275],
    ]);
    expect(spec.title!.text).toBe('1 flag reaches 2.8\u00a0% of the leavers with 1.3\u00a0% of the accounts');
  });
});

describe('flagGroupsChart', () => {
  it('marks what turns around and draws the others beside it', async () => {
    const [fact] = datedLedger().facts;
    const spec = flagGroupsChart(fact!, 'journey_stage');
    expect(spec.title!.text).toBe('By stage: turned around in land');
    expect(drawnValues(spec, 'outsideRate').slice(0, 3)).toEqual([0.31, 0.18, 0.24]);
    expect(drawnTexts(await renderSvg(spec))).toEqual(expect.arrayContaining(['land', 'adopt', 'reversed']));
    expect(flagGroupsChart(fact!, 'segment').title!.text).toBe('By segment: it holds in 1 of 2');
  });

  it('leaves out what has one group alone', () => {
    const groups = datedLedger().facts[0]!.groups;
    expect(divisionsOf({ groups })).toEqual(['journey_stage', 'segment']);
    expect(divisionsOf({ groups: [...groups, { ...groups[0]!, by: 'month', value: '2025-04-01' }] })).toEqual(
      ['journey_stage', 'segment'],
    );
  });

  it('draws no stroke where all of a group raise the flag', () => {
    const [fact] = datedLedger().facts;
    const [group] = fact!.groups;
    const inside = { ...group!.inside, allAccounts: group!.inside.accounts };
    const spec = flagGroupsChart(
      { groups: [{ ...group!, inside, outsideRate: 0, verdict: 'unclear' }] },
      'journey_stage',
    );
    expect((spec.layer[0] as { data: { values: unknown[] } }).data.values).toEqual([]);
    expect(spec.description).toContain('no others, unclear');
  });
});
