import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { sigmoid } from '../../src/models/model.js';
import { drawAccount, type SimulatedAccount } from '../../src/simulation/account.js';
import { hasManyCases, isGivingUp, isSilent, isUnhappy, trueScore } from '../../src/simulation/hazard.js';

/** An account at which most terms are 0; the others are worked out below. */
const plain: SimulatedAccount = {
  contract: {
    segment: 'midsize',
    plan: 'team',
    term: 'annual',
    seats: 30,
    mrr: 900,
    tenureMonths: 18,
    renewals: 1,
    daysToRenewal: 200,
    seatChange12m: 0,
    overdueDays: 0,
    failedPayments90d: 0,
  },
  usage: {
    daysSinceLogin: 3,
    logins28d: 60,
    loginChange: 0,
    activeUserShare: 0.55,
    featureBreadth: 6,
    selfServiceShare: 0.42,
    communityPosts90d: 0,
  },
  support: { cases30d: 2, firstResponseHours: 3.5, csat: 7, nps: 7, incidents90d: 1 },
  relationship: { executiveContactDays: 30, sponsorChanges12m: 0, onboardingDays: 34 },
};

describe('the true hazard', () => {
  it('adds the terms of a plain account, worked by hand', () => {
    const base = -1.943;
    const renewals = -0.12;
    const features = -0.09 * 0.5;
    const response = 0.25 * Math.log(1.05);
    const incidents = 0.15 * 0.1;
    expect(trueScore(plain)).toBeCloseTo(base + renewals + features + response + incidents, 12);
  });

  it('adds interactions only where both sides hold', () => {
    const contract = { ...plain.contract, daysToRenewal: 30 };
    const relationship = { ...plain.relationship, executiveContactDays: null };
    expect(trueScore({ ...plain, relationship })).toBe(trueScore(plain));
    expect(trueScore({ ...plain, contract }) - trueScore(plain)).toBeCloseTo(0.8, 12);
    expect(trueScore({ ...plain, contract, relationship }) - trueScore(plain)).toBeCloseTo(1.8, 12);
  });

  it('draws the lines of the compound fact at 14 days, 11 cases and a satisfaction of 4', () => {
    const { usage, support } = plain;
    const silent = [13, 14].map((daysSinceLogin) =>
      isSilent({ ...plain, usage: { ...usage, daysSinceLogin } }),
    );
    const busy = [10, 11].map((cases30d) => hasManyCases({ ...plain, support: { ...support, cases30d } }));
    const unhappy = [null, 5, 4].map((csat) => isUnhappy({ ...plain, support: { ...support, csat } }));
    expect({ silent, busy, unhappy }).toEqual({
      silent: [false, true],
      busy: [false, true],
      unhappy: [false, false, true],
    });
  });
});

describe('the world in expectation, over 60,000 accounts', () => {
  let accounts: SimulatedAccount[];
  beforeAll(() => {
    const random = seededRandom(11);
    accounts = Array.from({ length: 60_000 }, () => drawAccount(random));
  });

  it.each([
    ['all accounts', () => true, 0.2, 1],
    ['no login for two weeks', isSilent, 0.17, 0.29],
    ['more than ten cases', hasManyCases, 0.085, 0.24],
    ['satisfaction below 5', isUnhappy, 0.133, 0.19],
    ['all three', isGivingUp, 0.423, 0.025],
  ] as const)('%s leave at the planted rate', (_, holds, rate, share) => {
    const chances = accounts.filter(holds).map((account) => sigmoid(trueScore(account)));
    const mean = chances.reduce((sum, p) => sum + p, 0) / chances.length;
    const spread = Math.sqrt(chances.reduce((sum, p) => sum + (p - mean) ** 2, 0)) / chances.length;
    expect(Math.abs(mean - rate)).toBeLessThan(4 * spread);
    expect(chances.length / accounts.length).toBeCloseTo(share, 2);
  });
});
