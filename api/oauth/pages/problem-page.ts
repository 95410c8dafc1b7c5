import { html } from "./html.js";
import { type Page, page } from "./page.js";

export interface ProblemPageOptions {
  readonly status: number;
  readonly heading: string;
  readonly text: string;
  /** For who can do something about it. */
  readonly detail?: string | undefined;
  /** What its operators find in the log. */
  readonly requestId: string;
  readonly retryAfterSeconds?: number | undefined;
  /** Where to try again, where that makes sense. */
  readonly retryUrl?: string | undefined;
}

/** What went wrong, told to a person: for whatever must not be sent back to the application. */
export function problemPage(options: ProblemPageOptions): Page {
  const { status, heading, text, detail, requestId, retryAfterSeconds, retryUrl } = options;
  const content = html`<h1>${heading}</h1>
<p>${text}</p>
${retryUrl === undefined ? null : html`<p><a href="${retryUrl}">Try again</a></p>`}
<dl class="facts">
${detail === undefined ? null : html`<div><dt>What is wrong</dt><dd>${detail}</dd></div>`}
<div><dt>Request</dt><dd><code>${requestId}</code></dd></div>
</dl>`;
  return page({ title: heading, content, status, retryAfterSeconds });
}
