import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { EXIT } from "./exit-codes.js";
import { buildProgram, type Surroundings } from "./program.js";
import { reportError } from "./report-error.js";
import { note } from "./write.js";

const environment = process.env;
const interruption = new AbortController();

const interrupt = (signal: NodeJS.Signals): void => {
  // Whoever asks twice does not want to wait for what is under way.
  if (interruption.signal.aborted) process.exit(EXIT.interrupted);
  interruption.abort(new Error(`Interrupted by ${signal}.`));
};
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);

// Whoever reads has had enough, as `head` does: nothing is wrong.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") note(`error: ${error.message}`);
  process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.failed);
});

// npm runs scripts in the package's folder, and keeps here where the user stood.
const directory = environment["npm_lifecycle_event"] === "latchkey" ? environment["INIT_CWD"] : undefined;
const configuration = environment["XDG_CONFIG_HOME"] || join(homedir(), ".config");

const surroundings: Surroundings = {
  environment,
  signal: interruption.signal,
  pathOf: (file) => (file === "-" ? file : resolve(directory ?? process.cwd(), file)),
  sessionFile: join(configuration, "latchkey", "sessions.json"),
  exitWith: (code) => {
    process.exitCode = code;
  },
};

const program = buildProgram(surroundings);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error, { signal: interruption.signal, url: program.opts<{ url: string }>().url });
}
