import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dealer, Subscriber } from 'zeromq';
import { z } from 'zod';
import { ChurnError } from '../../errors.js';
import { type KernelProcess, startKernelProcess } from './kernel-process.js';
import { decodeMessage, encodeMessage, type Message, makeRequest } from './message.js';

/** A tslab kernel that answers requests, one at a time. */
export interface Kernel {
  /** Of its process. */
  readonly pid: number;
  /** What the kernel says about its language, as notebooks keep it. */
  readonly languageInfo: Readonly<Record<string, unknown>>;
  /**
   * Sends a request of the Jupyter protocol and waits for its reply and for everything that it publishes.
   *
   * @param onPublished told of each published message as it arrives
   * @throws ChurnError `interrupted` when the kernel ends before it has answered
   */
  request(
    type: string,
    content: Message['content'],
    onPublished?: (message: Message) => void,
  ): Promise<Message['content']>;
  /** Makes the running cell fail; the kernel and its variables live on. */
  interrupt(): void;
  /** Ends the kernel at once, whatever it is doing. Pending requests fail. */
  close(): Promise<void>;
}

const languageSchema = z.record(z.string(), z.unknown());
/** How long after its end a kernel is listened to. */
const lastWordsMs = 100;
/**
 * A request of which the kernel has said nothing is followed by another, small one, so often. ZeroMQ wakes a process up
 * when something comes and not because something is there, and once in many hundred runs a first cell was never begun;
 * whatever comes next wakes it up again.
 */
const nudgeMs = 1000;

/** A request under way. */
interface Pending {
  readonly onPublished: (message: Message) => void;
  readonly resolve: (reply: Message['content']) => void;
  readonly reject: (fault: ChurnError) => void;
  /** Runs until the kernel has said something of the request. */
  readonly nudging: NodeJS.Timeout;
  reply: Message['content'] | null;
  idle: boolean;
}

export interface KernelOptions {
  readonly timeoutMs?: number;
  /** What a cell may show; see `startKernelProcess`. */
  readonly outputBytes?: number;
}

type Connection = Omit<Kernel, 'languageInfo'>;

/**
 * Starts a tslab kernel in the folder `cwd` and waits until it answers.
 *
 * @example
 * const kernel = await startKernel('notebooks');
 * const { matches } = await kernel.request('complete_request', { code: 'Math.ma', cursor_pos: 7 });
 * await kernel.close();
 *
 * @throws ChurnError `missing-tool` when it ends before, or has not answered after `timeoutMs`
 */
export async function startKernel(
  cwd: string,
  { timeoutMs = 120_000, outputBytes = Number.POSITIVE_INFINITY }: KernelOptions = {},
): Promise<Kernel> {
  const process = await startKernelProcess(cwd, outputBytes);
  const kernel = await connectKernel(process);
  const limit = performance.now() + timeoutMs;
  for (;;) {
    const info = await askInfo(kernel);
    if (info) return { ...kernel, languageInfo: languageSchema.parse(info['language_info']) };
    const late = performance.now() > limit;
    if (!late && !hasEnded(process.child)) continue;
    await kernel.close();
    const reason = late ? `no answer within ${timeoutMs / 1000} s` : 'it ended at once';
    throw new ChurnError('missing-tool', `the tslab kernel did not start: ${reason}. ${process.lastWords()}`);
  }
}

/**
 * What the kernel is, or `null` when it does not say: what it publishes before our subscription has reached it is lost,
 * so the first request is repeated until both its reply and its end are heard.
 */
async function askInfo(kernel: Connection): Promise<Message['content'] | null> {
  const answer = kernel.request('kernel_info_request', {}).catch(() => null);
  return Promise.race([answer, sleep(500, null)]);
}

async function connectKernel({
  child,
  shell,
  iopub,
  key,
  kill,
  lastWords,
}: KernelProcess): Promise<Connection> {
  const zeromq = await import('zeromq');
  const asking = new zeromq.Dealer({ linger: 0 });
  const listening = new zeromq.Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  listening.subscribe();
  listening.connect(iopub);
  asking.connect(shell);

  const session = randomUUID();
  const pending = new Map<string, Pending>();
  const failAll = (reason: string): void => {
    const fault = new ChurnError('interrupted', `${reason} ${lastWords()}`.trim());
    for (const { reject, nudging } of pending.values()) {
      clearInterval(nudging);
      reject(fault);
    }
    pending.clear();
  };
  const hear = async (socket: Dealer | Subscriber, note: (request: Pending, message: Message) => void) => {
    for await (const frames of socket) {
      const message = decodeMessage(frames, key);
      const request = pending.get(message.parentId ?? '');
      if (!request) continue;
      clearInterval(request.nudging);
      note(request, message);
      if (request.reply === null || !request.idle) continue;
      pending.delete(message.parentId!);
      request.resolve(request.reply);
    }
  };
  const broken = (fault: unknown): void => failAll(`the notebook kernel cannot be understood: ${fault}.`);
  hear(asking, noteReply).catch(broken);
  hear(listening, notePublished).catch(broken);
  child.once('exit', async (code, signal) => {
    // What it published last is still on its way.
    await sleep(lastWordsMs);
    failAll(`the notebook kernel ended (${signal ?? `exit code ${code}`}).`);
  });

  const send = (message: Message): Promise<void> => asking.send(encodeMessage(message, session, key));
  const nudge = (): void => {
    // One that cannot be sent is no loss.
    if (!hasEnded(child)) send(makeRequest('kernel_info_request', {})).catch(() => {});
  };

  return {
    pid: child.pid!,
    request: (type, content, onPublished = () => {}) => {
      const message = makeRequest(type, content);
      return new Promise((resolve, reject) => {
        const nudging = setInterval(nudge, nudgeMs);
        pending.set(message.id, { onPublished, resolve, reject, nudging, reply: null, idle: false });
        if (hasEnded(child)) failAll('the notebook kernel has ended.');
        else send(message).catch(broken);
      });
    },
    interrupt: () => {
      child.kill('SIGINT');
    },
    close: async () => {
      await kill();
      asking.close();
      listening.close();
    },
  };
}

function noteReply(request: Pending, { content }: Message): void {
  request.reply = content;
}

/** A request is over when the kernel is idle again: that comes last on the channel of what is published. */
function notePublished(request: Pending, message: Message): void {
  if (message.type !== 'status') request.onPublished(message);
  else if (message.content['execution_state'] === 'idle') request.idle = true;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
