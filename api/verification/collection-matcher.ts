import { readSegments } from "../conditions/path-text.js";
import type { FoundApi, ListedApi } from "./listed-api.js";
import { PathTree } from "./path-tree.js";
import { SoapActions } from "./soap-actions.js";

/** A call in the form that matchers compare. */
export interface ReadCall {
  readonly method: string | undefined;
  /** Undefined: the call was named by its action alone. */
  readonly segments: readonly string[] | undefined;
  readonly action: string | undefined;
  /** Whether the asker has named the collection. */
  readonly collectionNamed: boolean;
}

const TWO_WAYS = {
  problem: "The call can be read in two ways: as a REST call, and as a SOAP action of the endpoint at this path.",
};
const NO_ACTION = { problem: "The call goes to a SOAP endpoint and names no SOAP action." };
const MANY_ENDPOINTS = { problem: "More than one API has this SOAP action. Tell the path of the call as well." };

/** The listed APIs of one collection, compiled: judging costs the same with 10 of them and with 10,000. */
export class CollectionMatcher {
  private readonly rest = new PathTree<ListedApi>();
  private readonly actions = new SoapActions();
  private readonly endpoints = new Map<string, SoapActions>();

  /** `hasRest`: whether it has a REST API at all, be it listed or not. */
  constructor(private readonly hasRest: boolean) {}

  addRest(api: ListedApi, method: string, shape: string): void {
    this.rest.add(method, shape, api);
  }

  addSoap(api: ListedApi, endpoint: string, action: string | null, operation: string | null): void {
    this.actions.add(api, action, operation);
    const segments = readSegments(new URL(endpoint).pathname);
    if (!segments) return;
    const path = keyOf(segments);
    const actions = this.endpoints.get(path) ?? new SoapActions();
    this.endpoints.set(path, actions);
    actions.add(api, action, operation);
  }

  /**
   * A caller can put any SOAP action on any call. So an action counts only where SOAP is spoken: in a POST to the path of
   * an endpoint. Elsewhere it is ignored and the call judged as REST, or an allowed action would open every operation.
   */
  find({ method, segments, action, collectionNamed }: ReadCall): FoundApi | undefined {
    if (!segments || method === undefined) return action === undefined ? undefined : this.byName(this.actions, action);

    const rest = this.rest.find(method, segments);
    const endpoint = method === "POST" ? this.endpoints.get(keyOf(segments)) : undefined;
    if (endpoint) {
      if (action === undefined) return NO_ACTION;
      return rest ? TWO_WAYS : this.byName(endpoint, action);
    }
    if (rest) return { api: rest };
    // A gateway that rewrites paths: without a REST API there is nothing that the action could be a disguise for.
    const soapOnly = method === "POST" && action !== undefined && collectionNamed && !this.hasRest;
    return soapOnly ? this.byName(this.actions, action) : undefined;
  }

  private byName(actions: SoapActions, name: string): FoundApi | undefined {
    const [api, ...others] = actions.find(name);
    if (others.length > 0) return MANY_ENDPOINTS;
    return api && { api };
  }
}

function keyOf(segments: readonly string[]): string {
  // No segment holds a slash.
  return segments.join("/");
}
