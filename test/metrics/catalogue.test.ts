import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRIC_FAMILIES, metricsCatalogue } from '../../src/metrics/catalogue.js';
import { CHURN_FORMULA_NAMES, CHURN_FORMULAS } from '../../src/metrics/churn-formulas.js';
import { metricDefinitionSchema } from '../../src/metrics/metric.js';
import { monthNamed, monthOf, monthsBetween } from '../../src/metrics/months.js';

const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

describe('the catalogue', () => {
  it('has named, sourced metrics, each once', () => {
    expect(metricsCatalogue.length).toBeGreaterThanOrEqual(24);
    for (const definition of metricsCatalogue) {
      expect(metricDefinitionSchema.parse(definition)).toEqual(definition);
      expect(definition.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const words of Object.values(definition)) expect(words).not.toBe('');
    }
    expect(new Set(metricsCatalogue.map(({ name }) => name)).size).toBe(metricsCatalogue.length);
    expect(new Set(METRIC_FAMILIES.map(({ name }) => name)).size).toBe(METRIC_FAMILIES.length);
  });

  it.each(metricsCatalogue.map((definition) => [definition.name, definition] as const))(
    '%s is in docs/metrics.md as it is computed',
    (_, { name, title, formula, unit, interval, source }) => {
      expect(page).toContain(`| \`${name}\` | ${title} | ${formula} | ${unit} | ${interval} | ${source} |`);
    },
  );

  it('documents every churn formula of the reconciler', () => {
    for (const name of CHURN_FORMULA_NAMES)
      expect(page).toContain(`| \`${name}\` | ${CHURN_FORMULAS[name].formula} |`);
  });
});

describe('months', () => {
  it('are half-open, in UTC, over years and leap days', () => {
    expect(monthNamed('2024-02')).toEqual({
      name: '2024-02',
      starts: Date.UTC(2024, 1, 1),
      ends: Date.UTC(2024, 2, 1),
    });
    expect(monthOf(Date.UTC(2024, 2, 1)).name).toBe('2024-03');
    expect(monthOf(Date.UTC(2024, 2, 1) - 1).name).toBe('2024-02');
    const names = monthsBetween(monthNamed('2023-11'), monthNamed('2024-02')).map(({ name }) => name);
    expect(names).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
    expect(monthsBetween(monthNamed('2024-02'), monthNamed('2024-01'))).toEqual([]);
  });
});
