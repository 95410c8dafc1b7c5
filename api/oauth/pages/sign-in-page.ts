import { type Html, html } from "./html.js";
import { type Page, page } from "./page.js";

/** Why the page is shown again. */
export type SignInProblem = "WRONG" | "NO_NAME" | "NO_PASSWORD" | "CLIENT" | "PASSWORD_CHANGE" | "BUSY" | "STALE";

export interface SignInPageOptions {
  readonly clientName: string;
  readonly formToken: string;
  /** Back to the application, without having signed in. */
  readonly cancelUrl: string;
  /** As it was typed before. */
  readonly userName?: string;
  readonly problem?: SignInProblem;
}

interface Told {
  readonly status: number;
  /** Where to go on. */
  readonly field: "username" | "password";
  /** Whether it is this field that stands in the way. */
  readonly isInvalid: boolean;
  readonly text: string;
  readonly remedy?: Html;
}

const TOLD: Readonly<Record<SignInProblem, Told>> = {
  WRONG: {
    status: 403,
    field: "password",
    isInvalid: true,
    text: "The user name or the password is wrong.",
    remedy: html`Several failures in a row lock an account.`,
  },
  NO_NAME: { status: 400, field: "username", isInvalid: true, text: "Enter your user name." },
  NO_PASSWORD: { status: 400, field: "password", isInvalid: true, text: "Enter your password." },
  CLIENT: {
    status: 403,
    field: "username",
    isInvalid: true,
    text: "This is the account of a client, not of a person.",
    remedy: html`Sign in as a user.`,
  },
  PASSWORD_CHANGE: {
    status: 403,
    field: "password",
    isInvalid: false,
    text: "Your password was set by somebody else, so change it first.",
    remedy: html`Get a <a href="../reset-password">link by e-mail</a>, or sign in to the <a href="../">playground</a> and run <code>changePassword</code>. Then come back and sign in with the new one.`,
  },
  BUSY: {
    status: 429,
    field: "password",
    isInvalid: false,
    text: "Too many people are signing in just now.",
    remedy: html`Try again in a second.`,
  },
  STALE: {
    status: 403,
    field: "username",
    isInvalid: false,
    text: "This page was out of date, or your browser keeps no cookies for it.",
    remedy: html`Sign in again.`,
  },
};

/** A person tells who they are. What they typed stays, but for the password. */
export function signInPage({ clientName, formToken, cancelUrl, userName = "", problem }: SignInPageOptions): Page {
  const told = problem && TOLD[problem];
  const at = told?.field ?? "username";
  const content = html`<h1>Sign in to continue to <bdi>${clientName}</bdi></h1>
<p class="quiet">You decide on the next page what it may do.</p>
${told ? noticeOf(told) : null}
<form method="post" autocomplete="on">
<input type="hidden" name="form_token" value="${formToken}">
<div class="field">
<label for="username">User name</label>
<input id="username" name="username" value="${userName}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="100" required${attributesOf(told, "username", at)}>
</div>
<div class="field">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required${attributesOf(told, "password", at)}>
</div>
<button class="primary whole" name="action" value="sign-in">Sign in</button>
</form>
<p class="links"><a href="../reset-password">Forgot your password?</a> <a href="${cancelUrl}">Cancel</a></p>`;
  return page({
    title: told ? "Error: sign in" : "Sign in",
    content,
    status: told?.status ?? 200,
    retryAfterSeconds: problem === "BUSY" ? 1 : undefined,
  });
}

function noticeOf({ field, isInvalid, text, remedy = html`` }: Told): Html {
  const reason = isInvalid ? html`<a href="#${field}">${text}</a>` : text;
  return html`<div class="notice" role="alert" id="problem"><strong>You are not signed in</strong> ${reason} ${remedy}</div>`;
}

/** The first field to fill in has the focus; one that stands in the way says so. */
function attributesOf(told: Told | undefined, field: Told["field"], at: Told["field"]): Html {
  if (field !== at) return html``;
  return told?.isInvalid ? html` autofocus aria-invalid="true" aria-describedby="problem"` : html` autofocus`;
}
