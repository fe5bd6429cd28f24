import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ChurnError } from '../../errors.js';

const headerSchema = z.looseObject({ msg_id: z.string(), msg_type: z.string() });
const contentSchema = z.record(z.string(), z.unknown());

/** A message of the Jupyter protocol: what it is, which request it answers, what it says. */
export interface Message {
  readonly id: string;
  /** `execute_request`, `stream`, `status`, … */
  readonly type: string;
  /** Id of the request that it answers, `null` when it answers none. */
  readonly parentId: string | null;
  readonly content: Readonly<Record<string, unknown>>;
}

const delimiter = Buffer.from('<IDS|MSG>');
const protocolVersion = '5.3';

/** A new request of the client `session`. */
export function makeRequest(type: string, content: Message['content']): Message {
  return { id: randomUUID(), type, parentId: null, content };
}

/**
 * A request as the frames of one ZeroMQ message: delimiter, HMAC-SHA256 in hex over the four JSON frames,
 * then header, parent header, metadata and content.
 *
 * @see https://jupyter-client.readthedocs.io/en/latest/messaging.html#the-wire-protocol
 */
export function encodeMessage({ id, type, content }: Message, session: string, key: string): Buffer[] {
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: 'churnlab',
    date: new Date().toISOString(),
    version: protocolVersion,
  };
  const frames = [header, {}, {}, content].map((part) => Buffer.from(JSON.stringify(part)));
  return [delimiter, Buffer.from(sign(frames, key)), ...frames];
}

/**
 * Reads a message from its frames; routing identities before the delimiter are dropped.
 *
 * @throws ChurnError `internal` when the frames are no message or the signature is not that of `key`
 */
export function decodeMessage(frames: readonly Buffer[], key: string): Message {
  const at = frames.findIndex((frame) => frame.equals(delimiter));
  const [signature, ...parts] = frames.slice(at + 1);
  if (at < 0 || !signature || parts.length < 4) {
    throw new ChurnError(
      'internal',
      `a kernel message needs 6 frames from <IDS|MSG> on, found ${frames.length}`,
    );
  }
  if (!equalText(signature.toString(), sign(parts, key))) {
    throw new ChurnError('internal', 'a kernel message has a wrong signature');
  }
  const [header, parent, , content] = parts.map((part) => JSON.parse(part.toString()) as unknown);
  const { msg_id: id, msg_type: type } = headerSchema.parse(header);
  return {
    id,
    type,
    parentId: headerSchema.safeParse(parent).data?.msg_id ?? null,
    content: contentSchema.parse(content),
  };
}

function sign(frames: readonly Buffer[], key: string): string {
  const hash = createHmac('sha256', key);
  for (const frame of frames) hash.update(frame);
  return hash.digest('hex');
}

const equalText = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
