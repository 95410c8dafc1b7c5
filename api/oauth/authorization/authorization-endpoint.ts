import { type DataSource, In } from "typeorm";
import type { CallOrigin } from "../../access/call.js";
import { Scope } from "../../scopes/scope.entity.js";
import { PasswordsBusy } from "../../secrets/passwords.js";
import type { KnownClients } from "../../verification/known-clients.js";
import { OAuthError } from "../oauth-error.js";
import { consentPage } from "../pages/consent-page.js";
import { PAGE_HEADERS, type Page } from "../pages/page.js";
import { type SignInProblem, signInPage } from "../pages/sign-in-page.js";
import { readForm, readQuery } from "../parameters.js";
import { type AuthorizationRequest, findWayBack, REQUEST_NAMES, readRequest } from "./authorization-request.js";
import { type BrowserCookies, newBrowserId } from "./browser-cookies.js";
import type { BrowserSessions, SignedInUser } from "./browser-sessions.js";
import type { Decisions } from "./decisions.js";
import type { FormTokens } from "./form-tokens.js";
import { urlBack, type WayBack } from "./way-back.js";

/** A request of a browser, of either method. */
export interface BrowserCall {
  readonly url: string;
  readonly cookies: string | undefined;
  readonly origin: CallOrigin;
}

export interface SentForm {
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

export interface BrowserAnswer extends Page {
  readonly setCookies?: readonly string[];
}

export interface AuthorizationEndpointParts {
  readonly database: DataSource;
  readonly clients: KnownClients;
  readonly sessions: BrowserSessions;
  readonly cookies: BrowserCookies;
  readonly formTokens: FormTokens;
  readonly decisions: Decisions;
  /** As clients know it (RFC 9207). */
  readonly issuer: () => string;
  readonly allowLegacyGrants: boolean;
}

/** What a form is shown, and judged, by. */
interface Visit {
  readonly call: BrowserCall;
  readonly request: AuthorizationRequest;
  readonly user: SignedInUser | null;
  readonly browserId: string | undefined;
}

const FORM_NAMES = ["form_token", "action", "username", "password"] as const;

/**
 * RFC 6749 section 3.1. The request stands in the query of either method; forms are sent to the address of their page. What
 * must not be sent back to the client is thrown, as an OAuthError or otherwise.
 */
export class AuthorizationEndpoint {
  constructor(private readonly parts: AuthorizationEndpointParts) {}

  async show(call: BrowserCall): Promise<BrowserAnswer> {
    const visit = await this.visitOf(call);
    return "status" in visit ? visit : this.ask(visit);
  }

  async take(call: BrowserCall, form: SentForm): Promise<BrowserAnswer> {
    const visit = await this.visitOf(call);
    if ("status" in visit) return visit;
    const fields = readForm(form.contentType, form.body, FORM_NAMES);
    if (!this.isOurs(visit, fields.get("form_token"))) return this.ask(visit, "STALE");
    const { user, request } = visit;
    const action = fields.get("action");
    if (!user && action === "sign-in") return this.signIn(visit, fields.get("username"), fields.get("password"));
    if (user && action === "switch") return this.signOut(visit, user);
    if (user && action === "deny") return this.deny(visit, user);
    if (user && action === "allow") {
      const answer = await this.parts.decisions.allow({ ...call.origin, actor: user }, request);
      return this.sendBack(request.way, answer);
    }
    throw new OAuthError("invalid_request", "The form has no such action.");
  }

  private async visitOf(call: BrowserCall): Promise<Visit | BrowserAnswer> {
    const { clients, sessions, cookies, allowLegacyGrants } = this.parts;
    const parameters = readQuery(call.url, REQUEST_NAMES);
    const client = await clients.find(parameters.need("client_id"));
    if (!client) throw new OAuthError("invalid_request", "No client has this client_id.");
    const way = findWayBack(client, parameters);
    try {
      const terms = { nowMs: call.origin.now.getTime(), allowLegacyGrants };
      const request = readRequest(client, way, parameters, terms);
      const user = await sessions.find(cookies.sessionIn(call.cookies), call.origin);
      return { call, request, user, browserId: cookies.browserIdIn(call.cookies) };
    } catch (error) {
      if (error instanceof OAuthError) return this.sendBack(way, { ...error.toJSON() });
      throw error;
    }
  }

  private isOurs({ request, user, browserId }: Visit, token: string | undefined): boolean {
    if (browserId === undefined || token === undefined) return false;
    return this.parts.formTokens.proves(token, { browserId, sessionId: user?.sessionId ?? null }, request);
  }

  /** Consent is asked for each time: a client's earlier one says nothing about this request (RFC 6819 section 5.2.4.1). */
  private async ask(visit: Visit, problem?: SignInProblem, userName?: string): Promise<BrowserAnswer> {
    const { request, user } = visit;
    const browserId = visit.browserId ?? newBrowserId();
    const viewer = { browserId, sessionId: user?.sessionId ?? null };
    const formToken = this.parts.formTokens.make(viewer, request);
    const page = user
      ? consentPage({
          client: request.client,
          userName: user.name,
          scopes: await this.describe(request),
          everything: request.scope.ownGroups,
          redirectUrl: request.way.redirectUrl,
          formToken,
          stale: problem === "STALE",
        })
      : signInPage({
          clientName: request.client.displayName,
          formToken,
          cancelUrl: urlBack(request.way, this.parts.issuer(), DENIED),
          ...(userName !== undefined && { userName }),
          ...(problem !== undefined && { problem }),
        });
    return visit.browserId === undefined ? { ...page, setCookies: [this.parts.cookies.setBrowserId(browserId)] } : page;
  }

  private async describe({ scope }: AuthorizationRequest): Promise<Scope[]> {
    return this.parts.database.manager.find(Scope, { where: { id: In([...scope.ids]) }, order: { name: "asc" } });
  }

  private async signIn(visit: Visit, name = "", password = ""): Promise<BrowserAnswer> {
    if (name === "") return this.ask(visit, "NO_NAME");
    if (password === "") return this.ask(visit, "NO_PASSWORD", name);
    try {
      const outcome = await this.parts.sessions.signIn(visit.call.origin, name, password);
      if (typeof outcome === "string") return await this.ask(visit, outcome, name);
      return this.startOver(visit, this.parts.cookies.setSession(outcome.token));
    } catch (error) {
      if (error instanceof PasswordsBusy) return this.ask(visit, "BUSY", name);
      throw error;
    }
  }

  private async signOut(visit: Visit, user: SignedInUser): Promise<BrowserAnswer> {
    await this.parts.sessions.signOut(visit.call.origin, user);
    return this.startOver(visit, this.parts.cookies.dropSession());
  }

  private async deny({ call, request }: Visit, user: SignedInUser): Promise<BrowserAnswer> {
    await this.parts.decisions.deny({ ...call.origin, actor: user }, request);
    return this.sendBack(request.way, DENIED);
  }

  private sendBack(way: WayBack, answer: Readonly<Record<string, string>>): BrowserAnswer {
    return redirectTo(urlBack(way, this.parts.issuer(), answer));
  }

  /** Relative, so that it leads to where the browser is, by whichever name it came. */
  private startOver({ call }: Visit, cookie: string): BrowserAnswer {
    return { ...redirectTo(call.url.slice(call.url.indexOf("?"))), setCookies: [cookie] };
  }
}

const DENIED = new OAuthError("access_denied", "The user has not allowed it.").toJSON();

/** 303: no form is ever sent on to a client (RFC 9700 section 4.12). */
function redirectTo(location: string): BrowserAnswer {
  return { status: 303, body: "", headers: { location, ...PAGE_HEADERS } };
}
