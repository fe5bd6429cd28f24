import { describe, expect, it } from 'vitest';
import { leadTimeChart } from '../../src/charts/lead-time.js';
import { renderSvg } from '../../src/charts/render.js';
import type { LeadTime } from '../../src/lead-time/lead-time.js';
import { compileWarnings, drawnTexts, specShape } from './compile-chart.js';

/** An indicator whose AUC steps from 0.5 to `auc` at its onset. */
function leadTime(feature: string, aspect: string, onset: number | null, auc: number, reach = 4): LeadTime {
  return {
    feature,
    aspect,
    description: `What ${feature} counts`,
    leavers: 300,
    curve: Array.from({ length: 14 }, (_, fortnight) => {
      const daysBefore = 14 * fortnight;
      const value = onset !== null && daysBefore < onset ? auc : 0.5;
      return { daysBefore, auc: { value, low: value - 0.02, high: value + 0.02 }, lift: 2 * value };
    }),
    tells: onset === null ? 'never' : 'from-onset',
    leaversHave: onset === null ? null : auc > 0.5 ? 'more' : 'less',
    leadDays: onset === null ? null : { value: onset, low: onset - reach, high: onset + reach },
    arrivalDays: 2,
    flagDays: 15.2,
    daysToAct: onset === null ? null : onset - 17.2,
  };
}

const some = [
  leadTime('tickets', 'support', 42, 0.6),
  leadTime('tickets_long', 'support', 50, 0.7, 20),
  leadTime('usage', 'usage', 60, 0.35),
  leadTime('late', 'invoices', 10, 0.6),
  leadTime('surveys', 'surveys', null, 0.5),
];

describe('leadTimeChart', () => {
  it.each([
    ['with some indicators', some],
    ['with none that begins to tell', [some[4]!]],
    ['without indicators', []],
  ])('%s compiles without a warning, and draws', async (_, leadTimes) => {
    const spec = leadTimeChart(leadTimes);
    expect(compileWarnings(spec)).toEqual([]);
    expect(await renderSvg(spec)).not.toContain('NaN');
  });

  it('keeps its shape', async () => {
    await expect(specShape(leadTimeChart(some))).toMatchFileSnapshot('fixtures/lead-time.json');
  });

  it('shows for each aspect the indicator whose beginning is known best, longest lead first', async () => {
    const drawn = drawnTexts(await renderSvg(leadTimeChart(some)));
    const titles = drawn.filter((text) => text.includes(': What'));
    expect(titles).toEqual([
      'Usage: What usage counts',
      'Support: What tickets counts',
      'Invoices: What late counts',
    ]);
    expect(drawn).toEqual(
      expect.arrayContaining(['from day 60 (56–64)', '43 left to act', '25 left to act', '0 left to act']),
    );
    // Leavers use less: an AUC of 0.35 tells as well as one of 0.65.
    expect(drawn).toContain('AUC 0.65');
  });

  it('says it in words too', () => {
    expect(leadTimeChart(some).description).toContain(
      'What usage counts: from 60 days before leaving, 43 left to act',
    );
    expect(leadTimeChart([]).description).toBe('No indicator begins to tell who leaves beyond doubt.');
  });
});
