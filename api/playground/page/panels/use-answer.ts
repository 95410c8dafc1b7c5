import type { Latchkey } from "@latchkey/sdk";
import { useCallback, useEffect, useRef, useState } from "react";
import { useServer } from "../server.js";

export interface Answer<T> {
  /** What was read last; undefined until something was. It stays while something newer is read. */
  readonly data: T | undefined;
  /** Why the last attempt gave nothing; empty when it did. */
  readonly failure: string;
  readonly loading: boolean;
  readonly reload: () => void;
}

interface State<T> {
  readonly data: T | undefined;
  readonly failure: string;
  readonly loading: boolean;
}

/** Reads when the panel is shown, again when `key` has changed, and on `reload`. What is overtaken by that is given up. */
export function useAnswer<T>(key: string, read: (latchkey: Latchkey, signal: AbortSignal) => Promise<T>): Answer<T> {
  const { latchkey, explain } = useServer();
  const [state, setState] = useState<State<T>>({ data: undefined, failure: "", loading: true });
  const [asked, setAsked] = useState(0);
  const latest = useRef(read);
  latest.current = read;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key and the count say when to read; `latest` says what.
  useEffect(() => {
    const giveUp = new AbortController();
    setState(({ data }) => ({ data, failure: "", loading: true }));
    latest
      .current(latchkey, giveUp.signal)
      .then((data) => {
        if (!giveUp.signal.aborted) setState({ data, failure: "", loading: false });
      })
      .catch((error: unknown) => {
        if (!giveUp.signal.aborted) setState(({ data }) => ({ data, failure: explain(error), loading: false }));
      });
    return () => giveUp.abort();
  }, [latchkey, explain, key, asked]);

  const reload = useCallback(() => setAsked((times) => times + 1), []);
  return { ...state, reload };
}
