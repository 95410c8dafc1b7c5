import { type Html, html } from "./html.js";
import { type Page, page } from "./page.js";

export interface ConsentPageOptions {
  readonly client: { readonly displayName: string; readonly clientId: string };
  readonly userName: string;
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
  /** Whether it wants all that the client may do. */
  readonly everything: boolean;
  readonly redirectUrl: string;
  readonly formToken: string;
  /** Whether a decision was sent that could not be taken for one. */
  readonly stale?: boolean;
}

const TICK = html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m4.5 10.5 3.5 3.5 7.5-8"/></svg>`;

/** Who asks, for what, as whom, and where it leads: a person decides. */
export function consentPage(options: ConsentPageOptions): Page {
  const { client, userName, redirectUrl, formToken, stale = false } = options;
  const token = html`<input type="hidden" name="form_token" value="${formToken}">`;
  const content = html`<h1>Let <bdi>${client.displayName}</bdi> act in your name?</h1>
<p class="quiet">Client id <code>${client.clientId}</code></p>
${stale ? html`<div class="notice" role="alert"><strong>Nothing was decided</strong> That page was out of date. Decide on this one.</div>` : null}
<h2 id="wants">It wants to</h2>
${wishesOf(options)}
<dl class="facts">
<div><dt>You are signed in as</dt><dd><bdi>${userName}</bdi><form method="post">${token}<button class="text-button" name="action" value="switch">Sign in as somebody else</button></form></dd></div>
<div><dt>Then your browser goes to</dt><dd>${destinationOf(redirectUrl)}</dd></div>
</dl>
<form method="post" class="choice">${token}
<button class="primary" name="action" value="allow">Allow</button>
<button class="secondary" name="action" value="deny">Deny</button>
</form>`;
  return page({
    title: stale ? "Error: allow access" : "Allow access",
    content,
    status: stale ? 403 : 200,
    formTargets: schemesFrom(redirectUrl),
  });
}

function wishesOf({ scopes, everything }: ConsentPageOptions): Html {
  const wishes = everything
    ? [html`<span>Do everything that it may do here</span>`]
    : scopes.map(({ name, description }) =>
        description === ""
          ? html`<span>Use <code>${name}</code></span>`
          : html`<span><bdi>${description}</bdi> <code>${name}</code></span>`,
      );
  return html`<ul class="scopes" aria-labelledby="wants">${wishes.map((wish) => html`<li>${TICK}${wish}</li>`)}</ul>`;
}

function destinationOf(redirectUrl: string): Html {
  const { protocol, host, hostname } = new URL(redirectUrl);
  if (protocol === "http:" && /^(?:127(?:\.\d+){3}|\[::1\]|localhost)$/.test(hostname)) {
    return html`a program on this computer (<span>${host}</span>)`;
  }
  return protocol === "https:" || protocol === "http:"
    ? html`${host}`
    : html`an app on this device (<span>${protocol}</span>)`;
}

/**
 * Chromium holds `form-action` against every redirect after a form was sent, also against those that the application itself
 * makes next. So schemes are named and no hosts: an application may send its users on to another one.
 */
function schemesFrom(redirectUrl: string): string[] {
  return [...new Set(["https:", new URL(redirectUrl).protocol])];
}
