/** Why a run had to stop that its cells did not end. */
export type StopName = 'TimeLimit' | 'OutputLimit' | 'MemoryLimit' | 'Interrupted';

export interface Stop {
  readonly ename: StopName;
  readonly evalue: string;
}

/** Where reasons to stop come together; the first one holds. */
export interface Stopper {
  /** `null` while nothing speaks against going on. */
  reason(): Stop | null;
  stop(ename: StopName, evalue: string): void;
  /** Told of the first reason; takes the place of who listened before. */
  onStop(listener: (stop: Stop) => void): void;
}

export function makeStopper(): Stopper {
  let reason: Stop | null = null;
  let listener: (stop: Stop) => void = () => {};
  return {
    reason: () => reason,
    stop: (ename, evalue) => {
      if (reason) return;
      reason = { ename, evalue };
      listener(reason);
    },
    onStop: (next) => {
      listener = next;
    },
  };
}
