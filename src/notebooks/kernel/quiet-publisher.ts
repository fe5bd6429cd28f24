/**
 * The 513th message of a cell that does not await fails, and tslab with it, as zeromq then waits for the event loop;
 * and subscribers miss what exceeds 1,000 unsent messages. Here sending never waits, and nothing is dropped.
 */
export function quietPublisher(tslab: NodeJS.Require): void {
  const zeromq = tslab('zeromq') as { Publisher: typeof import('zeromq').Publisher };
  const { Publisher } = zeromq;
  zeromq.Publisher = class extends Publisher {
    constructor() {
      super({ sendTimeout: 0, sendHighWaterMark: 0 });
    }
  };
}
