import { type Random, seededRandom } from '../../src/math/random.js';
import { makeTable } from '../../src/tables/table.js';
import type { FlatRows } from './find-in.js';
import { noiseColumns } from './seed-world.js';

/** Marks of one account: each sign shows in a third of the accounts, independently of the others. */
export interface Signs {
  readonly a: boolean;
  readonly b: boolean;
  readonly c: boolean;
  readonly d: boolean;
  readonly e: boolean;
  readonly stage: string;
}

export interface FactWorld extends FlatRows {
  readonly signs: readonly Signs[];
}

const STAGES = ['land', 'adopt', 'expand', 'renew'];
const SIGNS = ['a', 'b', 'c', 'd', 'e'] as const;

/** Accounts whose chance to leave is what their signs say; a sign shows as a number of at least 20 of 0 to 29. */
export function factWorld(
  { seed, accounts, noise = 5 }: { seed: number; accounts: number; noise?: number },
  chance: (signs: Signs) => number,
): FactWorld {
  const random = seededRandom(seed).fork('fact world');
  const signs = Array.from({ length: accounts }, () => drawSigns(random));
  const outcome = random.fork('outcomes');
  const churned = Uint8Array.from(signs, (one) => (outcome.uniform() < chance(one) ? 1 : 0));
  const draw = random.fork('numbers');
  const table = makeTable([
    ...SIGNS.map((name) => ({
      kind: 'number' as const,
      name,
      values: Float64Array.from(signs, (one) => (one[name] ? 20 + draw.integer(10) : draw.integer(20))),
    })),
    {
      kind: 'category' as const,
      name: 'stage',
      levels: STAGES,
      codes: Int32Array.from(signs, ({ stage }) => STAGES.indexOf(stage)),
    },
    ...noiseColumns(accounts, noise, random.fork('noise')),
  ]);
  return { table, churned, signs };
}

function drawSigns(random: Random): Signs {
  const shows = () => random.uniform() < 1 / 3;
  return {
    a: shows(),
    b: shows(),
    c: shows(),
    d: shows(),
    e: shows(),
    stage: STAGES[random.integer(STAGES.length)]!,
  };
}

/** 1 for the accounts whose signs are as asked. */
export function whose({ signs }: FactWorld, test: (signs: Signs) => boolean): Uint8Array {
  return Uint8Array.from(signs, (one) => (test(one) ? 1 : 0));
}
