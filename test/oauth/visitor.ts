import type { World } from "../support/world.js";

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it leads, of a redirect. */
  readonly location: URL | undefined;
}

/** A person with a browser of their own: it keeps cookies, and sends forms to the address of their page. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  private at = "";
  private formToken = "";

  constructor(private readonly world: Pick<World, "fetch" | "url">) {}

  async open(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> {
    this.at = path;
    return this.see(
      await this.world.fetch(path, { redirect: "manual", headers: { ...this.cookieHeader, ...headers } }),
    );
  }

  /** Sends the form that was seen last; `fields` also replaces the hidden one. */
  async send(
    action: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const answer = await this.world.fetch(this.at, {
      method: "POST",
      redirect: "manual",
      headers: { ...this.cookieHeader, origin: "null", "sec-fetch-site": "same-origin", ...headers },
      body: new URLSearchParams({ form_token: this.formToken, action, ...fields }),
    });
    return this.see(answer);
  }

  /** From the application to the page that asks for consent. */
  async signIn(path: string, username: string, password: string): Promise<Seen> {
    await this.open(path);
    const { location } = await this.send("sign-in", { username, password });
    if (!location) throw new Error(`${username} was not signed in.`);
    return this.open(path);
  }

  private get cookieHeader(): Readonly<Record<string, string>> {
    return { cookie: [...this.cookies].map((pair) => pair.join("=")).join("; ") };
  }

  private async see(answer: Response): Promise<Seen> {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await answer.text();
    this.formToken = /name="form_token" value="([^"]*)"/.exec(text)?.[1] ?? this.formToken;
    const location = answer.headers.get("location");
    const leadsTo = location === null ? undefined : new URL(location, `${this.world.url}${this.at}`);
    return { status: answer.status, headers: answer.headers, text, location: leadsTo };
  }
}
