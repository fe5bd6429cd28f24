import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallDisk } from '../small-disk.js';
import { customerRows, delimited, trainArgs } from './customers.js';
import { ended, expectDone, expectRefusal, makeWorkplace } from './workplace.js';

const place = makeWorkplace();

beforeAll(async () => {
  place.write('t.csv', delimited(customerRows(100)));
  expectDone(await place.run(trainArgs('t.csv', 'model', '--quiet')));
  const [header, ...rows] = customerRows(2000);
  const many = Array.from({ length: 80 }, (_, part) =>
    rows.map(([id, ...rest]) => [`${part}-${id}`, ...rest]),
  );
  place.write('many.csv', delimited([header!, ...many.flat()]));
});

/** Waits until something has begun; fails when it never does. */
async function until(begun: () => boolean): Promise<void> {
  for (let waited = 0; !begun(); waited += 5) {
    if (waited > 30_000) throw new Error('never began');
    await sleep(5);
  }
}

describe('a run that is told to stop', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)(
    'in the middle of score by %s: exit %i, the old file stays, nothing else does',
    async (signal, status) => {
      place.write('scores.csv', 'old\n');
      const before = place.everything();
      const child = place.start(['score', 'many.csv', '--model', 'model', '--out', 'scores.csv']);
      const end = ended(child);
      await until(() => readdirSync(place.folder).some((name) => name.endsWith('.part')));
      expect(place.everything().length).toBeGreaterThan(before.length);
      child.kill(signal);
      expect(await end).toMatchObject({ status, stdout: '' });
      expect(place.read('scores.csv')).toBe('old\n');
      expect(place.everything()).toEqual(before);
    },
  );

  it('in the middle of train: exit 143 and no folder', async () => {
    const before = place.everything();
    const child = place.start(trainArgs('t.csv', 'stopped'));
    const end = ended(child);
    let said = '';
    child.stderr?.on('data', (text: string) => {
      said += text;
    });
    await until(() => said.includes('Reading t.csv'));
    await sleep(400);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ status: 143, stdout: '' });
    expect(place.everything()).toEqual(before);
  });
});

const disk = smallDisk(256);

describe.skipIf(disk === null)('a full disk (skipped where no small disk can be mounted)', () => {
  it('ends score with one message and neither scores nor rejects', async () => {
    place.write('some.csv', `${place.read('many.csv').slice(0, 1_000_000)}\nragged,row\n`);
    const args = ['score', 'some.csv', '--model', 'model', '--out', `${disk}/s.csv`];
    await expectRefusal(place, args, /cannot write .*\/s\.csv: no space is left on the disk/);
    expect(readdirSync(disk!)).toEqual([]);
  });

  it('ends score when the folder for temporary files is full', async () => {
    const args = ['score', 'many.csv', '--model', 'model', '--out', 's.csv'];
    await expectRefusal(place, args, /cannot write s\.csv: no space .*temporary folder/, { TMPDIR: disk! });
    expect(readdirSync(disk!)).toEqual([]);
  });

  it('ends train with one message and no folder', async () => {
    const args = trainArgs('t.csv', `${disk}/model`);
    await expectRefusal(place, args, /cannot write .*\/model: no space is left on the disk/);
    expect(existsSync(`${disk}/model`)).toBe(false);
    expect(readdirSync(disk!)).toEqual([]);
  });
});
