import { describe, expect, it } from 'vitest';
import { readLedger } from '../../src/flags/read-ledger.js';

const part = { rows: 10, churned: 2, from: '2024-01-01', to: '2024-03-01' };
const ledger = {
  formatVersion: 1,
  kind: 'churnlab-flags',
  churnlabVersion: '0.0.0',
  data: { file: 'a.csv', sha256: 'x' },
  seed: 1,
  discovery: part,
  confirmation: part,
  handled: [],
  search: {
    conditions: 1,
    depth: 3,
    leastAccounts: 5,
    candidates: 1,
    complete: true,
    correction: 'westfall-young',
    permutations: 9,
    carried: 0,
  },
  capacity: 10,
  facts: [],
  overlap: [],
  triggers: [],
  triggerReturns: [],
  flagReturns: [],
};

describe('readLedger', () => {
  it('reads what was written', () => {
    expect(readLedger(JSON.stringify(ledger), 'flags.json')).toEqual(ledger);
  });

  it.each([
    ['{', /^flags\.json is no JSON: /],
    ['[]', /^flags\.json is no ledger of flags: top level: /],
    [JSON.stringify({ ...ledger, formatVersion: 2 }), /^flags\.json is no ledger of flags: formatVersion: /],
    [JSON.stringify({ ...ledger, facts: [{ id: 1 }] }), /^flags\.json is no ledger of flags: facts\.0\.id: /],
    [JSON.stringify({ ...ledger, more: 1 }), /^flags\.json is no ledger of flags: top level: .*"more"/],
  ])('says where %s is at fault', (text, message) => {
    expect(() => readLedger(text, 'flags.json')).toThrow(message);
    expect(() => readLedger(text, 'flags.json')).toThrow(expect.objectContaining({ code: 'bad-file' }));
  });
});
