import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rankCorrelation } from '../../src/audit/rank-correlation.js';
import { applyRecipe } from '../../src/cleaning/recipe.js';
import { calibrationLine } from '../../src/evaluation/calibration-slope.js';
import type { Bundle } from '../../src/exports/bundle.js';
import { companySource } from '../../src/scoring/company-source.js';
import { simulatedFiles } from '../../src/simulation/tables/files.js';
import type { ScenarioName } from '../../src/simulation/tables/scenarios.js';
import { simulateTables } from '../../src/simulation/tables/simulate.js';
import { predictChurn } from '../../src/training/churn-model.js';
import type { CompanyCard } from '../../src/training/company-card.js';
import { trainCompany } from '../../src/training/train-company.js';
import { openWorkspace } from '../../src/workspace/open-workspace.js';

/** The simulator's names of the aspects that are called otherwise here. */
const ASPECTS: Record<string, string> = {
  executive: 'executive_relationship',
  self_sufficiency: 'self_service',
  incidents: 'service_quality',
};

interface Study {
  readonly bundle: Pick<Bundle, 'model' | 'recipe' | 'card'>;
  readonly card: CompanyCard;
  /** Predicted and true chance to leave in the month, of every account active at a later first of a month. */
  readonly predicted: Float64Array;
  readonly hazard: Float64Array;
  readonly plantedWorth: ReadonlyMap<string, number>;
}

/** Trains with a 30-day horizon, which is what the truth tells, and predicts the last months. */
async function study(scenario: ScenarioName, accounts: number, seed: number): Promise<Study> {
  const folder = mkdtempSync(join(tmpdir(), 'churnlab-truth-'));
  const files = new Map<string, string>();
  try {
    for (const [name, pieces] of simulatedFiles(simulateTables({ accounts, scenario, seed }))) {
      const text = [...pieces].join('');
      files.set(name, text);
      if (name.startsWith('truth/')) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { company, close } = await openWorkspace(folder);
    try {
      const training = await trainCompany(
        company,
        { sha256: '', notes: [] },
        { seed: 1, horizonDays: 30, timeBudgetSeconds: 60 },
      );
      const truth = rowsOf(files.get('truth/hazards.csv')!);
      const hazards = new Map(
        truth.map(({ account_id, month, hazard }) => [`${account_id} ${month}`, Number(hazard)]),
      );
      const predicted: number[] = [];
      const hazard: number[] = [];
      for (const month of ['2024-10-01', '2024-11-01', '2024-12-01']) {
        const source = await companySource(company, training, Date.parse(month));
        for await (const chunk of source.chunks()) {
          const { table, ids } = applyRecipe(training.recipe, chunk);
          predictChurn(training.model, table).forEach((p, row) => {
            const known = hazards.get(`${ids[row]} ${month}`);
            if (known === undefined) return;
            predicted.push(p);
            hazard.push(known);
          });
        }
      }
      return {
        bundle: training,
        card: training.card.company!,
        predicted: Float64Array.from(predicted),
        hazard: Float64Array.from(hazard),
        plantedWorth: new Map(
          rowsOf(files.get('truth/aspect-weights.csv')!).map(({ aspect, worth }) => [
            ASPECTS[aspect!] ?? aspect!,
            Number(worth),
          ]),
        ),
      };
    } finally {
      await close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(csv: string): Record<string, string>[] {
  const [header, ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])));
}

describe('companies with a known truth', () => {
  const slopes: number[] = [];

  it.each([7, 8, 9])(
    'seed %i: a signal, clean audits, and the aspects ranked as they were planted',
    async (seed) => {
      const base = await study('base', 4000, seed);
      const { slope, intercept } = slopeOfTruth(base);
      slopes.push(slope);
      expect(base.bundle.card.verdict.kind).toBe('signal');
      expect(base.card.audit).toMatchObject({ passed: true, changed: [] });
      expect(base.card.dataLeaks).toEqual([]);
      const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
      const ratio = sum(base.predicted) / sum(base.hazard);
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.25);

      const shared = base.card.aspects.filter(({ aspect }) => base.plantedWorth.has(aspect));
      const found = shared.map(({ without }) => without.logLoss.value);
      const planted = shared.map(({ aspect }) => base.plantedWorth.get(aspect)!);
      const correlation = rankCorrelation(Float64Array.from(found), Float64Array.from(planted));
      console.log(
        `seed ${seed}: slope ${slope.toFixed(3)}, intercept ${intercept.toFixed(3)}, ratio ${ratio.toFixed(3)}, ` +
          `${base.hazard.length} account-months, rank correlation ${correlation.toFixed(3)}`,
      );
      console.log(
        shared
          .map(
            ({ aspect, without }) =>
              `${aspect} ${without.logLoss.value.toFixed(5)} planted ${base.plantedWorth.get(aspect)}`,
          )
          .join('\n'),
      );
      expect(shared).toHaveLength(11);
      expect(correlation).toBeGreaterThan(0.7);
      const top = new Set(
        [...base.plantedWorth]
          .sort(([, a], [, b]) => b - a)
          .slice(0, 4)
          .map(([aspect]) => aspect),
      );
      expect(new Set(shared.slice(0, 4).map(({ aspect }) => aspect))).toEqual(top);
      expect(base.card.usage.kind).toBe('not-enough');
    },
  );

  it('the log-odds of predictions rise with the true ones by a mean slope of 0.9 to 1.1', () => {
    // One company of 4,000 accounts has some 100 leavers in the judged months: its own slope moves by about a tenth.
    const mean = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
    console.log(`mean slope ${mean.toFixed(3)} of ${slopes.map((slope) => slope.toFixed(3)).join(', ')}`);
    expect(slopes).toHaveLength(3);
    expect(mean).toBeGreaterThan(0.9);
    expect(mean).toBeLessThan(1.1);
  });
});

it('usage alone is not called too little where nothing else carries anything', async () => {
  const { card } = await study('usage-only', 2500, 7);
  console.log(card.usage.sentence);
  expect(card.usage.kind).not.toBe('not-enough');
  expect(card.aspects[0]!.aspect).toBe('usage');
});

it('usage alone is called too little where every aspect carries something', async () => {
  const { card } = await study('many-sided', 2500, 7);
  console.log(card.usage.sentence);
  expect(card.usage.kind).toBe('not-enough');
});

it('nothing is found where nothing was planted', async () => {
  const { bundle, card } = await study('null', 1500, 7);
  expect(bundle.card.verdict.kind).toBe('no-signal');
  expect(card.dataLeaks).toEqual([]);
});

/** The logistic fit of the true chances on the predicted log-odds; the truth stands for endless draws of the outcome. */
function slopeOfTruth({ predicted, hazard }: Study): { slope: number; intercept: number } {
  const twice = Float64Array.from([...predicted, ...predicted]);
  const outcomes = Uint8Array.from({ length: twice.length }, (_, row) => (row < predicted.length ? 1 : 0));
  const weights = Float64Array.from([...hazard, ...hazard.map((p) => 1 - p)]);
  return calibrationLine(twice, outcomes, weights);
}
