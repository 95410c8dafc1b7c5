import { line } from "./printable.js";
import { isTree, type Tree } from "./resolve-pointer.js";

const SERVERS_MAX = 20;

/** The servers of an OpenAPI document, and what their paths have to do with its templates. */
export function serversOf(
  root: Tree,
  pathPrefix: string,
): { readonly servers: readonly string[]; readonly warning: string | undefined } {
  const given: readonly unknown[] = Array.isArray(root["servers"]) ? root["servers"] : [];
  const servers = given.slice(0, SERVERS_MAX).flatMap((server) => (isTree(server) ? (urlOf(server) ?? []) : []));
  const paths = [...new Set(servers.map(pathOf).filter((path) => path !== "" && path !== pathPrefix))];
  const warning = `The document's servers have the path ${paths.join(", ")}. If the calls that gateways ask about carry it, import with it as pathPrefix.`;
  return { servers, warning: paths.length > 0 ? warning : undefined };
}

function urlOf(server: Tree): string | undefined {
  const { url, variables } = server;
  if (typeof url !== "string") return undefined;
  const filled = url.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = isTree(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = isTree(variable) ? variable["default"] : undefined;
    return typeof value === "string" ? value : whole;
  });
  return line(filled, 2_000);
}

/** Without a trailing slash, so that the root is empty. */
function pathOf(url: string): string {
  const path = URL.canParse(url, "http://server.invalid") ? new URL(url, "http://server.invalid").pathname : "";
  return path.replace(/\/+$/, "");
}
