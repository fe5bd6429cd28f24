import { describe, expect, it } from 'vitest';
import { checkInstallation, checkNode, checkRegistration } from '../../../src/notebooks/kernel/doctor.js';
import { kernelJson } from '../../../src/notebooks/kernel/kernel-spec.js';

describe('checkInstallation', () => {
  it('finds what this project itself has, in order', async () => {
    const checks = await checkInstallation();
    expect(checks.map(({ name }) => name)).toEqual([
      'Node.js',
      'library',
      'ZeroMQ',
      'kernel',
      'neural nets',
      'Jupyter',
      'registration',
    ]);
    const kernel = checks.find(({ name }) => name === 'kernel');
    expect(kernel).toMatchObject({
      state: 'ok',
      found: expect.stringMatching(/imports churnlab, in \d/),
      fix: null,
    });
    for (const { state, fix } of checks) expect(fix === null).toBe(state === 'ok');
  });
});

describe('checkNode', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
    ['20.18.9', 'not ok'],
    ['18.20.0', 'not ok'],
  ])('%s is %s', (version, state) => {
    expect(checkNode(version).state).toBe(state);
  });
});

describe('checkRegistration', () => {
  const { argv } = kernelJson();
  it.each([
    ['this installation', argv, 'ok', /^\/k$/],
    ['a Node.js that is gone', ['/gone/node', argv[1]!], 'not ok', /\/gone\/node, which is not there/],
    ['another installation', [argv[0]!, '/else/main.js'], 'not ok', /another installation, \/else\/main\.js/],
  ])('looks whether it starts %s', (_, argv, state, found) => {
    const check = checkRegistration({ folder: '/k', argv }, true);
    expect(check).toMatchObject({ state, found: expect.stringMatching(found) });
  });

  it('minds a missing one only where there is a Jupyter', () => {
    expect(checkRegistration(null, true).state).toBe('not ok');
    expect(checkRegistration(null, false)).toMatchObject({
      state: 'remark',
      fix: expect.stringMatching(/install/),
    });
  });
});
