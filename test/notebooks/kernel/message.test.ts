import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage, makeRequest } from '../../../src/notebooks/kernel/message.js';

const reference = JSON.parse(
  readFileSync(new URL('../../references/jupyter.json', import.meta.url), 'utf8'),
) as { key: string; frames: string[] };
const frames = reference.frames.map((frame) => Buffer.from(frame));

describe('decodeMessage', () => {
  it('reads what jupyter_client signed, routing identities before it', () => {
    const { type, parentId, content } = decodeMessage(frames, reference.key);
    expect({ type, parentId, content }).toEqual({
      type: 'execute_request',
      parentId: null,
      content: { code: '1 + 1  // ü' },
    });
  });

  it.each([
    ['another key', frames, 'b key'],
    ['a changed frame', [...frames.slice(0, -1), Buffer.from('{"code": "1 + 2  // ü"}')], reference.key],
    ['a shortened signature', frames.toSpliced(2, 1, Buffer.from('3e41')), reference.key],
  ])('refuses %s', (_, changed, key) => {
    expect(() => decodeMessage(changed, key)).toThrow(/wrong signature/);
  });

  it('refuses frames that are no message', () => {
    expect(() => decodeMessage([Buffer.from('hello')], 'k')).toThrow(/needs 6 frames.*found 1/);
    expect(() => decodeMessage(frames.slice(0, 5), reference.key)).toThrow(/found 5/);
  });
});

describe('encodeMessage', () => {
  it('is undone by decodeMessage', () => {
    const request = makeRequest('complete_request', { code: 'Größe', cursor_pos: 3 });
    expect(decodeMessage(encodeMessage(request, 's', 'key'), 'key')).toEqual(request);
  });
});
