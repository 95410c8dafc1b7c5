import type { Latchkey, Page } from "@latchkey/sdk";
import { useState } from "react";
import { useServer } from "../server.js";
import { type Answer, useAnswer } from "./use-answer.js";

/** Which page is asked for; left out where the first one is. */
interface Place {
  readonly after?: string;
}

export interface Pages<T> extends Omit<Answer<Page<T>>, "data"> {
  readonly nodes: readonly T[];
  /** How many there are in all; undefined until the first page is there. */
  readonly totalCount: number | undefined;
  /** Reads the next page; undefined when all are shown. */
  readonly more: (() => void) | undefined;
}

interface Further<T> {
  /** The first page that these follow. */
  readonly first: Page<T> | undefined;
  readonly pages: readonly Page<T>[];
  readonly failure: string;
  readonly loading: boolean;
}

/** A list page by page. Reading it again, or with another key, begins with the first page. */
export function usePages<T>(
  key: string,
  list: (latchkey: Latchkey, place: Place, signal?: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const { latchkey, explain } = useServer();
  const { data: first, ...answer } = useAnswer(key, (server, signal) => list(server, {}, signal));
  const [further, setFurther] = useState<Further<T>>({ first: undefined, pages: [], failure: "", loading: false });

  const own: Further<T> = further.first === first ? further : { first, pages: [], failure: "", loading: false };
  const last = own.pages.at(-1) ?? first;
  const after = last?.pageInfo.hasNextPage ? last.pageInfo.endCursor : null;

  const more = (cursor: string) => {
    setFurther({ ...own, failure: "", loading: true });
    const settle = (settled: Partial<Further<T>>) =>
      setFurther((now) => (now.first === first ? { ...now, loading: false, ...settled } : now));
    list(latchkey, { after: cursor }).then(
      (page) => settle({ pages: [...own.pages, page] }),
      (error: unknown) => settle({ failure: explain(error) }),
    );
  };

  return {
    ...answer,
    nodes: [first, ...own.pages].flatMap((page) => page?.nodes ?? []),
    totalCount: first?.totalCount,
    failure: answer.failure || own.failure,
    loading: answer.loading || own.loading,
    more: after === null ? undefined : () => more(after),
  };
}
