import type { CallOptions, Latchkey } from "@latchkey/sdk";
import type { Command } from "commander";
import type { Output } from "./output.js";
import type { SessionFile } from "./session-file.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every command has at hand. */
export interface Work {
  /** Where Latchkey is reached. */
  readonly url: string;
  /** As whoever has signed in, or as whom LATCHKEY_CREDENTIAL stands for. Errors: `UNAUTHENTICATED` when there is neither. */
  readonly latchkey: () => Promise<Latchkey>;
  readonly sessions: SessionFile;
  readonly output: Output;
  /** For every call: gives it up on Ctrl-C. */
  readonly call: CallOptions & { readonly signal: AbortSignal };
  /** The path of a file that was named where the user stands. */
  readonly pathOf: (file: string) => string;
  readonly exitWith: (code: number) => void;
}

type Doing<Options> = (work: Work, options: Options, ...operands: string[]) => Promise<void>;

/** Makes an action of the parser out of what a command does. */
export type Act = <Options>(doing: Doing<Options>) => (...given: unknown[]) => Promise<void>;

/** Adds commands to the program. */
export type AddCommands = (program: Command, act: Act) => void;
