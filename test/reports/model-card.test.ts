import { describe, expect, it } from 'vitest';
import { modelCard } from '../../src/reports/model-card.js';
import { hostileCard, noSignalCard, signalCard } from './card-fixture.js';

describe('model card', () => {
  it('says the verdict before any figure, then red flags, candidates, lift, drivers and how it was made', () => {
    const text = modelCard(signalCard());
    expect(text).toMatch(/^# Churn model telco\n\n\*\*Signal\.\*\* The model tells churners apart/);
    expect(text.match(/^## .*/gm)).toEqual([
      '## Red flags',
      '## Candidates',
      '## Probabilities',
      '## Lift',
      '## Drivers',
      '## The answer in disguise',
      '## Doubts',
      '## How this was made',
    ]);
    expect(text).toContain('| **Ensemble** | three members | 0.4102 (0.3893–0.4311) | 0.850 (0.831–0.869) |');
    expect(text).toContain('Calibration: Platt scaling.');
    expect(text).toContain(signalCard().data.sha256);
  });

  it('leaves out what a ranking made from noise would mislead with', () => {
    const text = modelCard(noSignalCard());
    expect(text).toContain('**No signal.** Nothing in this table');
    expect(text).not.toContain('## Lift');
    expect(text).not.toContain('## Drivers');
  });

  it('keeps hostile names inside their cells and out of the markup', () => {
    const text = modelCard(hostileCard());
    expect(text).not.toMatch(/(?<!\\)<|(?<!\\)\]\(/);
    expect(text).not.toContain('\u001b');
    const tables = text.split('\n').filter((line) => line.startsWith('| '));
    const drivers = tables.slice(tables.findIndex((line) => line.startsWith('| Column')));
    for (const line of drivers) expect(line.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});
