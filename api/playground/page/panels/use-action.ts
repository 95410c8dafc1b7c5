import { type Latchkey, SdkError } from "@latchkey/sdk";
import { useState } from "react";
import { useServer } from "../server.js";

interface Outcome {
  readonly busy: boolean;
  /** What went wrong that is no field's fault; empty when nothing did. */
  readonly failure: string;
  /** What is wrong with a field, by its path. */
  readonly problems: Readonly<Record<string, string>>;
}

export interface Action extends Outcome {
  /** Answers with undefined when it failed; why stands in `failure` and `problems`. */
  readonly run: <T>(change: (latchkey: Latchkey) => Promise<T>) => Promise<T | undefined>;
}

const IDLE: Outcome = { busy: false, failure: "", problems: {} };

/** A change that somebody asks for with a button. */
export function useAction(): Action {
  const { latchkey, explain } = useServer();
  const [outcome, setOutcome] = useState(IDLE);

  const run = async <T>(change: (latchkey: Latchkey) => Promise<T>): Promise<T | undefined> => {
    setOutcome({ ...IDLE, busy: true });
    try {
      const done = await change(latchkey);
      setOutcome(IDLE);
      return done;
    } catch (error) {
      const problems = error instanceof SdkError ? problemsByPath(error) : {};
      setOutcome({ busy: false, failure: explain(error), problems });
      return undefined;
    }
  };
  return { ...outcome, run };
}

/** By the field alone: `groupIds.0` is told at `groupIds`. */
function problemsByPath({ fields }: SdkError): Record<string, string> {
  return Object.fromEntries(fields.map(({ path, message }) => [path.split(".")[0], message]));
}
