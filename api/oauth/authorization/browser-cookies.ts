import { randomBytes } from "node:crypto";

const BROWSER_ID = /^[A-Za-z0-9_-]{22}$/;

/**
 * What the browser keeps for these pages and for nothing else: which session it is signed in with, and an id that ties forms
 * to it before anybody has signed in. Over https, names with prefixes keep other hosts and plain http from setting them (RFC 6265bis
 * section 4.1.3).
 */
export class BrowserCookies {
  private readonly sessionName: string;
  private readonly browserName: string;
  private readonly sessionAttributes: string;
  private readonly browserAttributes: string;

  /** Without a trailing slash. */
  constructor(publicUrl: string) {
    const { protocol, pathname } = new URL(publicUrl);
    const secure = protocol === "https:";
    const path = `${pathname.replace(/\/$/, "")}/oauth`;
    const common = `HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
    this.sessionName = `${secure ? "__Secure-" : ""}latchkey-session`;
    this.browserName = `${secure ? "__Host-" : ""}latchkey-browser`;
    this.sessionAttributes = `Path=${path}; ${common}`;
    this.browserAttributes = `Path=${secure ? "/" : path}; ${common}`;
  }

  sessionIn(header: string | undefined): string | undefined {
    return valueIn(header, this.sessionName);
  }

  /** Undefined for what was not made here. */
  browserIdIn(header: string | undefined): string | undefined {
    const id = valueIn(header, this.browserName);
    return id !== undefined && BROWSER_ID.test(id) ? id : undefined;
  }

  /** It lasts as long as the browser is open, and no longer than the session does. */
  setSession(secret: string): string {
    return `${this.sessionName}=${secret}; ${this.sessionAttributes}`;
  }

  dropSession(): string {
    return `${this.sessionName}=; Max-Age=0; ${this.sessionAttributes}`;
  }

  setBrowserId(id: string): string {
    return `${this.browserName}=${id}; ${this.browserAttributes}`;
  }
}

export function newBrowserId(): string {
  return randomBytes(16).toString("base64url");
}

function valueIn(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
