/** How far long work is. */
export interface Progress {
  to(done: number): void;
  end(): void;
}

const SILENT: Progress = { to: () => undefined, end: () => undefined };

/** On standard error and for people only: where it is no terminal, or the answer itself runs through it, nothing is shown. */
export async function startProgress(what: string, total: number): Promise<Progress> {
  if (!process.stderr.isTTY) return SILENT;
  const { default: progress } = await import("cli-progress");
  const bar = new progress.SingleBar({
    stream: process.stderr,
    format: `{bar} {percentage}% {value} of {total} ${what}, {duration_formatted}`,
    barCompleteChar: "#",
    barIncompleteChar: ".",
    hideCursor: null,
    clearOnComplete: true,
    stopOnComplete: false,
    gracefulExit: false,
  });
  bar.start(total, 0);
  return {
    to: (done) => {
      if (done > bar.getTotal()) bar.setTotal(done);
      bar.update(done);
    },
    end: () => bar.stop(),
  };
}

/** For what is written to standard output as it comes: nothing where that is a terminal, which shows it already. */
export async function startProgressOfOutput(what: string, total: number): Promise<Progress> {
  return process.stdout.isTTY ? SILENT : startProgress(what, total);
}
