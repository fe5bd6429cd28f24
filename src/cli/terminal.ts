import cliProgress from 'cli-progress';

/** Where a command talks: results to stdout, everything else to stderr. */
export interface Terminal {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Columns of the terminal, 100 when unknown. */
  readonly width: number;
  readonly colour: boolean;
  /** A line on stderr, unless quiet. */
  log(line: string): void;
  /** A result for people on stdout, unless `--json`. */
  print(text: string): void;
  /** The one JSON document of `--json`. */
  printJson(document: unknown): void;
  /** A progress bar with the estimated time left on stderr; silent when quiet or not at a terminal. */
  progress(): ProgressBar;
}

export interface ProgressBar {
  /** What is being done, and the share of the work behind. */
  update(label: string, share: number): void;
  stop(): void;
}

/** Says nothing at all: for a step inside another command. */
export const SILENT: Terminal = {
  json: false,
  quiet: true,
  width: 100,
  colour: false,
  log: () => {},
  print: () => {},
  printJson: () => {},
  progress: () => ({ update: () => {}, stop: () => {} }),
};

export interface TerminalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function openTerminal({ json = false, quiet = false }: TerminalOptions): Terminal {
  return {
    json,
    quiet,
    width: process.stdout.columns ?? 100,
    colour: Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'],
    log: (line) => {
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    print: (text) => {
      if (!json) process.stdout.write(`${text}\n`);
    },
    printJson: (document) => {
      if (json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    },
    progress: () => openProgress(quiet || !process.stderr.isTTY),
  };
}

/** Work with a progress bar that is taken away when it is done or has failed. */
export async function withProgress<Result>(
  terminal: Terminal,
  work: (bar: ProgressBar) => Promise<Result>,
): Promise<Result> {
  const bar = terminal.progress();
  return work(bar).finally(bar.stop);
}

function openProgress(silent: boolean): ProgressBar {
  if (silent) return { update: () => {}, stop: () => {} };
  const started = Date.now();
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {percentage} % | {label} | {left}',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1000, 0, { label: '', left: '' });
  return {
    update: (label, share) =>
      bar.update(Math.round(1000 * share), { label, left: timeLeft(Date.now() - started, share) }),
    stop: () => bar.stop(),
  };
}

function timeLeft(elapsedMs: number, share: number): string {
  if (share < 0.02) return 'estimating';
  return `about ${Math.ceil((elapsedMs * (1 - share)) / share / 1000)} s left`;
}
