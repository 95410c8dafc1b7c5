import type { FastifyRequest } from "fastify";
import type { CalledApi, UnclearCall } from "../verification/demand.js";
import { readSoapAction } from "./soap-action.js";

/**
 * Reads the original call from the headers that gateways set, or from the rest of the path after `/v1/authorize`, and
 * its SOAP action from what its caller sent.
 * A gateway that passes on what its caller sent beside what it set itself must not be talked into judging another call:
 * two sources that differ are refused. Undefined when the gateway names no call: then only the credential is judged.
 */
export function readOriginalCall(request: FastifyRequest): CalledApi | UnclearCall | undefined {
  const { headers, method: ownMethod, url } = request;
  const methods = distinct(headers["x-forwarded-method"], headers["x-original-method"]);
  const targets = distinct(
    headers["x-forwarded-uri"],
    headers["x-original-uri"],
    pathOfUrl(headers["x-original-url"]),
    restOf(url),
  );
  if (methods.length > 1 || new Set(targets.map(withoutQuery)).size > 1) {
    return {
      problem:
        "The request names more than one original call. Let the gateway set one kind of header and drop the others.",
    };
  }
  const named = readSoapAction(headers["soapaction"], request.originalContentType);
  if ("problem" in named) return named;
  const [path] = targets;
  if (path === undefined && named.action === undefined) return undefined;

  const collection = headers["x-latchkey-collection"];
  return {
    ...(path !== undefined && { method: methods[0] ?? ownMethod, path }),
    ...(named.action !== undefined && { soapAction: named.action }),
    ...(typeof collection === "string" && collection !== "" && { collection }),
  };
}

/** What stands after `/v1/authorize`, if the gateway names the call in this way. A lone slash is a call to `/`. */
function restOf(url: string): string | undefined {
  const rest = url.slice("/v1/authorize".length);
  return rest.startsWith("/") ? withoutFold(rest) : undefined;
}

function withoutQuery(target: string): string {
  return target.split("?", 1)[0] ?? target;
}

/** nginx users set `X-Original-URL` to a whole URL, others to a path. */
function pathOfUrl(value: string | string[] | undefined): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return value.replace(/^https?:\/\/[^/?#]*/i, "") || "/";
}

function distinct(...values: (string | string[] | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => typeof value === "string" && value !== ""))];
}

/** `?fold=403` is for the endpoint, not part of the original call. */
function withoutFold(target: string): string {
  return target.replace(/([?&])fold=403(?:&|$)/, "$1").replace(/[?&]$/, "");
}
