import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyRing } from "../../secrets/key-ring.js";
import type { AuthorizationRequest } from "./authorization-request.js";

/** In which browser a form was shown, and to whom. */
export interface Viewer {
  readonly browserId: string;
  /** Null: to somebody who has not signed in. */
  readonly sessionId: string | null;
}

/**
 * Proves that a form was shown by this server, in this browser, to who is signed in there, about this very request. Nobody else
 * can send the form, neither to have something allowed nor to have somebody signed in as another (RFC 6749 section 10.12).
 */
export class FormTokens {
  constructor(private readonly keyRing: KeyRing) {}

  make(viewer: Viewer, request: AuthorizationRequest): string {
    const { currentVersion, currentFormKey } = this.keyRing;
    return `${currentVersion}.${mac(currentFormKey, viewer, request).toString("base64url")}`;
  }

  proves(token: string, viewer: Viewer, request: AuthorizationRequest): boolean {
    const [, version, encoded = ""] = /^(\d{1,5})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
    const key = this.keyRing.formKey(Number(version));
    return key !== undefined && timingSafeEqual(mac(key, viewer, request), Buffer.from(encoded, "base64url"));
  }
}

function mac(key: Buffer, { browserId, sessionId }: Viewer, request: AuthorizationRequest): Buffer {
  const { client, way, scope, codeChallenge } = request;
  const { redirectUrl, redirectUrlGiven, state = null, inFragment } = way;
  const asked = [
    client.id,
    redirectUrl,
    redirectUrlGiven,
    state,
    inFragment,
    codeChallenge,
    scope.ids,
    scope.ownGroups,
  ];
  return createHmac("sha256", key)
    .update(JSON.stringify([browserId, sessionId, asked]))
    .digest();
}
