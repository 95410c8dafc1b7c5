import type { FastifyRequest } from "fastify";
import type { CalledApi, UnclearCall } from "../verification/demand.js";

/**
 * Reads the original call from the headers that gateways set, or from the rest of the path after `/v1/authorize`.
 * A gateway that passes on what its caller sent beside what it set itself must not be talked into judging another call:
 * two sources that differ are refused. Undefined when the gateway names no call: then only the credential is judged.
 */
export function readOriginalCall({
  headers,
  method: ownMethod,
  url,
}: FastifyRequest): CalledApi | UnclearCall | undefined {
  const methods = distinct(headers["x-forwarded-method"], headers["x-original-method"]);
  const originalUrl = pathOfUrl(headers["x-original-url"]);
  const uris = distinct(headers["x-forwarded-uri"], headers["x-original-uri"], originalUrl);
  if (methods.length > 1 || uris.length > 1) {
    return {
      problem: "The headers name more than one original call. Let the gateway set one kind and drop the others.",
    };
  }
  const rest = url.slice("/v1/authorize".length);
  const fromPath = rest.startsWith("/") && rest !== "/" ? withoutFold(rest) : undefined;
  const target = uris[0] ?? fromPath;
  if (target === undefined) return undefined;

  const collection = headers["x-latchkey-collection"];
  return {
    method: methods[0] ?? ownMethod,
    path: target,
    ...(typeof collection === "string" && collection !== "" && { collection }),
  };
}

/** nginx users set `X-Original-URL` to a whole URL, others to a path. */
function pathOfUrl(value: string | string[] | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.replace(/^https?:\/\/[^/?#]*/i, "") || "/";
}

function distinct(...values: (string | string[] | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => typeof value === "string" && value !== ""))];
}

/** `?fold=403` is for the endpoint, not part of the original call. */
function withoutFold(target: string): string {
  return target.replace(/([?&])fold=403(?:&|$)/, "$1").replace(/[?&]$/, "");
}
