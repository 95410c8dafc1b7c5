import cliProgress from "cli-progress";

/** Told how far long work has come. */
export interface Progress {
  /** Begins a step of so many parts. */
  begin(title: string, parts: number): void;
  /** So many more parts are done. */
  advance(parts?: number): void;
  end(): void;
}

/** A bar on a terminal; elsewhere a line for each step. */
export function showProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) {
    return { begin: (title) => void stream.write(`${title}\n`), advance: () => undefined, end: () => undefined };
  }
  const bar = new cliProgress.SingleBar(
    { format: "{bar} {percentage} % {title}", hideCursor: true, stream },
    cliProgress.Presets.shades_classic,
  );
  let isBegun = false;
  return {
    begin: (title, parts) => {
      if (isBegun) bar.stop();
      isBegun = true;
      bar.start(parts, 0, { title });
    },
    advance: (parts = 1) => bar.increment(parts),
    end: () => bar.stop(),
  };
}
