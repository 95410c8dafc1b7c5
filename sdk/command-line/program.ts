import { Latchkey, SdkError } from "@latchkey/sdk";
import { Command, Option } from "commander";
import { addCollections, addRegions } from "./commands/catalogue.js";
import { addClients } from "./commands/clients.js";
import { addExport } from "./commands/export.js";
import { addGroups } from "./commands/groups.js";
import { addImport } from "./commands/import.js";
import { addKeys } from "./commands/keys.js";
import { addSigningIn } from "./commands/sign-in.js";
import { addUsage } from "./commands/usage.js";
import { addVerdicts } from "./commands/verdicts.js";
import { UsageError } from "./exit-codes.js";
import { type Format, Output } from "./output.js";
import { SessionFile } from "./session-file.js";
import type { Act, AddCommands, Environment, Work } from "./work.js";

/** What the program finds around it. */
export interface Surroundings extends Pick<Work, "pathOf" | "exitWith"> {
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly sessionFile: string;
}

const COMMANDS: readonly AddCommands[] = [
  addSigningIn,
  addClients,
  addKeys,
  addVerdicts,
  addImport,
  addExport,
  addRegions,
  addCollections,
  addGroups,
  addUsage,
];

const MORE = `
Signs in with LATCHKEY_CREDENTIAL, a user's API key or a session token, else with the session that \`sign-in\` has kept for
this server in ~/.config/latchkey/sessions.json (or below XDG_CONFIG_HOME), which its owner alone can read.

Answers go to standard output, everything else to standard error. Times are ISO 8601 in UTC.
Ends with 0: done; 1: refused or failed, or some of it; 2: given wrongly; 3: the credential is not valid; 130: interrupted.

Examples:
  npm run latchkey -- sign-in --name admin
  npm run latchkey -- keys list --client web-shop --status active
  npm run --silent latchkey -- keys list --client web-shop --output json | jq -r '.[].id'`;

export function buildProgram(surroundings: Surroundings): Command {
  const program = new Command("latchkey")
    .description("What administrators of Latchkey do from a command line.")
    .addOption(
      new Option("--url <url>", "where Latchkey is reached").env("LATCHKEY_URL").default("http://127.0.0.1:4000"),
    )
    .addOption(
      new Option("--output <format>", "how answers are printed (default: table on a terminal, else json)").choices([
        "table",
        "json",
      ]),
    )
    .addHelpText("after", MORE)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(--help tells more)")
    .exitOverride();
  const act: Act =
    (doing) =>
    async (...given) => {
      const command = given.at(-1) as Command;
      const operands = given.slice(0, -2) as string[];
      await doing(workOf(program.opts(), surroundings), command.opts() as never, ...operands);
    };
  for (const add of COMMANDS) add(program, act);
  return program;
}

function workOf({ url, output }: { url: string; output?: Format }, surroundings: Surroundings): Work {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UsageError(`--url must be an http or https URL, not ${url}`);
  const { environment, signal, sessionFile, pathOf, exitWith } = surroundings;
  const sessions = new SessionFile(sessionFile, () => new Date());
  const latchkey = async (): Promise<Latchkey> => {
    const credential = environment["LATCHKEY_CREDENTIAL"] || (await sessions.find(url))?.token;
    if (credential === undefined) throw new SdkError("UNAUTHENTICATED", `Nobody is signed in at ${url}.`);
    return new Latchkey({ url, credential });
  };
  const format = output ?? (process.stdout.isTTY ? "table" : "json");
  return { url, latchkey, sessions, output: new Output(format), call: { signal }, pathOf, exitWith };
}
