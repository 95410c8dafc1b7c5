import type { CallOrigin } from "../access/call.js";

/** A request to one of the endpoints that programs ask, as it came. */
export interface OAuthRequest {
  readonly origin: CallOrigin;
  /** Every line of it: of two, Node would drop one unseen. */
  readonly authorization: readonly string[];
  readonly gatewayKeys: readonly string[];
  readonly contentType: string | undefined;
  readonly body: Buffer;
}
