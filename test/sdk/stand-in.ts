import { Latchkey, type LatchkeyOptions } from "@latchkey/sdk";

export interface SentCall {
  readonly url: string;
  readonly headers: Headers;
  readonly body: { readonly query?: string; readonly variables?: object };
}

/** What a server would do with one call: answer, or fail as a broken connection does. */
export type Reaction = (signal: AbortSignal) => Response | Promise<Response>;

/** An SDK whose calls go nowhere. */
export function standIn(
  reactions: readonly [Reaction, ...Reaction[]],
  options: Partial<LatchkeyOptions> = {},
): { latchkey: Latchkey; sent: SentCall[] } {
  const { fetch, sent } = standInFetch(reactions);
  return { latchkey: new Latchkey({ url: "https://latchkey.test", fetch, ...options }), sent };
}

/** Goes nowhere: the reactions answer the calls one after the other, the last one from then on. */
export function standInFetch(reactions: readonly [Reaction, ...Reaction[]]): {
  fetch: typeof globalThis.fetch;
  sent: SentCall[];
} {
  const sent: SentCall[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { url, headers } = new Request(input as string, init);
    const body = JSON.parse(init?.body as string) as SentCall["body"];
    const reaction = reactions[Math.min(sent.length, reactions.length - 1)] as Reaction;
    sent.push({ url, headers, body });
    return reaction(init?.signal as AbortSignal);
  };
  return { fetch, sent };
}

export const ACTOR = { id: "1", kind: "USER", name: "admin", role: "SYSTEM_ADMIN", permissions: [] };

export const answers =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reaction =>
  () =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });

export const data = (fields: object): Reaction => answers(200, { data: fields });

export const refuses = (code: string, headers?: Record<string, string>): Reaction =>
  answers(200, { data: null, errors: [{ message: `It is ${code}.`, extensions: { code } }] }, headers);

export const breaks: Reaction = () => Promise.reject(new TypeError("fetch failed"));

/** Never answers; gives up when it is told to, as `fetch` does. */
export const hangs: Reaction = (signal) =>
  new Promise((_, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp);
  });
