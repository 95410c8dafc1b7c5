import type { CalledApi, UnclearCall } from "../../verification/demand.js";
import type { CallHeaders } from "./call-headers.js";
import { readSoapAction } from "./soap-action.js";

const MORE_THAN_ONE: UnclearCall = {
  problem: "The request names more than one original call. Let the gateway set one kind of header and drop the others.",
};

/** Headers that tell which call it is. One that came twice tells two. */
const TELLING = new Set<string>([
  "forwardedMethod",
  "originalMethod",
  "forwardedUri",
  "originalUri",
  "originalUrl",
  "soapAction",
  "collection",
  "contentType",
] satisfies (keyof CallHeaders)[]);

/**
 * Reads the original call from the headers that gateways set, or from the rest of the path after `/v1/authorize`, and
 * its SOAP action from what its caller sent.
 * A gateway that passes on what its caller sent beside what it set itself must not be talked into judging another call:
 * two sources that differ are refused. Undefined when the gateway names no call: then only the credential is judged.
 */
export function readOriginalCall(
  ownMethod: string,
  url: string,
  headers: CallHeaders,
): CalledApi | UnclearCall | undefined {
  if (headers.repeated?.some((field) => TELLING.has(field))) return MORE_THAN_ONE;
  const method = oneOf(headers.forwardedMethod, headers.originalMethod);
  const path = onePathOf(headers.forwardedUri, headers.originalUri, pathOfUrl(headers.originalUrl), restOf(url));
  if (method === null || path === null) return MORE_THAN_ONE;
  const named = readSoapAction(headers.soapAction, headers.contentType);
  if ("problem" in named) return named;
  if (path === undefined && named.action === undefined) return undefined;
  const { collection } = headers;
  return {
    method: path === undefined ? undefined : (method ?? ownMethod),
    path,
    soapAction: named.action,
    collection: collection === "" ? undefined : collection,
  };
}

/** What stands after `/v1/authorize`, if the gateway names the call in this way. A lone slash is a call to `/`. */
function restOf(url: string): string | undefined {
  const rest = url.slice("/v1/authorize".length);
  return rest.startsWith("/") ? withoutFold(rest) : undefined;
}

function withoutQuery(target: string): string {
  const end = target.indexOf("?");
  return end < 0 ? target : target.slice(0, end);
}

/** nginx users set `X-Original-URL` to a whole URL, others to a path. */
function pathOfUrl(value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  return value.replace(/^https?:\/\/[^/?#]*/i, "") || "/";
}

/** Null: there are more than one. */
function oneOf(...values: readonly (string | undefined)[]): string | undefined | null {
  let found: string | undefined;
  for (const value of values) {
    if (value === undefined || value === "" || value === found) continue;
    if (found !== undefined) return null;
    found = value;
  }
  return found;
}

/** Queries may differ: they say nothing of which call it is. The first one is kept, for a credential may stand in it. */
function onePathOf(...targets: readonly (string | undefined)[]): string | undefined | null {
  let found: string | undefined;
  for (const target of targets) {
    if (target === undefined || target === "" || target === found) continue;
    if (found !== undefined && withoutQuery(found) !== withoutQuery(target)) return null;
    found ??= target;
  }
  return found;
}

/** `?fold=403` is for the endpoint, not part of the original call. */
function withoutFold(target: string): string {
  return target.replace(/([?&])fold=403(?:&|$)/, "$1").replace(/[?&]$/, "");
}
