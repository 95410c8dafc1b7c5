import { createHash } from "node:crypto";
import { Html, html } from "./html.js";
import { STYLE } from "./style.js";

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1d5c56"/><path d="M16 7a5 5 0 0 0-2.6 9.3L12 25h8l-1.4-8.7A5 5 0 0 0 16 7z" fill="#f0c87a"/></svg>';

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

export interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PageOptions {
  readonly title: string;
  readonly content: Html;
  readonly status?: number;
  /** Where its forms may lead, beside this server. */
  readonly formTargets?: readonly string[];
  readonly retryAfterSeconds?: number | undefined;
}

/** A whole page: readable without a script or another file, and of no use within a frame. */
export function page({ title, content, status = 200, formTargets = [], retryAfterSeconds }: PageOptions): Page {
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} - Latchkey</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<style>${new Html(STYLE)}</style>
</head>
<body>
<main class="card">
<p class="logo"><svg viewBox="0 0 32 32" aria-hidden="true"><rect class="plate" width="32" height="32" rx="8"/><path class="hole" d="M16 7a5 5 0 0 0-2.6 9.3L12 25h8l-1.4-8.7A5 5 0 0 0 16 7z"/></svg> Latchkey</p>
${content}
</main>
</body>
</html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policyWith(formTargets),
    ...PAGE_HEADERS,
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
  };
  return { status, body: body.text, headers };
}

/** Of every answer of the endpoint, redirects too: RFC 9700 sections 4.2.4 and 4.16. */
export const PAGE_HEADERS = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

function policyWith(formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "img-src data:",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
