import { isLocked, lockedCondition } from "../users/sign-in-policy.js";
import { type Client, ClientStatus } from "./client.entity.js";

/** What somebody has set it to, and LOCKED besides while failed sign-ins lock an enabled client (1.3). */
export function statusOf(client: Client, now: Date): ClientStatus {
  return client.status === ClientStatus.ENABLED && isLocked(client, now) ? ClientStatus.LOCKED : client.status;
}

/** Whether a client is between its start and its expiry date (2.1). */
export function isInForce({ startsAt, expiresAt }: Client, now: Date): boolean {
  return (startsAt === null || startsAt <= now) && (expiresAt === null || now < expiresAt);
}

const LOCKED = lockedCondition("client");

/** The same derivation for lists, over the alias `client` and the parameter `now`. */
export const STATUS_CONDITIONS: Readonly<Record<ClientStatus, string>> = {
  [ClientStatus.ENABLED]: `client.status = 'ENABLED' and not ${LOCKED}`,
  [ClientStatus.DISABLED]: `client.status = 'DISABLED'`,
  [ClientStatus.LOCKED]: `(client.status = 'LOCKED' or client.status = 'ENABLED' and ${LOCKED})`,
};
