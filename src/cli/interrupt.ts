/**
 * Work that Ctrl-C asks to stop instead of ending the program: the first one aborts the signal and calls `onStop`, a
 * second one does what it does everywhere else. Start a progress bar before, so that it too waits for the second.
 */
export async function withInterrupt<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  onStop: () => void,
): Promise<Result> {
  const controller = new AbortController();
  const others = process.listeners('SIGINT');
  const stop = () => {
    restore();
    onStop();
    controller.abort();
  };
  const restore = () => {
    process.removeListener('SIGINT', stop);
    for (const listener of others) {
      if (!process.listeners('SIGINT').includes(listener)) process.on('SIGINT', listener);
    }
  };
  for (const listener of others) process.removeListener('SIGINT', listener);
  process.on('SIGINT', stop);
  return work(controller.signal).finally(restore);
}
